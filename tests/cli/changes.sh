#!/usr/bin/env bash
# --set, --policy, --online and --by-network change what they should.
source "$SOURCE_DIR/tests/support/cli.sh"

expect 0 check quickstart --set /links/wifi/signal/constant_dbm=-85 --replications 4 --policy random
says out '"constant_dbm": -85' '"replications": 4' '"policy": "random"'
grep -q '"policy": "oracle"' out && fail "--policy keeps the others"

expect 0 run quickstart --policy cloud_only --format csv
cut -d, -f8 out >strong # energy_mj_per_inference
expect 0 run quickstart --policy cloud_only --format csv --set /links/wifi/signal/constant_dbm=-85
cut -d, -f8 out >weak
cmp -s strong weak && fail "a weak signal costs nothing"

expect 0 run quickstart --policy oracle --set /policies/-=random
says out oracle
expect 0 run quickstart --online; says out "still learning"
expect 0 run quickstart; says out "then frozen"
expect 0 run quickstart --by-network; says out "mJ per inference" "inception_v3"

# Nothing is wider than a terminal of 100 columns.
expect 0 run paper/s1 --replications 2 --by-network
[[ $(LC_ALL=C.UTF-8 awk '{ if (length($0) > n) n = length($0) } END { print n }' out) -le 110 ]] ||
  fail "a line is too wide"
finish
