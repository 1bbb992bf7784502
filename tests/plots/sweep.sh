#!/usr/bin/env bash
# Pictures of sweeps: what is drawn of points whose figures are known, every kind of a real sweep, and what is refused.
source "$SOURCE_DIR/tests/support/plots.sh"

# hand NAME AXES: a folder as `sweep` writes it, with few metrics; its summary.csv comes from stdin.
hand() {
  mkdir "$1"
  printf '{"sweep_format": 1, "failed_points": 0, "sweep": {"name": "%s", "axes": %s}}\n' "$1" "$2" >"$1/manifest.json"
  cat >"$1/summary.csv"
}
keys=scenario,device,policy,network,replications
metrics=energy_mj_per_inference,energy_mj_per_inference_ci95,qos_violation_ratio,qos_violation_ratio_ci95

# Policy p: 10 a/b + limit / 10 mJ. Policy q: twice as much, but no value at (1, 10) and no point at (2, 40). Not in order.
hand grid '[{"pointer": "/a~1b", "list": [2, 1]}, {"pointer": "/q", "name": "limit_ms", "list": [10, 20, 40]}]' <<CSV
point,a/b,limit_ms,$keys,$metrics
0,2,10,s,d,p,all,3,21,1,0.2,0.02
0,2,10,s,d,p,net,3,7,1,0,0
0,2,10,s,d,q,all,3,42,2,0.5,
1,2,20,s,d,p,all,3,22,1,0.4,0.02
1,2,20,s,d,p,net,3,7,1,0,0
1,2,20,s,d,q,all,3,44,2,0.5,
2,2,40,s,d,p,all,3,24,1,0.8,0.02
2,2,40,s,d,p,net,3,7,1,0,0
3,1,10,s,d,p,all,3,11,1,0.1,0.02
3,1,10,s,d,p,net,3,7,1,0,0
3,1,10,s,d,q,all,3,,,0.5,
5,1,40,s,d,p,all,3,14,1,0.4,0.02
5,1,40,s,d,p,net,3,7,1,0,0
5,1,40,s,d,q,all,3,28,2,0.5,
4,1,20,s,d,p,all,3,12,1,0.2,0.02
4,1,20,s,d,p,net,3,7,1,0,0
4,1,20,s,d,q,all,3,24,2,0.5,
CSV

cat >check.py <<'PY'
import sys
from types import SimpleNamespace
sys.argv[0] = "check"
sys.path.insert(0, sys.argv[1])
import matplotlib.colors, numpy as np
import plotting, plotting_sweep, plotting_sweep_colours as colours, plotting_sweep_lines as lines

def options(**given):
    names = "network policy where x y metric x_metric y_metric front title".split()
    return SimpleNamespace(**(dict.fromkeys(names) | given))

ENERGY, QOS = "energy_mj_per_inference", "qos_violation_ratio"
def draw(kind, metrics, **given):
    o = options(**given)
    return kind(plotting_sweep.read("grid", metrics, o), o, metrics)

# Lines: one for each policy, sorted by x, with bands as wide as the intervals; shares in %.
figure = draw(lines.draw_line, [ENERGY, QOS], x="limit_ms", where=["a/b=1.0"])
energy, late = figure.axes
p, q = [line for line in energy.lines]
assert p.get_xdata().tolist() == [10, 20, 40] and p.get_ydata().tolist() == [11, 12, 14], p.get_xydata()
assert np.isnan(q.get_ydata()[0]) and q.get_ydata()[1:].tolist() == [24, 28]
band = energy.collections[0].get_paths()[0].get_extents()
assert (band.x0, band.x1, band.y0, band.y1) == (10, 40, 10, 15), band
assert late.lines[0].get_ydata().tolist() == [10, 20, 40] and late.get_ylim() == (-4, 104)
assert p.get_linestyle() != q.get_linestyle() and p.get_marker() != q.get_marker()
# Another axis of few values: a panel for each, never a mean.
figure = draw(lines.draw_line, [ENERGY], x="limit_ms")
assert [a.get_title(loc="left") for a in figure.axes] == ["a/b = 1", "a/b = 2"]
assert [a.lines[0].get_ydata().tolist() for a in figure.axes] == [[11, 12, 14], [21, 22, 24]]
assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()
assert draw(lines.draw_line, [ENERGY], x="limit_ms", where=["a/b=1"], network="net").axes[0].lines[0].get_ydata().tolist() == [7] * 3

# Heat map: rows are y from below; what is missing stays empty; one scale; numbers that contrast with their cells.
figure = draw(colours.draw_heatmap, [ENERGY])
panels = [a for a in figure.axes if a.get_title(loc="left")]
assert [a.get_title(loc="left") for a in panels] == ["p", "q"]
meshes = [a.collections[0] for a in panels]
assert meshes[0].norm is meshes[1].norm and (meshes[0].norm.vmin, meshes[0].norm.vmax) == (11, 44)
cells = [m.get_array().reshape(3, 2) for m in meshes]
assert cells[0].tolist() == [[11, 21], [12, 22], [14, 24]], cells[0]  # a/b from left to right
assert cells[1].tolist() == [[None, 42], [24, 44], [28, None]], cells[1]
assert sorted(t.get_text() for t in panels[1].texts) == ["24", "28", "42", "44"]
assert {t.get_text(): t.get_color() for a in panels for t in a.texts}["11"] == "white"
assert {t.get_text(): t.get_color() for a in panels for t in a.texts}["44"] == "black"
assert any("hatched" in t.get_text() for t in figure.texts)
swapped = draw(colours.draw_heatmap, [ENERGY], x="limit_ms", y="a/b", policy=["p"])
assert swapped.axes[0].collections[0].get_array().reshape(2, 3).tolist() == [[11, 12, 14], [21, 22, 24]]
assert isinstance(colours.norm_of(np.array([1.0, 11])), matplotlib.colors.LogNorm)
assert not isinstance(colours.norm_of(np.array([0.0, 11])), matplotlib.colors.LogNorm)
light = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b, _ in colours.COLOURS(np.linspace(0, 1, 50))]
assert np.diff(light).min() > 0 and light[-1] - light[0] > 0.6, "readable in greyscale"

# The front: what no other point beats in both; steps that end at the worst sides.
x, y = np.array([3.0, 1, 2, 2, 5]), np.array([1.0, 4, 2, 3, 1])
assert lines.front(x, y) == [1, 2, 0] and lines.front(-x, y) == [4] and lines.front(np.ones(2), np.ones(2)) == [0]
axes = plotting.Figure().add_subplot(xlim=(0, 6), ylim=(0, 5))
lines.draw_front(axes, x, y, [1, 1])
assert axes.lines[0].get_xydata().tolist() == [[1, 5], [1, 4], [2, 2], [3, 1], [6, 1]]
axes = plotting.Figure().add_subplot(xlim=(0, 6), ylim=(0, 5))
lines.draw_front(axes, x, y, [-1, 1])  # more of x is better
assert axes.lines[0].get_xydata().tolist() == [[5, 5], [5, 1], [0, 1]]
axes = draw(lines.draw_pareto, [ENERGY, QOS]).axes[0]
assert [len(line.get_xdata()) for line in axes.lines[:2]] == [6, 4], "one mark a point that has both"
assert len(axes.lines) == 4 and len(draw(lines.draw_pareto, [ENERGY, QOS], front="all").axes[0].lines) == 3

# Parallel coordinates: a line for each point, the last one of low values; its places are shares of each scale.
axes = draw(colours.draw_parallel, [QOS, ENERGY]).axes[0]
segments = axes.collections[0].get_segments()
assert len(segments) == 6
assert np.allclose(segments[-1][:, 1], [0, 0, 0, 0]) and np.allclose(segments[0][:, 1], [1, 1, 1, 1])
scale = colours.Scale("x", np.array([1.0, 1000]), log=True)
assert scale.place(10) == 1 / 3 and [t for _, t in scale.ticks()] == ["1", "1000"]
assert [t for _, t in colours.Scale("x", np.full(3, 7.0)).ticks()] == ["7"]
PY
"$python" check.py "$SOURCE_DIR/scripts" || fail "what is drawn"

# Real sweeps: two axes, one, samples.
expect 0 sweep signal --set /replications=2 --set /axes/0/linspace/count=5 --out r/signal
expect 0 sweep learner --set /axes/0/latin_hypercube/count=4 --out r/learner
draws plot_sweep "Sweep signal: energy per inference by wifi_dbm and heavy_qos_ms|wifi (dBm)|heavy qos (ms)|energy per inference (mJ)|cloud_only|4178" r/signal
draws plot_sweep "energy per inference|(mJ)|QoS violations|(% of requests)|wifi (dBm)|heavy_qos_ms=50|95 % intervals" r/signal --where heavy_qos_ms=50
draws plot_sweep "latency p95|(ms)|heavy_qos_ms = 200" r/signal --kind line --x wifi_dbm --metric latency_p95_ms --policy oracle
draws plot_sweep "energy per inference (mJ): lower is better|inferences per joule (1/J): higher is better|front of all|My title" r/signal --kind pareto --y-metric inferences_per_joule --front all --title "My title"
draws plot_sweep "points of autoscale|epsilon|learning rate|scenario|(% of requests)|energy per inference (mJ)" r/learner
plot 0 plot_sweep r/signal --dpi 100; [[ -s r/signal-heatmap.png ]] || fail "default name"
plot 0 plot_sweep r/signal --out one.png; plot 0 plot_sweep r/signal --out two.png; same one.png two.png
plot 0 plot_sweep --help
says out "example: scripts/plot_sweep.py" "--kind" "--where" "--out"

# What would be a mean over something, or a picture of something else.
refuses "several points for each heavy_qos_ms; fix --where wifi_dbm=VALUE (wifi_dbm: -90, -80, -70, -60, -50)" plot_sweep r/signal --kind line --x heavy_qos_ms
refuses "--y: wifi_dbm is --x already" plot_sweep r/signal --kind heatmap --x wifi_dbm --y wifi_dbm
refuses "--kind line needs one axis of numbers; choose with --x: wifi_dbm, heavy_qos_ms" plot_sweep r/signal --kind line
refuses "4 axes vary" plot_sweep r/learner --kind heatmap
refuses "learning_rate, discount were sampled and cannot be fixed" plot_sweep r/learner --kind line --x epsilon --where scenario=s1
refuses "hold samples, not a grid" plot_sweep r/learner --kind heatmap --x epsilon --y discount
refuses "holds one point only" plot_sweep r/signal --where wifi_dbm=-90 --where heavy_qos_ms=50
refuses "--metric: is for --kind line or heatmap or parallel, not pareto" plot_sweep r/signal --kind pareto --metric dropped
refuses "--x-metric: is for --kind pareto, not heatmap" plot_sweep r/signal --x-metric dropped
refuses "--metric: 2 are too many for --kind heatmap" plot_sweep r/signal --metric dropped --metric handovers
refuses "--y-metric: 'handovers' has no better side" plot_sweep r/signal --kind pareto --y-metric handovers
refuses "--policy: --kind parallel shows one policy" plot_sweep r/signal --kind parallel --policy oracle --policy cpu_only
refuses "--x: 'scenario' has no numbers but s1, s4" plot_sweep r/learner --kind line --x scenario
refuses "--x: 'rssi' does not vary; of r/signal/summary.csv wifi_dbm, heavy_qos_ms do" plot_sweep r/signal --x rssi
refuses "--where: wifi_dbm is never '-91'; it is -90, -80, -70, -60, -50" plot_sweep r/signal --where wifi_dbm=-91
refuses "--where: no axis 'rssi'; it has scenario, wifi_dbm, heavy_qos_ms" plot_sweep r/signal --where rssi=-90
refuses "--where: 'wifi_dbm' is not AXIS=VALUE" plot_sweep r/signal --where wifi_dbm
refuses "r/signal/summary.csv: no metric 'joy'" plot_sweep r/signal --metric joy
refuses "r/signal/summary.csv: no policy 'magic'" plot_sweep r/signal --policy magic
refuses "r/signal/summary.csv: no network 'vgg'; it has all" plot_sweep r/signal --network vgg

# Folders that are none, or not finished.
expect 0 run quickstart --replications 1 --policy cpu_only --out r/run
refuses "nowhere: is not a folder of" plot_sweep nowhere
refuses "r: has no summary.csv" plot_sweep r
refuses "r/run/manifest.json: no member 'sweep_format'" plot_sweep r/run
expect 0 sweep signal --set /replications=1 --shard 1/2 --out r/shard
refuses "r/shard: is not finished: go on with \`sweep --resume\`, or \`merge\` its shards" plot_sweep r/shard
hand odd '[{"list": [1]}]' <<<"point,a,$keys,$metrics"
refuses "odd/manifest.json: its sweep lacks something: 'pointer'" plot_sweep odd
hand lost '[{"pointer": "/b", "list": [1]}]' <<<"point,a,$keys,$metrics"
refuses "lost/summary.csv: no column 'b'" plot_sweep lost
hand twins '[{"pointer": "/a", "list": [1, 2]}]' <<CSV
point,a,$keys,$metrics
0,1,s,d,p,all,1,1,,0,
1,2,s,d,p,all,1,1,,0,
2,1,s,d,p,all,1,1,,0,
CSV
refuses "two points of one policy have the same a; do two scenarios have one name?" plot_sweep twins
hand zipped '[{"zip": [{"pointer": "/a", "list": [1, 2]}, {"pointer": "/b", "list": [3, 4]}]}]' <<CSV
point,a,b,$keys,$metrics
0,1,3,s,d,p,all,1,1,,0,
1,2,4,s,d,p,all,1,1,,0,
CSV
draws plot_sweep "one replication; a moves with b" zipped --x b
refuses "--y: b and a move together" plot_sweep zipped --kind heatmap --x a --y b
finish
