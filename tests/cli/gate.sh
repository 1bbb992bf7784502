#!/usr/bin/env bash
# compare --gate: verdicts as table, CSV, JSON, Markdown and JUnit; files of gates, and what is wrong with them.
source "$SOURCE_DIR/tests/support/cli.sh" || exit 1
command -v python3 >/dev/null || exit 77

more=(--policy cpu_only --policy cloud_only --replications 10)
expect 0 run quickstart "${more[@]}" --out a
expect 0 run quickstart "${more[@]}" --out b --set /links/wifi/signal/constant_dbm=-80

expect 0 compare a a --gate exact; empty err; says out "all " "figures are as in a (gate exact)"
expect 0 compare a a --tolerance 0; says out "(gate tolerance 0)"
expect 1 compare a b --gate not_worse --junit v.xml; empty err
says out "not as in a: " "worse by 2 %" "moved" "pass" "90 % interval"
[[ $(grep -c '^quickstart  cpu_only .* pass$' out) -gt 3 ]] || fail "a policy that does not use the Wi-Fi passes"
expect 0 compare b a --gate not_worse  # better is not worse
expect 1 compare b a --gate equivalent

for format in csv json markdown; do
  expect 1 compare a b --gate not_worse --format $format
  cp out v.$format
done
python3 - <<'PYTHON' || fail "the formats say the same"
import csv, json, xml.etree.ElementTree as xml
rows = list(csv.DictReader(open("v.csv")))
document = json.load(open("v.json"))
figures = document["figures"]
assert len(rows) == len(figures) == document["figures_judged"] > 0
for row, figure in zip(rows, figures):
    for key, value in figure.items():
        assert row[key] == ("" if value is None else value) or float(row[key]) == value, (key, row[key], value)
failed = [f for f in figures if f["verdict"] != "pass"]
assert document["verdict"] == "fail" and len(failed) == document["figures_failed"] > 0
assert all(f["policy"] == "cloud_only" for f in failed)
energy = next(f for f in failed if f["metric"] == "energy_mj_per_inference" and f["network"] == "all")
assert energy["moved_by_low"] < energy["moved_by"] < energy["moved_by_high"]
assert abs(energy["got"] / energy["expected"] - 1 - energy["moved_by"]) < 0.01 * energy["moved_by"]
suites = xml.parse("v.xml").getroot()
cases = suites.findall("testsuite/testcase")
assert suites.tag == "testsuites" and len(cases) == len(figures) == int(suites.get("tests"))
assert len(suites.findall("testsuite/testcase/failure")) == len(failed) == int(suites.get("failures"))
lines = open("v.markdown").read().splitlines()
table = [line for line in lines if line.startswith("|")]
assert lines[0].startswith("**Fail**") and len(table) == len(figures) + 2
assert len({line.replace("\\|", "").count("|") for line in table}) == 1
PYTHON

# Without a gate: a comparison, in Markdown too.
expect 0 compare a b --metric energy_mj_per_inference --format markdown; says out "| --- | ---: |" "energy\\_mj\\_per\\_inference"
expect 0 compare a --over-tasks --format markdown; says out "| --- | ---: |"

# Gates of one's own.
echo '{"default_gate": "mine", "gates": {"mine": {"rules": [{"metrics": ["latency_p95_ms"], "networks": ["all"], "policies": ["cpu_only"],
  "test": "equivalence", "ratio": 0.1}]}}}' >mine.json
expect 0 compare a b --gates mine.json --gate mine; says out "all 1 figures are as in a (gate mine)"
expect 0 run quickstart "${more[@]}" --expect a --gates mine.json; says err "(gate mine)"
sed 's/"cpu_only"/"oracle"/' mine.json >other.json
expect 2 compare a b --gates other.json --gate mine; says err "holds no figure that gate mine judges" "rule 1 of the gate judges no figure"

wrong() { # JSON of a rule, and what is said
  printf '{"default_gate": "g", "gates": {"g": {"rules": [%s]}}}' "$1" >wrong.json
  expect 2 compare a b --gates wrong.json --gate g; empty out; says err "${@:2}"
}
wrong '{"test": "exact", "ratio": 0.1}' "/gates/g/rules/0: exact allows no difference"
wrong '{"test": "tolerance"}' "tolerance needs one limit, got none"
wrong '{"test": "tolerance", "ratio": 1, "difference": 1}' "needs one limit, got two"
wrong '{"test": "equivalence", "ratio": 0}' "/gates/g/rules/0/ratio: no number of replications"
wrong '{"test": "equivalence", "ratio": -0.1}' "/gates/g/rules/0/ratio"
wrong '{"test": "exat"}' "/gates/g/rules/0/test" "exact"
wrong '{"test": "exact", "metrics": []}' "/gates/g/rules/0/metrics"
wrong '{"test": "exact", "metrics": ["energy"]}' "there is no metric \"energy\""
wrong '{"test": "non_inferiority", "ratio": 0.1, "metrics": ["policy_bytes", "mean_reward"]}' "/metrics/"
wrong '{"test": "non_inferiority", "ratio": 0.1}' "of some neither direction is worse" 'name "metrics"'
wrong '{}' "/gates/g/rules/0/test: is required"
wrong '{"test": "exact", "metric": "x"}, {"test": "tolerance"}' "/gates/g/rules/0/metric: unknown key" "/gates/g/rules/1"
wrong '' "/gates/g/rules"
echo '{"default_gate": "h", "gates": {}}' >wrong.json
expect 2 run quickstart --expect a --gates wrong.json; says err "/default_gate: there is no gate \"h\""
expect 2 run quickstart --expect a --gates nowhere.json; says err "nowhere.json"

expect 2 compare a --gate exact; says err "--gate: judges one result by another, but one is given"
expect 2 compare a b a --gate exact; says err "3 are given"
expect 2 compare a b --gate exact --by-network; says err "says itself which figures"
expect 2 compare a b --junit x.xml; says err "--junit: is of verdicts"
expect 2 compare a b --gates mine.json; says err "--gates: holds gates by name"
finish
