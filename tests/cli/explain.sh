#!/usr/bin/env bash
# What explain says about a decision is what the run did, and what the learner had learned.
source "$SOURCE_DIR/tests/support/cli.sh"
command -v python3 >/dev/null || exit 77

# member KEY: of the JSON in out.
member() { python3 -c 'import json, sys; print(json.load(open("out"))[sys.argv[1]])' "$1"; }

expect 0 explain quickstart --request 5 --format json
chosen=$(member chosen)
oracle=$(member oracle)
targets=$(python3 -c 'import json; print(len(json.load(open("out"))["targets"]))')
expect 0 explain quickstart --request 5
empty err
says out "policy autoscale, frozen; seed 1, replication 0" \
  "request 5 of the run: mobilenet_v3, request 5 of this network; QoS 50 ms" "wifi -55 dBm" \
  "state     384:" "wifi=regular(0/1)" "chose     $chosen - greedy" "oracle    $oracle" "outcome   " \
  "Q value  visits" " of $targets targets"
grep -Eq "^>\*? +$chosen " out || fail "the chosen target is marked"
grep -Eq "^>?\* +$oracle " out || fail "the oracle's target is marked"
awk 'length > 100 { exit 1 }' out || fail "a line is wider than 100 characters"
expect 0 explain quickstart --request 5 --all
[[ $(grep -Ec '^[>* ]{3,4} [a-z]+:?[a-z]*/' out) == "$targets" ]] || fail "--all shows every target"
expect 0 explain quickstart --request 150 --policy cpu_only --format json
oracle=$(member oracle)
expect 0 explain quickstart --request 150 --policy cpu_only
says out "fixed rule: Always the phone's CPU" "request 150 of the run: inception_v3, request 50"
grep -Eq "^> +cpu/fp32@" out || fail "the chosen target is marked"
grep -Eq "^\* +$oracle " out || fail "the oracle's target is marked"
grep -q 'Q value' out && fail "a rule has no Q values"
expect 0 explain quickstart --request 1 --policy oracle; says out "oracle: Knows the true costs"
expect 0 explain paper/streaming --request 7 --policy cpu_only
says out "waiting" "dropped after" "QoS missed"

# Over which link the cloud is reached is said where there are two.
grep -q "the cloud over" out && fail "one way to the cloud goes without saying"
expect 0 explain paper/streaming --request 7 --policy cpu_only --format json
grep -q cloud_link out && fail "one way to the cloud goes without saying"
commuter=(explain commuter --policy cpu_only --set /replications=1)
for link in wifi:0 lte:900; do
  expect 0 "${commuter[@]}" --request "${link#*:}" --format json
  says out "\"cloud_link\": \"${link%:*}\""
  expect 0 "${commuter[@]}" --request "${link#*:}"; says out "the cloud over ${link%:*}"
done
for cloud_route in wifi lte; do
  expect 0 "${commuter[@]}" --request 900 --set "/links/cloud_route=\"$cloud_route\"" --set '/links/wifi/signal/trace/gaps="hold"'
  says out "the cloud over $cloud_route"
done

# outcome CSV SCENARIO EXPLAIN_ARGUMENT...: the outcome is the row of run --requests.
outcome() {
  local csv=$1
  shift
  expect 0 explain "$@" --format json
  python3 - "$csv" <<'PYTHON' || fail "$last_command: the outcome is not the row of --requests"
import csv, json, sys
e = json.load(open("out"))
rows = [r for r in csv.DictReader(open(sys.argv[1]))
        if (r["policy"], r["network"], int(r["request"]), int(r["replication"])) ==
           (e["policy"], e["network"], e["request"], e["replication"])]
assert len(rows) == 1, len(rows)
row, outcome = rows[0], e["outcome"]
for key, value in outcome.items():
    got = row[key]
    if value is None: assert got == "", key
    elif isinstance(value, bool): assert got == str(int(value)), (key, value, got)
    elif isinstance(value, str): assert got == value, (key, value, got)
    else: assert float(got) == value, (key, value, got)
seen = {k: v for k, v in e["observation"].items() if k in ("cpu_ratio", "memory_ratio")}
seen |= {f"{link}_dbm": v for link, v in e["observation"]["rssi_dbm"].items()}
absent = {f"{link}_dbm" for link in ("wifi", "wifi_direct", "lte")} - set(seen)
assert all(float(row[k]) == v for k, v in seen.items()) and all(row[k] == "" for k in absent), seen
assert set(row) - set(outcome) - set(seen) - absent == {"scenario", "policy", "replication", "network", "request"}
chosen = [t for t in e["targets"] if t["chosen"]]
best = [t for t in e["targets"] if t["oracle"]]
assert [t["target"] for t in chosen] == [e["chosen"]] == [row["target"]]
assert chosen[0]["without_waiting"]["energy_mj"] == float(row["expected_energy_mj"])
assert best[0]["without_waiting"]["energy_mj"] == float(row["oracle_energy_mj"])
assert e["observation"]["time_ms"] == float(row["arrival_ms"])
PYTHON
}
expect 0 run quickstart --requests frozen.csv
for k in 0 5 99 100 199; do
  outcome frozen.csv quickstart --request $k
  outcome frozen.csv quickstart --request $k --policy cloud_only --replication 2
done
outcome frozen.csv quickstart --request 7 --network inception_v3 --policy oracle --replication 1
expect 0 run quickstart --online --seed 5 --requests online.csv
for k in 3 42 180; do outcome online.csv quickstart --request $k --online --seed 5; done
expect 0 run paper/streaming --replications 1 --requests streaming.csv --policy cpu_only --policy autoscale
for k in 1 7 8; do outcome streaming.csv paper/streaming --request $k --policy cpu_only; done

# A policy's own evaluation is what is said of it.
expect 0 explain adaptation/d4 --policy autoscale_online --request 3; says out "policy autoscale_online, still learning"
expect 0 explain adaptation/d4 --policy autoscale_frozen --request 3 --online; says out "policy autoscale_frozen, frozen"
expect 0 run adaptation/d4 --replications 1; says out "then frozen, unless an entry" "of /policies says otherwise"

# A state that was never visited is answered by the nearest that was.
expect 0 --quiet train quickstart --set /training/environments=scenario --save narrow.json
expect 0 explain quickstart --request 5 --set /policy/load=narrow.json --set /co_runner/constant/cpu_ratio=0.5
says out "state     416:" "values of 384:" "nearest visited state" "CPU 50 %"

# Q values are those of the table that the same training saves; a loaded table explains the same.
expect 0 --quiet train quickstart --save table.json
expect 0 explain quickstart --request 120 --format json
cp out trained.json
python3 - <<'PYTHON' || fail "Q values differ from the saved table"
import json, struct
e, table = json.load(open("trained.json")), json.load(open("table.json"))
rows = [r for q in table["q"] for r in q["rows"] if r["state"] == e["state"]["index"]]
assert len(rows) == 1 and e["answered_by"] is None
single = lambda x: struct.unpack("f", struct.pack("f", x))[0]
assert len(rows[0]["values"]) == len(e["targets"]) == 66
for t, value, visits in zip(e["targets"], rows[0]["values"], rows[0]["visits"]):
    assert t["q_value"] == single(value), (t["target"], t["q_value"], value)
    assert t["visits"] == visits
allowed = [t for t in e["targets"] if t["allowed"]]
assert max(allowed, key=lambda t: t["q_value"])["target"] == e["chosen"]
assert sum(t["visits"] for t in e["targets"]) > 0
# Mixed radix, as docs/autoscale.md has it.
index = 0
for f in e["state"]["features"]: index = index * f["bins"] + f["bin"]
assert index == e["state"]["index"]
PYTHON
expect 0 explain quickstart --request 120 --format json --set /policy/load=table.json
same out trained.json

expect 0 explain quickstart --request 120 --format json --layers
python3 - <<'PYTHON' || fail "layers and stages do not sum to the latency"
import json
e = json.load(open("out"))
for t in e["targets"]:
    if not t["supported"]: continue
    s, layers = t["stages"], t["layers"]
    assert len(layers) > 50 and all(set(l) == {"name", "kind", "latency_ms", "energy_mj"} for l in layers)
    assert abs(sum(l["latency_ms"] for l in layers) - s["layers_ms"]) < 1e-9 * t["latency_ms"]
    assert abs(sum(s.values()) - t["latency_ms"]) < 1e-9 * t["latency_ms"]
    local = t["site"] == "phone"
    assert all((l["energy_mj"] is not None) == local for l in layers)
    if local:
        assert abs(sum(l["latency_ms"] for l in layers) + s["dispatch_ms"] - t["latency_ms"]) < 1e-9 * t["latency_ms"]
        assert 0 < sum(l["energy_mj"] for l in layers) <= t["energy_mj"] * (1 + 1e-9)
PYTHON

expect 2 explain quickstart; says err "--request"
expect 2 explain quickstart --request 200; empty out; says err "--request: there is no request 200; the run has 200" "0 to 199"
expect 2 explain quickstart --request 100 --network mobilenet_v3; says err "mobilenet_v3 has 100"
expect 2 explain quickstart --request -1; says err "from 0 to"
expect 2 explain quickstart --request 1 --network mobilenet --replication 3
says err '--network: "mobilenet" is no workload' "did you mean 'mobilenet_v3'?"
expect 2 explain quickstart --request 1 --replication 3; says err "--replication: there is no replication 3"
expect 2 explain quickstart --request 1 --policy orcale; says err "did you mean 'oracle'?"
expect 2 explain quickstart paper/s1 --request 1
expect 2 explain quickstart --request 1 --layers; says err "--format json"
expect 2 explain quickstart --request 1 --set '/policies=[]'; says err "/policies: names no policy"
finish
