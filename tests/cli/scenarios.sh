#!/usr/bin/env bash
# Every scenario that is shipped is valid and runs.
source "$SOURCE_DIR/tests/support/cli.sh"

expect 0 list scenarios
names=$(awk 'NR > 1 { print $1 }' out)
[[ $names == *paper/s1* ]] || fail "the list of scenarios has no paper/s1"
for name in $names; do
  expect 0 check "$name"
  expect 0 run "$name" --replications 1 --set /training/inferences_per_state=2
  grep -v ' per second, about ' err >said # once a minute, where that is slow
  empty said
done
expect 0 list scenarios; grep -q invalid out && fail "an invalid scenario"

finish
