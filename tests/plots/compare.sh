#!/usr/bin/env bash
# Pictures of `compare`: what is drawn of records whose figures are known, of real comparisons, and what is refused.
source "$SOURCE_DIR/tests/support/plots.sh"

cat >check.py <<'PY'
import json, sys
from types import SimpleNamespace
sys.argv[0] = "check"
sys.path.insert(0, sys.argv[1])
import numpy as np
import plot_compare as compare

ENERGY, LATE = "energy_mj_per_inference", "qos_violation_ratio"
def write(name, document):
    json.dump(document, open(name, "w"))

def draw(name, **given):
    options = SimpleNamespace(**(dict.fromkeys(("policy", "metric", "scenario", "network", "title")) | {"file": name} | given))
    kind, records = compare.read(name)
    records = compare.chosen(name, kind, records, options)
    return (compare.draw_profiles if kind == "profiles" else compare.draw_forest)(kind, records, options)

def texts(figure):
    return [t.get_text() for t in figure.texts] + [t.get_text() for g in figure.legends for t in g.get_texts()]

def marks(axes):
    """{row: [(x, marker, filled)]}, without the line at no difference."""
    found = {}
    for line in axes.lines:
        if line.get_marker() != "None":
            found.setdefault(round(float(line.get_ydata()[0])), []).append(
                (float(line.get_xdata()[0]), line.get_marker(), line.get_markerfacecolor() != "white"))
    return found

def comparison(policy, metric, difference, ratio, verdict, **more):
    return {"scenario": "s1", "network": "all", "metric": metric, "baseline_result": "r", "baseline_policy": "base", "result": "r",
            "policy": policy, "pairs": 3, "difference": difference, "difference_ci95": 0.1, "ratio": ratio,
            "ratio_low95": ratio and ratio / 2, "ratio_high95": ratio and ratio * 2, "verdict": verdict} | more

# Ratios with intervals; a metric one of whose ratios is missing shows differences, in % points.
records = [comparison("a", ENERGY, -3, 0.25, "better"), comparison("a", LATE, -0.5, None, "no difference"),
           comparison("b", ENERGY, 3, 4, "worse"), comparison("b", LATE, 0.25, 2, "worse")]
write("comparisons.json", {"comparisons": records, "notes": []})
figure = draw("comparisons.json")
energy, late = figure.axes
assert [t.get_text() for t in energy.get_yticklabels()] == ["a", "b"]
assert marks(energy) == {0: [(0.25, "o", True)], 1: [(4, "X", True)]}, marks(energy)
assert sorted(tuple(c.get_segments()[0][:, 0]) for c in energy.collections) == [(0.125, 0.5), (2, 8)]
assert energy.get_xscale() == "log" and energy.get_xlim()[0] < 0.125 and energy.get_xlim()[1] > 8
assert [list(line.get_xdata()) for line in energy.lines if line.get_marker() == "None"] == [[1, 1]], "the line at 1"
assert energy.get_xlabel() == "value / base (ratio)\n\N{LEFTWARDS ARROW} better"
assert marks(late) == {0: [(-50, "D", False)], 1: [(25, "X", True)]}
assert [list(line.get_xdata()) for line in late.lines if line.get_marker() == "None"] == [[0, 0]], "the line at 0"
assert late.get_xlabel().startswith("value - base (% points)")
assert {"better", "worse", "no difference"} <= set(texts(figure)) and "unknown" not in texts(figure)
assert "r: policies against base" in texts(figure)
# Ratios that are all alike: a linear axis around them. Without an interval a mark alone.
write("alike.json", {"comparisons": [comparison("a", "inferences_per_joule", 0, 1.02, "unknown", ratio_low95=None, ratio_high95=None, pairs=1)]})
axes = draw("alike.json").axes[0]
assert axes.get_xscale() == "linear" and not axes.collections and marks(axes) == {0: [(1.02, "s", False)]}
assert axes.get_xlabel().endswith("better \N{RIGHTWARDS ARROW}")
# Rows are told apart by what differs.
write("rows.json", {"comparisons": [comparison("a", ENERGY, 1, 2, "worse", scenario=s, network=n, result=r)
                                    for s in ("s1", "s4") for n in ("all", "vgg") for r in ("weak", "weaker")]})
labels = [t.get_text() for t in draw("rows.json").axes[0].get_yticklabels()]
assert labels[0] == "weak: s1, all networks" and labels[-1] == "weaker: s4, vgg" and len(set(labels)) == 8, labels
assert [t.get_text() for t in draw("rows.json", scenario=["s4"], network=["vgg"]).axes[0].get_yticklabels()] == ["weak", "weaker"]
assert "weak, weaker against r" in texts(draw("rows.json"))

# Tasks: the geometric mean, the arithmetic one hollow; the difference where they are missing.
def task(policy, metric, geometric, arithmetic):
    return {"metric": metric, "baseline_policy": "base", "policy": policy, "tasks": 4, "pairs": 3, "difference": -0.5,
            "difference_ci95": 0.1, "geometric_mean": geometric, "geometric_mean_low95": geometric and geometric / 2,
            "geometric_mean_high95": geometric and geometric * 2, "arithmetic_mean": arithmetic, "arithmetic_mean_ci95": arithmetic and 0.5}
write("tasks.json", {"tasks": [task("a", ENERGY, 2, 5), task("a", LATE, None, None)], "notes": []})
figure = draw("tasks.json")
assert marks(figure.axes[0]) == {0: [(2, "o", True), (5, "s", False)]}, marks(figure.axes[0])
assert sorted(tuple(c.get_segments()[0][:, 0]) for c in figure.axes[0].collections) == [(1, 4), (4.5, 5.5)]
assert marks(figure.axes[1]) == {0: [(-50, "D", True)]}
assert {"geometric mean of ratios", "arithmetic mean of ratios", "mean difference"} <= set(texts(figure))

# Profiles: steps that hold until the next tau, whatever the order of the file.
taus = [(4, 1), (0.5, 0.25), (1, 0.5)]
write("profiles.json", {"notes": [], "profiles": [
    {"metric": metric, "baseline_policy": "base", "policy": policy, "tau": t, "share": s, "share_low95": s / 2, "share_high95": s}
    for metric in (ENERGY, "inferences_per_joule") for policy in ("a", "b") for t, s in taus]})
figure = draw("profiles.json")
axes = figure.axes[0]
curve = axes.lines[0]
assert curve.get_xydata().tolist() == [[0.5, 25], [1, 50], [4, 100]] and curve.get_drawstyle() == "steps-post"
assert axes.get_xscale() == "log" and len(axes.collections) == 2
band = axes.collections[0].get_paths()[0]
assert band.contains_point((2, 30)) and not band.contains_point((2, 24)) and not band.contains_point((2, 51))
assert [a.get_xlabel().rpartition(": ")[2] for a in figure.axes] == ["a higher curve is better", "a lower curve is better"]
assert axes.lines[0].get_linestyle() != axes.lines[1].get_linestyle()
assert len(draw("profiles.json", policy=["b"], metric=[ENERGY]).axes) == 1
PY
"$python" check.py "$SOURCE_DIR/scripts" || fail "what is drawn"

# Real comparisons.
expect 0 run quickstart --replications 3 --out strong
expect 0 run quickstart --replications 3 --set /links/wifi/signal/constant_dbm=-85 --out weak
expect 0 compare strong --baseline cpu_only --format json; mv out policies.json
expect 0 compare strong weak --by-network --metric latency_mean_ms --format json; mv out results.json
expect 0 run paper/s1 paper/s4 --replications 2 --policy autoscale --policy cpu_only --format csv; mv out two.csv
expect 0 compare two.csv --over-tasks --baseline cpu_only --metric inferences_per_joule --metric qos_violation_ratio --format json
mv out over.json
draws plot_compare "strong: policies against cpu_only|value / cpu_only (ratio)|value - cpu_only (% points)|energy per inference|better|worse|no difference|cloud_only|3 paired replications" policies.json
draws plot_compare "weak against strong|cloud_only, mobilenet_v3|autoscale, all networks|latency mean" results.json
draws plot_compare "My title|oracle" policies.json --policy oracle --metric qos_violation_ratio --title "My title"
draws plot_compare "Means over tasks, against cpu_only|2 paired replications, 20 tasks|inferences per joule|arithmetic mean|mean difference" over.json
draws plot_compare "Profiles against base|energy per inference|runs with at most|of value / base (ratio)" profiles.json
plot 0 plot_compare policies.json --dpi 100; [[ -s policies-compare.png ]] || fail "default name"
plot 0 plot_compare policies.json --out one.png --out one.pdf; plot 0 plot_compare policies.json --out two.png --out two.pdf
same one.png two.png; same one.pdf two.pdf
plot 0 plot_compare --help; says out "example: scripts/plot_compare.py" "--out" "--metric"

# Mistakes.
: >empty.json; echo '{' >broken.json; echo '[]' >list.json; echo '{"a": 1}' >other.json; echo '{"tasks": []}' >none.json
refuses "nowhere.json: No such file" plot_compare nowhere.json
refuses "empty.json: is empty" plot_compare empty.json
refuses "broken.json: is not JSON" plot_compare broken.json
for file in list other; do refuses "$file.json: has not one of the members comparisons, tasks, profiles" plot_compare $file.json; done
refuses "none.json: its 'tasks' are empty" plot_compare none.json
sed '0,/"ratio":/s/"ratio":/"ration":/' policies.json >missing.json
refuses "missing.json: comparisons[0] has no member 'ratio'" plot_compare missing.json
sed '0,/"pairs": 3/s/"pairs": 3/"pairs": "3"/' policies.json >word.json
refuses "word.json: comparisons[0]: pairs is neither a number nor null" plot_compare word.json
sed '0,/"pairs": 3/s/"pairs": 3/"pairs": null/' policies.json >null.json
refuses "null.json: comparisons[0]: pairs is null" plot_compare null.json
sed 's/"worse"/"awful"/' policies.json >verdict.json; refuses "verdict is 'awful', not one of better, worse" plot_compare verdict.json
sed 's/"tau": 4/"tau": 0/' profiles.json >tau.json; refuses "tau.json: profiles[0]: tau is 0, not above 0" plot_compare tau.json
refuses "policies.json: no policy 'magic'; it has autoscale, oracle" plot_compare policies.json --policy magic
refuses "policies.json: no metric 'joy'" plot_compare policies.json --metric joy
refuses "--scenario: over.json holds tasks, which do not tell one scenario from another" plot_compare over.json --scenario s1
"$python" - <<'PY'
import json
record = json.load(open("policies.json"))["comparisons"][0]
json.dump({"comparisons": [record | {"scenario": f"s{i}"} for i in range(61)]}, open("many.json", "w"))
profile = json.load(open("profiles.json"))["profiles"][0]
json.dump({"profiles": [profile | {"policy": f"p{i}"} for i in range(6)]}, open("six.json", "w"))
PY
refuses "many.json: 61 rows are too many for one picture" plot_compare many.json
refuses "six.json: 6 policies are too many for one picture" plot_compare six.json
finish
