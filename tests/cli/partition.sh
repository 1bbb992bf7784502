#!/usr/bin/env bash
# Partitioned inference from the command line: plans in every output, and what a policy that cuts networks needs.
source "$SOURCE_DIR/tests/support/cli.sh"
command -v python3 >/dev/null || { echo "skipped: no python3"; exit 77; }

few='[{"network":"ssd_mobilenet_v2","inferences":30,"qos_ms":50,"accuracy":{"ratio_to_fp32":0.9}}]'
s1=(paper/s1 --set "/workload=$few" --set /replications=1)
expect 0 run "${s1[@]}" --policy neurosurgeon --policy mosaic --set /policy/dsp_memory_bytes=3e6 \
  --requests r.csv --timeline t.json --timeline-requests 0 --format json
python3 - <<'PY' || fail "the outputs do not agree about the plans"
import collections, csv, json
rows = list(csv.DictReader(open("r.csv")))
summary = json.load(open("out"))
trace = json.load(open("t.json"))["traceEvents"]
for p in summary["policies"]:
    assert p["targets"] == {"partitioned": 1.0}, p["targets"]
plans = collections.Counter((r["policy"], r["target"]) for r in rows)
assert len(plans) == 2 and set(plans.values()) == {30}, plans
for r in rows:
    assert r["ran_on"] == r["target"] and "+" in r["target"], r
    parts = [p.rsplit(":", 1) for p in r["target"].split("+")]
    assert sum(int(n) for _, n in parts) == 85, parts  # every layer once
    if r["policy"] == "neurosurgeon": assert parts[-1][0].startswith("cloud:") and float(r["energy_wifi_mj"]) > 0
    else: assert not any(p.startswith("cloud:") for p, _ in parts) and float(r["energy_wifi_mj"]) == 0
# Every layer is a slice of every request, and the hand-overs of mosaic are there.
names = {e["pid"]: e["args"]["name"] for e in trace if e["ph"] == "M" and e["name"] == "process_name"}
network = json.load(open("%s/models/networks/ssd_mobilenet_v2.json" % __import__("os").environ["SOURCE_DIR"]))
layers = {l["name"] for l in network["layers"]}
seen = collections.Counter((names[e["pid"]], e["name"]) for e in trace if e["ph"] == "X" and e["name"] in layers)
assert len(seen) == 2 * len(layers) and set(seen.values()) == {30}, seen
handovers = [e for e in trace if e["ph"] == "X" and e["name"] == "hand over tensors"]
assert handovers and all(names[e["pid"]] == "mosaic" and e["dur"] > 0 for e in handovers)
sent = {e["name"] for e in trace if e["ph"] == "X" and e["name"].startswith("send ")}
assert len(sent) == 1, sent
PY

expect 0 explain "${s1[@]}" --policy neurosurgeon --request 3
says out "plan      24 layers on gpu/fp16@710MHz" "send" "61 layers on cloud:gpu/fp32" "chose     gpu/fp16:24+cloud:gpu/fp32:61"
expect 0 explain "${s1[@]}" --policy neurosurgeon --request 3 --format json
python3 - <<'PY' || fail "explain does not add up"
import json
e = json.load(open("out"))
plan = e["plan"]
assert e["chosen"] == e["outcome"]["target"] == "gpu/fp16:24+cloud:gpu/fp32:61"
assert [s["layers"] for s in plan["slices"]] == [24, 61] and plan["upload_kbit"] > 0
spent = sum(s["latency_ms"] + s["handover_ms"] for s in plan["slices"])
assert spent < e["outcome"]["latency_ms"], (spent, e["outcome"]["latency_ms"])
PY
expect 0 explain "${s1[@]}" --policy cpu_only --request 3 --format json; says out '"plan": null'

# The same bytes whoever runs beside it, on however many threads.
expect 0 run "${s1[@]}" --set /replications=4 --policy neurosurgeon --policy dads --jobs 1 --out one
expect 0 run "${s1[@]}" --set /replications=4 --policy neurosurgeon --policy dads --jobs 2 --out two
same one/results.csv two/results.csv

# What they cannot do without.
expect 2 run "${s1[@]}" --policy neurosurgeon --policy dads --set '/cloud=""'
says err "nothing on the cloud can run"
sed '/^  "handover": {/,/^  },$/d' "$SOURCE_DIR/models/devices/mi8pro.json" >mine.json
expect 2 run "${s1[@]}" --policy mosaic --set '/device="./mine.json"'
says err 'policy "mosaic"' "does not say what handing tensors over costs" "add /handover to the device"
expect 2 run "${s1[@]}" --policy mosaic --set /policy/dsp_memory_bytes=-1 --set '/policy/mosaic_objective="speed"'
says err "/policy/dsp_memory_bytes" "/policy/mosaic_objective" '"energy_within_qos"'

finish
