#!/usr/bin/env bash
# run --expect: 0 when all is as it was, 1 with what moved, 2 when the golden file is none.
source "$SOURCE_DIR/tests/support/cli.sh"
command -v python3 >/dev/null || exit 77

expect 0 run quickstart --format json
cp out golden.json
expect 0 run quickstart --expect golden.json --jobs 2 --format csv
says err "all " " figures are as in golden.json (gate exact)"
[[ $(wc -l <err) == 1 ]] || fail "one line when all agree"
cp out plain.csv
expect 0 run quickstart --format csv; same out plain.csv
expect 0 --quiet run quickstart --expect golden.json; empty err
expect 0 run quickstart --expect golden.json --out results; same results/summary.json golden.json

# One replication changed by hand, by half a percent.
python3 - <<'PYTHON' || fail "the edit"
import json
golden = json.load(open("golden.json"))
energy = golden["policies"][0]["metrics"]["energy_mj_per_inference"]
energy["by_replication"][1] /= 0.995
json.dump(golden, open("edited.json", "w"))
PYTHON
expect 1 run quickstart --expect edited.json --format json
same out golden.json
sed 's/  */ /g' err >squeezed
says squeezed "not as in edited.json: 1 of " "(gate exact)" "quickstart autoscale all energy_mj_per_inference" " -0.16" "exact moved"
says err "to reproduce: autoscale-sim run quickstart --expect edited.json --format json" \
  "to accept:    autoscale-sim run quickstart --format json >edited.json"
expect 0 run quickstart --expect edited.json --tolerance 0.01; says err "gate tolerance 0.01"
expect 1 run quickstart --expect edited.json --tolerance 1e-6; says err "±0.0001 %"
expect 0 run quickstart --expect golden.json --gate rounding

# Folders and tables of results are golden files as well.
# A name that cannot be written to is said before the runs.
expect 2 run quickstart --expect golden.json --junit nowhere/v.xml --out unused
empty out; says err '--junit: cannot write to "nowhere/v.xml"'
[[ -z $(ls -A unused) ]] || fail "it ran"
expect 0 run quickstart --expect golden.json --junit results/v.xml --out results; says results/v.xml "<testsuites"
expect 0 run quickstart --expect results; says err "figures are as in results"
cp plain.csv golden.csv
expect 0 run quickstart --expect golden.csv; says err "no manifest, so its seed is not known"
expect 1 run quickstart --expect golden.csv --seed 2 --out results2; says err "--out results2 --format csv >golden.csv"

# The command that is offered does make the golden file.
expect 1 run quickstart --expect golden.json --set '/title=An "other" one' --seed 2 --policy cpu_only
says err "note: seeds 1 and 2" "oracle" "missing" "--set '/title=An \"other\" one'"
accept=$(sed -n 's/^to accept: *autoscale-sim//p' err)
eval "\"\$AUTOSCALE_SIM\" $accept" || fail "the command to accept"
expect 0 run quickstart --expect golden.json --set '/title=An "other" one' --seed 2 --policy cpu_only

# Policies, and scenarios, that one side lacks.
expect 0 run quickstart --policy oracle --format json; cp out one.json
expect 1 run quickstart --policy oracle --policy random --expect one.json
says err "quickstart  random" "1 of" "not expected"
expect 1 run quickstart --policy random --expect one.json; says err "oracle" "random" "2 of"
expect 0 run quickstart paper/s1 --policy oracle --replications 1 --format json; cp out two.json
expect 0 run quickstart paper/s1 --policy oracle --replications 1 --expect two.json
expect 1 run paper/s1 --policy oracle --replications 1 --expect two.json; says err "quickstart  *" "missing"

# A sweep, judged by what it wrote before.
echo '{"name": "two", "scenarios": ["quickstart"], "policies": ["cpu_only", "oracle"], "formats": ["FORMAT"],
  "axes": [{"pointer": "/workload/0/qos_ms", "list": [40, 50]}]}' >template
for format in csv jsonl; do
  sed "s/FORMAT/$format/" template >two.json
  expect 2 sweep two.json --dry-run --expect sweep_golden_$format; says err "to make it: autoscale-sim sweep two.json --out sweep_golden_$format"
  expect 2 sweep two.json --out none --expect sweep_golden_$format; says err "there is no file" "sweep two.json --out sweep_golden_$format"
  expect 0 sweep two.json --out sweep_golden_$format
  expect 0 sweep two.json --out again_$format --expect sweep_golden_$format; says err "figures are as in sweep_golden_$format (gate exact)"
  expect 0 sweep two.json --out again_$format --resume --expect sweep_golden_$format/results.$format; says err "(gate exact)"
  expect 1 sweep two.json --set /set='{"/workload/1/qos_ms": 400}' --out moved_$format --expect sweep_golden_$format
  says err "quickstart [qos_ms=40]" "qos_violation_ratio" "to accept:    autoscale-sim sweep two.json --set"
done
expect 2 sweep two.json --shard 1/2 --out shard --expect sweep_golden_csv; says err "--expect: is of a whole sweep, not of a shard"

expect 2 run quickstart --expect nowhere.json; empty out
says err '--expect: there is no file "nowhere.json"' "to make it: autoscale-sim run quickstart --format json >nowhere.json"
expect 2 run quickstart --expect results/manifest.json; empty out; says err "results/manifest.json: /scenario: expected a string"
expect 2 run paper/s1 --expect one.json; empty out; says err "one.json: is of scenario quickstart, not of s1"
python3 -c 'import json; g = json.load(open("one.json")); [m.pop("by_replication") for m in g["policies"][0]["metrics"].values()]; json.dump(g, open("old.json", "w"))'
expect 2 run quickstart --expect old.json; says err "old.json: /policies/0/metrics/" "/by_replication: is missing"
echo '{"scenario": "quickstart", "device": "d", "seed": 1, "replication_numbers": [0], "policies": [{"name": "oracle", "metrics": {"a": 3}, "networks": {}}]}' >bad.json
expect 2 run quickstart --expect bad.json; says err "bad.json: /policies/0/metrics/a: expected an object, got 3"
head -c 1000 one.json >cut.json
expect 2 run quickstart --expect cut.json; says err "cut.json"
expect 2 run quickstart --expect .; says err "neither results.csv nor manifest.json"
expect 2 run quickstart --tolerance 0.1; says err "--expect"
expect 2 run quickstart --expect one.json --tolerance -1; says err "--tolerance"
expect 2 run quickstart --expect one.json --tolerance 0.1 --gate exact; says err "--gate"
expect 2 run quickstart --gate exact; says err "--expect"
expect 2 run quickstart --expect one.json --gate exat; empty out; says err "--gate: there is no gate \"exat\"" "did you mean 'exact'?"
finish
