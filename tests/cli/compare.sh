#!/usr/bin/env bash
# compare pairs what belongs together, and says why when nothing does.
source "$SOURCE_DIR/tests/support/cli.sh"
command -v python3 >/dev/null || exit 77

run() { expect 0 --quiet run quickstart "$@"; }
run --out a
run --set /links/wifi/signal/constant_dbm=-85 --out b
run --seed 2 --out seed
run --replications 2 --out fewer
run --policy cpu_only --out alone

expect 0 compare a
empty err
says out "a: policies against autoscale; scenario quickstart; 3 paired replications" "cpu_only" \
  "  energy_mj_per_inference" "worse" "no difference"
awk 'length > 110 { exit 1 }' out || fail "a line is too wide"
expect 0 compare a --baseline cpu_only --metric energy_mj_per_inference
says out "policies against cpu_only" "better"
grep -q latency out && fail "a metric that was not asked for"

# The figures are those of an independent computation on the same files.
expect 0 compare a b --format json --by-network
cp out comparison.json
expect 0 compare a b --format csv --by-network
cp out comparison.csv
python3 - <<'PYTHON' || fail "differences, ratios or intervals are wrong"
import csv, json, math, statistics
def read(folder):
    rows = csv.DictReader(open(folder + "/results.csv"))
    return {(r["policy"], r["network"], int(r["replication"])): r for r in rows}
a, b = read("a"), read("b")
t = 4.302652729911275  # Student's t, 97.5 %, 2 degrees of freedom
rows = json.load(open("comparison.json"))["comparisons"]
assert len(rows) == 5 * 3 * 5, len(rows)  # policies, all and networks, usual metrics
better_lower = 0
for r in rows:
    assert r["baseline_policy"] == r["policy"] and (r["baseline_result"], r["result"]) == ("a", "b")
    x = [float(a[r["policy"], r["network"], i][r["metric"]]) for i in range(3)]
    y = [float(b[r["policy"], r["network"], i][r["metric"]]) for i in range(3)]
    d = [v - u for u, v in zip(x, y)]
    half = t * statistics.stdev(d) / math.sqrt(3)
    mean = statistics.fmean(d)
    close = lambda p, q: abs(p - q) <= 1e-9 * max(abs(p), abs(q)) + 1e-12
    assert r["pairs"] == 3 and close(r["difference"], mean) and close(r["difference_ci95"], half), r
    if min(x + y) > 0:
        logs = [math.log(v / u) for u, v in zip(x, y)]
        m, h = statistics.fmean(logs), t * statistics.stdev(logs) / math.sqrt(3)
        assert close(r["ratio"], math.exp(m)) and close(r["ratio_low95"], math.exp(m - h)), r
        assert close(r["ratio_high95"], math.exp(m + h)), r
    else:
        assert r["ratio"] is None
    if all(abs(v) <= 1e-12 * max(map(abs, x + y)) for v in d) or abs(mean) <= half: wanted = "no difference"
    else: wanted = "better" if mean < 0 else "worse"
    assert r["verdict"] == wanted, (r, wanted)
    better_lower += wanted == "worse"
assert better_lower > 0
table = list(csv.DictReader(open("comparison.csv")))
assert len(table) == len(rows)
for c, r in zip(table, rows):
    for key, value in r.items():
        assert c[key] == ("" if value is None else value) or float(c[key]) == value, (key, c[key], value)
PYTHON

# Means over tasks, against an independent computation on two scenarios.
expect 0 --quiet run quickstart paper/s2 --policy cpu_only --policy cloud_only --replications 3 --format csv
cp out two.csv
expect 0 compare two.csv --over-tasks --baseline cpu_only --metric energy_mj_per_inference --metric qos_violation_ratio
empty err
says out "two.csv: policies against cpu_only, means over tasks" "3 paired replications" "  cloud_only" "   12 "
expect 0 compare two.csv --over-tasks --baseline cpu_only --metric energy_mj_per_inference --format json
cp out tasks.json
python3 - <<'PYTHON' || fail "means over tasks are wrong"
import csv, json, math, statistics
rows = [r for r in csv.DictReader(open("two.csv")) if r["network"] != "all"]
of = {(r["policy"], r["scenario"], r["network"], int(r["replication"])): float(r["energy_mj_per_inference"]) for r in rows}
tasks = sorted({k[1:3] for k in of})
assert len(tasks) == 12
(got,) = json.load(open("tasks.json"))["tasks"]
t = 4.302652729911275  # Student's t, 97.5 %, 2 degrees of freedom
ratios = [[of["cloud_only", *task, r] / of["cpu_only", *task, r] for task in tasks] for r in range(3)]
logs = [statistics.fmean(map(math.log, x)) for x in ratios]
means = [statistics.fmean(x) for x in ratios]
half = lambda x: t * statistics.stdev(x) / math.sqrt(3)
near = lambda key, wanted: abs(got[key] - wanted) <= 1e-9 * abs(wanted) or print(key, got[key], wanted)
assert near("geometric_mean", math.exp(statistics.fmean(logs)))
assert near("geometric_mean_high95", math.exp(statistics.fmean(logs) + half(logs)))
assert near("geometric_mean_low95", math.exp(statistics.fmean(logs) - half(logs)))
assert near("arithmetic_mean", statistics.fmean(means)) and near("arithmetic_mean_ci95", half(means))
assert near("mean", statistics.fmean(of["cloud_only", *task, r] for task in tasks for r in range(3)))
assert got["tasks"] == 12 and got["pairs"] == 3 and got["tasks_left_out"] == 0
PYTHON

# Figures over runs and profiles, whose intervals another bootstrap with other random numbers must come near.
expect 0 --quiet run quickstart paper/s2 --policy cpu_only --policy edge_best --policy cloud_only --replications 8 --format csv
cp out runs.csv
usual=(--baseline edge_best --metric energy_mj_per_inference --metric inferences_per_joule)
expect 0 compare runs.csv --over-tasks "${usual[@]}"
says out "interquartile mean" "probability of improvement" "any two runs of a task"
awk 'length > 120 { exit 1 }' out || fail "a line is too wide"
expect 0 compare runs.csv --over-tasks "${usual[@]}" --format json; cp out tasks.json
expect 0 compare runs.csv --over-tasks "${usual[@]}" --format json; cmp -s out tasks.json || fail "not the same twice"
expect 0 compare runs.csv --over-tasks "${usual[@]}" --format json --resamples 0; cp out values.json
python3 - <<'PYTHON' || fail "--resamples 0: the same values, without intervals"
import json
full, values = (json.load(open(f))["tasks"] for f in ("tasks.json", "values.json"))
for a, b in zip(full, values):
    for key in a:
        resampled = key.endswith(("low95", "high95")) and key.startswith(("iqm", "probability", "paired"))
        assert b[key] == (None if resampled else a[key]), key
PYTHON
expect 2 compare runs.csv --over-tasks --resamples many; says err "--resamples"
expect 2 compare runs.csv --resamples 0; says err "--over-tasks"
expect 0 compare runs.csv --over-tasks "${usual[@]}" --profiles
says out "runs.csv: policies against edge_best, performance profiles" "tau " "  cloud_only " "  cpu_only "
awk 'length > 120 { exit 1 }' out || fail "a line is too wide"
expect 0 compare runs.csv --over-tasks "${usual[@]}" --profiles --format csv; cp out profiles.csv
expect 0 compare runs.csv --over-tasks "${usual[@]}" --profiles --format json; cp out profiles.json; empty err
python3 - <<'PYTHON' || fail "figures over runs are wrong"
import csv, json, random, statistics
rows = [r for r in csv.DictReader(open("runs.csv")) if r["network"] != "all"]
n, resamples = 8, 1000
random.seed(1)
def runs(metric, policy): # (baseline, value) by [task][replication]
    of = {(r["policy"], r["scenario"], r["network"], int(r["replication"])): float(r[metric]) for r in rows}
    tasks = sorted({k[1:3] for k in of})
    return [[(of["edge_best", *t, i], of[policy, *t, i]) for i in range(n)] for t in tasks]
def iqm(tasks):
    x = sorted(v / b for t in tasks for b, v in t)
    return statistics.fmean(x[len(x) // 4:len(x) - len(x) // 4])
def win(a, b, lower): return 0.5 if a == b else float((a < b) == lower)
def improvement(tasks, lower): return statistics.fmean(win(v, b, lower) for t in tasks for _, v in t for b, _ in t)
def paired(tasks, lower): return statistics.fmean(win(v, b, lower) for t in tasks for b, v in t)
def ends(tasks, statistic):
    x = sorted(statistic([random.choices(t, k=n) for t in tasks]) for _ in range(resamples))
    return x[int(0.025 * resamples)], x[int(0.975 * resamples)]
def check(name, got, low, high, tasks, statistic):
    wanted, (a, b) = statistic(tasks), ends(tasks, statistic)
    slack = 0.2 * (b - a) + 1e-9 * abs(wanted)
    assert abs(got - wanted) <= 1e-9 * abs(wanted), (name, got, wanted)
    assert abs(low - a) <= slack and abs(high - b) <= slack, (name, low, high, a, b)
    return b > a
got = json.load(open("tasks.json"))["tasks"]
assert len(got) == 4
wide = 0
for r in got:
    tasks, lower = runs(r["metric"], r["policy"]), r["metric"] == "energy_mj_per_inference"
    for key, of in (("iqm", iqm), ("probability_of_improvement", lambda t: improvement(t, lower)), ("paired_improvement", lambda t: paired(t, lower))):
        wide += check(key, r[key], r[key + "_low95"], r[key + "_high95"], tasks, of)
assert wide >= 4, wide
profiles = json.load(open("profiles.json"))
assert profiles["notes"] == []
rows_of = {}
for p in profiles["profiles"]:
    assert list(p) == ["metric", "baseline_policy", "policy", "tau", "share", "share_low95", "share_high95"]
    rows_of.setdefault((p["metric"], p["policy"]), []).append(p)
assert len(rows_of) == 4
for metric in ("energy_mj_per_inference", "inferences_per_joule"):
    grids = [[p["tau"] for p in rows_of[metric, policy]] for policy in ("cpu_only", "cloud_only")]
    assert grids[0] == grids[1] and grids[0] == sorted(set(grids[0])) and {0.5, 1, 2} <= set(grids[0])
for (metric, policy), points in rows_of.items():
    tasks = runs(metric, policy)
    ratios = [v / b for t in tasks for b, v in t]
    for p in points:
        assert abs(p["share"] - sum(x <= p["tau"] for x in ratios) / len(ratios)) < 1e-12, p
        assert 0 <= p["share_low95"] <= p["share"] <= p["share_high95"] <= 1, p
    assert points[-1]["share"] == 1
    p = points[len(points) // 2]
    check("share", p["share"], p["share_low95"], p["share_high95"], tasks,
          lambda t: statistics.fmean(v / b <= p["tau"] for x in t for b, v in x))
table = list(csv.DictReader(open("profiles.csv")))
assert [{k: v if k in ("metric", "baseline_policy", "policy") else float(v) for k, v in r.items()} for r in table] == profiles["profiles"]
PYTHON
expect 0 compare runs.csv --over-tasks --profiles; says err "note: qos_violation_ratio of policy" "has no profile"
expect 2 compare runs.csv --profiles; says err "--profiles: are of tasks" "--over-tasks"
expect 2 compare runs.csv --over-tasks --profiles --metric qos_violation_ratio; empty out; says err "runs.csv: no metric has a profile"
expect 2 compare runs.csv --over-tasks --profiles --metric energy; says err 'there is no metric "energy"'
expect 2 compare a b --over-tasks; says err "--over-tasks: compares the policies of one result" "run SCENARIO..."
expect 2 compare a --over-tasks --by-network; says err "--over-tasks: averages networks"
expect 2 compare a --over-tasks --baseline orcale; says err "did you mean 'oracle'?"

expect 0 compare a a; grep -Eq 'better|worse' out && fail "a result differs from itself"
expect 0 compare a a/results.csv; empty err
cp b/results.csv loose.csv
expect 0 compare a loose.csv; says err 'note: "loose.csv" has no manifest, so its seed is not known'
expect 0 --quiet compare a loose.csv; empty err
expect 0 compare a alone; says err 'policy "oracle" of scenario '"'quickstart'"' is in "a" only'; says out cpu_only
expect 0 compare a b a; says out "results against a" "b: autoscale" "a: autoscale"

expect 2 compare a seed; empty out
says err 'seed: is of seed 2, but "a" of seed 1' "not paired"
expect 2 compare a fewer; empty out; says err "fewer: 1 of the other's 3 replications" "missing: 2"
expect 2 compare fewer a; says err "fewer: 1 of the other's 3 replications"
expect 0 --quiet run paper/s2 --replications 3 --policy cpu_only --out s2
expect 2 compare a s2 seed; says err 's2: has nothing in common with "a": scenario s2, not scenario quickstart' \
  "seed: is of seed 2"
expect 2 compare alone; says err 'holds one policy, "cpu_only"'
expect 2 compare; says err "compare needs RESULT"
expect 2 compare nowhere; says err "nowhere"
expect 2 compare a --baseline orcale; says err "did you mean 'oracle'?"
expect 2 compare a b --baseline oracle; says err "--baseline"
expect 2 compare a b --metric energy; says err 'a: there is no metric "energy"' 'b: there is no metric'
mkdir unfinished; cp a/results.csv unfinished
expect 2 compare a unfinished; says err "unfinished: has results.csv but no manifest.json"
expect 2 compare a/summary.csv b; says err 'a/summary.csv: line 1: there is no column "replication"'
expect 2 compare a/manifest.json b; says err "a/manifest.json"
sed 's/^quickstart,mi8pro,oracle,all,1,100/quickstart,mi8pro,oracle,all,1,x/; 3s/,[^,]*$//' a/results.csv >broken.csv
expect 2 compare a broken.csv; says err "broken.csv: line 3: expected"
mkdir broken; cp a/results.csv broken; echo '{"seed": "one"}' >broken/manifest.json
expect 2 compare a broken; says err "broken/manifest.json: /seed"
finish
