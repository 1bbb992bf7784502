#!/usr/bin/env bash
# What --out and --requests leave behind, and what they refuse.
source "$SOURCE_DIR/tests/support/cli.sh"

expect 0 run quickstart --out deep/results --requests requests.csv --format csv
empty err
for file in manifest.json summary.json summary.csv results.csv timing.json; do
  [[ -s deep/results/$file ]] || fail "no $file"
done
[[ $(find deep -type f | wc -l) == 5 ]] || fail "something is left over in --out"
same out deep/results/results.csv
expect 0 run quickstart --format json
same out deep/results/summary.json
says deep/results/manifest.json '"version"' '"commit"' '"compiler"' '"seed": 1' '"replications": 3' \
  '"file": "models/devices/mi8pro.json"' '"fnv1a64"' '"energy_model": "full"'
says deep/results/timing.json '"jobs"' '"decision_ns"' '"update_ns"' '"wall_seconds"'
grep -q wall_seconds deep/results/manifest.json deep/results/summary.json && fail "clock in results"

# five policies, three replications, two networks, 100 requests, and a header
[[ $(wc -l <requests.csv) == 3001 ]] || fail "requests.csv has $(wc -l <requests.csv) lines"
head -1 requests.csv | grep -q '^scenario,policy,replication,network,request,arrival_ms,' ||
  fail "header of requests.csv"

expect 0 run quickstart paper/s1 --policy cpu_only --replications 1 --out several
[[ -s several/quickstart/results.csv && -s several/s1/results.csv ]] || fail "one folder each"
expect 2 run quickstart quickstart --out twice; says err "share a folder"

touch file
expect 2 run quickstart --out file; empty out; says err "--out" "file"
expect 2 run quickstart --out file/below; empty out; says err "--out"
expect 2 run quickstart --requests nowhere/r.csv; empty out; says err "--requests" "nowhere/r.csv"
if [[ $(id -u) != 0 ]]; then
  mkdir -m 555 readonly
  expect 2 run quickstart --out readonly; empty out; says err "--out" "readonly"
fi
finish
