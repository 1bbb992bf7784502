#!/usr/bin/env bash
# run --timeline: a trace that is consistent in itself and with --requests.
source "$SOURCE_DIR/tests/support/cli.sh"
command -v python3 >/dev/null || { echo "skipped: no python3"; exit 77; }

cat >check.py <<'PY'
import collections, csv, json, sys
trace = json.load(open("t.json"))
assert trace["otherData"]["scenario"] and trace["displayTimeUnit"] == "ms"
events = trace["traceEvents"]
names = {(e["pid"]): e["args"]["name"] for e in events if e["ph"] == "M" and e["name"] == "process_name"}
rows = collections.defaultdict(dict)
for r in csv.DictReader(open("r.csv")):
    if r["replication"] == "0": rows[r["policy"]][r["network"], int(r["request"])] = r
assert set(names.values()) == set(rows), (names, set(rows))
threads = {(e["pid"], e["tid"]): e["args"]["name"] for e in events if e["ph"] == "M" and e["name"] == "thread_name"}
slices, ends, begins, decisions, counters = collections.defaultdict(list), {}, {}, {}, collections.defaultdict(list)
for e in events:
    p = names[e["pid"]]
    if e["ph"] == "X": slices[e["pid"], e["tid"]].append(e)
    elif e["ph"] == "C": counters[p, e["name"]].append((e["ts"], e["args"]["value"]))
    elif e["ph"] == "i": decisions[p, e["args"]["network"], e["args"]["request"]] = e
    elif e["ph"] in "be" and e["cat"] == "request": (begins if e["ph"] == "b" else ends)[p, e["id"]] = e
count = sum(len(v) for v in slices.values())
assert count > 1000, count
# Slices of a track nest or do not touch: sorted by start and length, each ends before those it lies in.
for key, track in slices.items():
    assert key in threads, key
    stack = []
    for e in sorted(track, key=lambda e: (round(e["ts"] * 1000), -round(e["dur"] * 1000))):
        start, end = round(e["ts"] * 1000), round(e["ts"] * 1000) + round(e["dur"] * 1000)
        while stack and stack[-1] <= start: stack.pop()
        assert not stack or end <= stack[-1], (threads[key], e)
        stack.append(end)
# Every request of the CSV, with its latency and energy; slices add up to its energy but for the awake phone's.
energy = collections.Counter()
for (pid, tid), track in slices.items():
    for e in track:
        if "energy_mj" in e["args"]:
            # layers do not name their network: the run around them does
            energy[names[pid], e["args"]["request"]] += e["args"]["energy_mj"]
total = collections.Counter()
for p, by in rows.items():
    for (network, request), r in by.items():
        d = decisions[p, network, request]
        assert d["args"]["target"] == r["target"] and abs(d["ts"] / 1000 - float(r["arrival_ms"])) < 1e-9
        assert d["args"]["reason"]
        total[p, request] += float(r["energy_mj"]) - float(r["energy_base_mj"])
    done = [e for (q, _), e in ends.items() if q == p]
    assert len(done) == len(by) and set(begins) >= set(ends)
    assert abs(sum(e["args"]["energy_mj"] for e in done) - sum(float(r["energy_mj"]) for r in by.values())) < 1e-6
    assert sum(e["args"]["violates_qos"] for e in done) == sum(int(r["violates_qos"]) for r in by.values())
for key, mj in total.items():
    assert abs(energy[key] - mj) < 1e-6 * max(1, mj), (key, energy[key], mj)
for p in rows:
    signals = {n: v for (q, n), v in counters.items() if q == p}
    assert len(signals["power (W)"]) > 10 and min(w for _, w in signals["power (W)"]) > 0
    assert [v for _, v in signals["rssi wifi (dBm)"]][0] == float(sys.argv[1])
    assert [v for _, v in signals["co-runner cpu_ratio"]][0] == float(sys.argv[2])
    for n, v in signals.items(): assert v == sorted(v, key=lambda x: x[0]), n
print(count, "slices,", len(events), "events")
PY

# S2 has a co-runner; streaming overlaps, waits and drops.
few='[{"network":"mobilenet_v3","inferences":30,"qos_ms":50,"accuracy":{"percent":50}},{"network":"resnet50","inferences":20,"qos_ms":50,"accuracy":{"percent":50}}]'
expect 0 run paper/s2 --set "/workload=$few" --replications 2 --policy autoscale --policy cloud_only \
  --policy connected_edge --timeline t.json --timeline-requests 0 --requests r.csv --out with
empty err
python3 check.py -55 0.8 || fail "the timeline of S2 is not consistent"
expect 0 run paper/s2 --set "/workload=$few" --replications 2 --policy autoscale --policy cloud_only \
  --policy connected_edge --out without
same with/results.csv without/results.csv

frames='[{"network":"inception_v3","arrivals":{"periodic":{"period_ms":20}},"inferences":60,"qos_ms":33.3,"accuracy":{"percent":50},"queue":"latest_only"},{"network":"mobilenet_v1","arrivals":{"periodic":{"period_ms":15}},"inferences":60,"qos_ms":33.3,"accuracy":{"percent":50}}]'
expect 0 run paper/streaming --set "/workload=$frames" --set /workload_order=concurrent --replications 1 --policy cpu_only \
  --policy cloud_only --timeline t.json --timeline-requests 0 --requests r.csv
python3 check.py -55 0 || fail "the timeline of overlapping requests is not consistent"
grep -q '"cat":"queue"' t.json || fail "nobody waited"

expect 0 run quickstart --policy oracle --timeline t.json --timeline-requests 3
says err "--timeline-requests 0"
[[ $(grep -c '"cat":"decision"' t.json) == 6 ]] || fail "three requests of each network"
expect 2 run quickstart paper/s1 --timeline t.json; says err "one scenario"
expect 2 run quickstart --timeline nowhere/t.json; says err "--timeline" "nowhere/t.json"
expect 2 run quickstart --timeline-requests 3; says err "--timeline"
finish
