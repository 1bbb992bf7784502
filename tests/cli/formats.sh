#!/usr/bin/env bash
# Machine-readable output parses, and holds the keys that scripts rely on.
source "$SOURCE_DIR/tests/support/cli.sh"
command -v python3 >/dev/null || exit 77

expect 0 run quickstart --format json
python3 - <<'PYTHON' || fail "the object of run --format json"
import json
r = json.load(open("out"), parse_constant=lambda c: exit(f"{c} is no JSON"))
assert r["scenario"] == "quickstart" and r["seed"] == 1 and r["replications"] == 3, r
assert r["replication_numbers"] == [0, 1, 2]
names = [p["name"] for p in r["policies"]]
assert names == ["autoscale", "oracle", "cpu_only", "edge_best", "cloud_only"], names
for p in r["policies"]:
    energy = p["metrics"]["energy_mj_per_inference"]
    assert set(energy) == {"mean", "ci95", "by_replication"} and len(energy["by_replication"]) == 3
    assert abs(sum(energy["by_replication"]) / 3 - energy["mean"]) < 1e-9 * energy["mean"]
    assert abs(sum(p["targets"].values()) - 1) < 1e-12
    assert set(p["networks"]) == {"mobilenet_v3", "inception_v3"}
PYTHON

expect 0 run quickstart paper/s1 --replications 1 --policy cpu_only --format json
python3 - <<'PYTHON' || fail "several scenarios are a list; one replication has no interval"
import json
r = json.load(open("out"))
assert [x["scenario"] for x in r] == ["quickstart", "s1"]
m = r[0]["policies"][0]["metrics"]["energy_mj_per_inference"]
assert m["ci95"] is None and m["mean"] > 0, m
PYTHON

expect 0 run quickstart --format csv
python3 - <<'PYTHON' || fail "run --format csv"
import csv, math
rows = list(csv.DictReader(open("out")))
assert len(rows) == 5 * 3 * 3, len(rows)  # policies, (all + networks), replications
for r in rows:
    assert None not in r and None not in r.values()
    assert math.isfinite(float(r["energy_mj_per_inference"]))
PYTHON

expect 0 check quickstart
cp out effective.json
expect 0 check effective.json
same out effective.json
expect 0 check quickstart paper/s1
python3 -c 'import json; assert len(json.load(open("out"))) == 2' || fail "check of two scenarios"

for what in policies devices networks radios metrics scenarios traces assumptions; do
  expect 0 list $what; [[ -s out ]] || fail "list $what says nothing"
  expect 0 list $what --format json
  python3 -c 'import json; assert len(json.load(open("out"))) > 3' || fail "list $what --format json"
done
finish
