#!/usr/bin/env bash
# Units and better sides of plots are those of `list metrics`, metric for metric; axes take theirs from their names.
source "$SOURCE_DIR/tests/support/plots.sh"

expect 0 list metrics --format json; mv out metrics.json
cat >check.py <<'PY'
import json, sys
sys.argv[0] = "check"
sys.path.insert(0, sys.argv[1])
import plotting_units as units

metrics = json.load(open("metrics.json"))
assert len(metrics) > 30
for m in metrics:
    shown = units.metric(m["name"])
    wanted = m["unit"] or ("% of requests" if m["name"] in units.SHARES else "ratio" if m["name"].endswith("_ratio") else "count")
    assert shown.unit == wanted, (m, shown)
    assert shown.scale == (100 if wanted == "% of requests" else 1), (m, shown)
    assert units.better(m["name"]) == m["better"], (m, units.better(m["name"]))
known = {m["name"] for m in metrics}
assert known >= {*units.SHARES, *units.NAMED, *units.COUNTS, *units.HIGHER, *units.NEITHER}, "a metric is gone"
assert units.metric("energy_mj_per_inference").text == "energy per inference (mJ)"
for name, text in {"wifi_dbm": "wifi (dBm)", "heavy_qos_ms": "heavy qos (ms)", "epsilon": "epsilon", "ms": "ms",
                   "bandwidth_mbps": "bandwidth (Mbit/s)", "learning_rate": "learning rate"}.items():
    assert units.axis(name).text == text, (name, units.axis(name))
PY
"$python" check.py "$SOURCE_DIR/scripts" || fail "the units"
finish
