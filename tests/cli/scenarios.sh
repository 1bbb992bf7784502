#!/usr/bin/env bash
# Every scenario that is shipped is valid and runs.
source "$SOURCE_DIR/tests/support/cli.sh"
command -v python3 >/dev/null || exit 77

expect 0 list scenarios --format json
for name in $(python3 -c 'import json; print(*[s["name"] for s in json.load(open("out"))])'); do
  expect 0 check "$name"
  expect 0 run "$name" --replications 1 --set /training/inferences_per_state=2
  empty err
done
expect 0 list scenarios; grep -q invalid out && fail "an invalid scenario"

# quickstart, training included, is a matter of a second.
start=$(date +%s%N)
expect 0 run quickstart
((($(date +%s%N) - start) / 1000000 < 5000)) || fail "quickstart takes too long"
finish
