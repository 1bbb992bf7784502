#!/usr/bin/env bash
# run --expect: 0 when all is as it was, 1 with what moved, 2 when the golden file is none.
source "$SOURCE_DIR/tests/support/cli.sh"
command -v python3 >/dev/null || exit 77

expect 0 run quickstart --format json
cp out golden.json
expect 0 run quickstart --expect golden.json --jobs 2 --format csv
says err "all " " figures are as in golden.json"
[[ $(wc -l <err) == 1 ]] || fail "one line when all agree"
cp out plain.csv
expect 0 run quickstart --format csv; same out plain.csv
expect 0 --quiet run quickstart --expect golden.json; empty err
expect 0 run quickstart --expect golden.json --out results; same results/summary.json golden.json

# One number changed by hand, by half a percent.
python3 - <<'PYTHON' || fail "the edit"
import json
golden = json.load(open("golden.json"))
energy = golden["policies"][0]["metrics"]["energy_mj_per_inference"]
got = energy["mean"]
energy["mean"] = got / 0.995
json.dump(golden, open("edited.json", "w"))
print(f"energy_mj_per_inference  {energy['mean']}  {got}     -0.5 %", file=open("row", "w"))
PYTHON
expect 1 run quickstart --expect edited.json --format json
same out golden.json
sed 's/  */ /g' err >squeezed
says squeezed "not as in edited.json: 1 of " "quickstart autoscale all $(sed 's/  */ /g' row)"
says err "to reproduce: autoscale-sim run quickstart --expect edited.json --format json" \
  "to accept:    autoscale-sim run quickstart --format json >edited.json"
expect 0 run quickstart --expect edited.json --tolerance 0.01
expect 1 run quickstart --expect edited.json --tolerance 1e-6

# The command that is offered does make the golden file.
expect 1 run quickstart --expect golden.json --set '/title=An "other" one' --seed 2 --policy cpu_only
says err "seed" "oracle" "missing" "--set '/title=An \"other\" one'"
accept=$(sed -n 's/^to accept: *autoscale-sim//p' err)
eval "\"\$AUTOSCALE_SIM\" $accept" || fail "the command to accept"
expect 0 run quickstart --expect golden.json --set '/title=An "other" one' --seed 2 --policy cpu_only

# Policies, and scenarios, that one side lacks.
expect 0 run quickstart --policy oracle --format json; cp out one.json
expect 1 run quickstart --policy oracle --policy random --expect one.json
says err "quickstart  random" "1 of"
expect 1 run quickstart --policy random --expect one.json; says err "oracle" "random" "2 of"
expect 0 run quickstart paper/s1 --policy oracle --replications 1 --format json; cp out two.json
expect 0 run quickstart paper/s1 --policy oracle --replications 1 --expect two.json
expect 1 run paper/s1 --policy oracle --replications 1 --expect two.json; says err "quickstart  -"

expect 2 run quickstart --expect nowhere.json; empty out
says err '--expect: there is no file "nowhere.json"' "to make it: autoscale-sim run quickstart --format json >nowhere.json"
expect 2 run quickstart --expect results/manifest.json; empty out; says err "results/manifest.json: /scenario: expected a string"
expect 2 run quickstart --expect results/results.csv; empty out; says err "results/results.csv"
expect 2 run paper/s1 --expect one.json; empty out; says err "one.json: is of scenario quickstart, not of s1"
echo '{"scenario": "quickstart", "policies": [{"name": "oracle", "metrics": {"a": 3}, "networks": {}}]}' >bad.json
expect 2 run quickstart --expect bad.json; says err "bad.json: /policies/0/metrics/a: expected an object, got 3"
head -c 1000 one.json >cut.json
expect 2 run quickstart --expect cut.json; says err "cut.json"
expect 2 run quickstart --expect .; says err "."
expect 2 run quickstart --tolerance 0.1; says err "--expect"
expect 2 run quickstart --expect one.json --tolerance -1; says err "--tolerance"
finish
