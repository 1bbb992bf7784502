#!/usr/bin/env bash
# What train saves is what run loads.
source "$SOURCE_DIR/tests/support/cli.sh"

expect 0 train quickstart --save table.json; empty out; says err "trained autoscale with"
[[ -s table.json ]] || fail "no table"
expect 0 --quiet train quickstart --save again.json; empty err
same table.json again.json
expect 0 train quickstart --save other.json --seed 2
cmp -s table.json other.json && fail "another seed learned the same"

expect 0 run quickstart --policy autoscale --set /policy/load=table.json
says out autoscale
expect 2 run quickstart --policy autoscale --set /policy/load=nowhere.json; says err "nowhere.json"

expect 2 train quickstart --save t.json --policy oracle; says err "does not learn"
expect 2 train quickstart --save nowhere/t.json; says err "--save"
expect 2 train quickstart; says err "--save"
finish
