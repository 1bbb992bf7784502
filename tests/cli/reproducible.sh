#!/usr/bin/env bash
# The same bytes whatever the number of threads, and whatever other policies are compared.
source "$SOURCE_DIR/tests/support/cli.sh"

expect 0 run quickstart --jobs 1 --out one --requests one.csv
cp out one.txt
expect 0 run quickstart --jobs 2 --out two --requests two.csv
same out one.txt
same one/results.csv two/results.csv
same one/summary.json two/summary.json
same one.csv two.csv

expect 0 run quickstart --policy oracle --policy random --policy autoscale --out few
for policy in oracle autoscale; do
  grep ",$policy," one/results.csv >"all.$policy"
  grep ",$policy," few/results.csv >"few.$policy"
  same "all.$policy" "few.$policy"
done
grep -q ",random," few/results.csv || fail "a policy that the scenario lacks was not added"
grep -q ",cpu_only," few/results.csv && fail "a policy that was not asked for ran"

expect 0 run quickstart --seed 2 --out other
cmp -s one/results.csv other/results.csv && fail "another seed gave the same results"
expect 0 run quickstart --set /seed=2 --out other_by_set
same other/results.csv other_by_set/results.csv
finish
