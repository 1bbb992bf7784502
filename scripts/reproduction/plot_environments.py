#!/usr/bin/python3
"""Energy efficiency over Edge (CPU FP32) in each environment, by phone."""
import figures as f
from figures import p

ENVIRONMENTS = ("S1", "S2", "S3", "S4", "S5", "D1", "D2", "D3", "D4")
POLICIES = ("autoscale", "oracle", "edge_best", "connected_edge", "cloud_only")


def main():
    parser = p.arguments(__doc__, "plot_environments.py efficiency_still_50.csv --out environments.svg", "environments")
    parser.add_argument("table", metavar="EFFICIENCY.csv")
    options = p.parse(parser)
    numbers = ["geometric_mean", "geometric_mean_low95", "geometric_mean_high95"]
    table = p.read_csv(options.table, ["group", "metric", "baseline_policy", "policy"], numbers, "scripts/reproduce (efficiency_*.csv)")
    rows = {(g, q): [table[c][i] for c in numbers] for i, (g, m, b, q) in
            enumerate(zip(*(table[c] for c in ("group", "metric", "baseline_policy", "policy"))))
            if m == "inferences_per_joule" and b == "cpu_only"}
    handles = [f.mark(i, filled=i % 2 == 0, label=name) for i, name in enumerate(POLICIES)]
    figure, ((*axes,),) = f.panels(3, 1, 2.2, 0.6, handles)
    shown = {k: v for k, v in rows.items() if k[0].split()[0] in f.PHONES and k[0].split()[-1] in ENVIRONMENTS and k[1] in POLICIES}
    low, high = min(v[0] for v in shown.values()) / 1.6, max(v[0] for v in shown.values()) * 1.6
    for column, (a, (phone, title)) in enumerate(zip(axes, f.PHONES.items())):
        f.log_axis(a, low, high, "y")
        a.axhline(1, color=p.MUTED, linewidth=0.7)
        a.set_xlim(-0.6, len(ENVIRONMENTS) - 0.4)
        a.set_xticks(range(len(ENVIRONMENTS)), ENVIRONMENTS)
        a.tick_params(axis="y", labelleft=column == 0)
        a.grid(axis="x", visible=False)
        a.set_title(title, loc="left", pad=3)
        for x in range(0, len(ENVIRONMENTS), 2):
            a.axvspan(x - 0.5, x + 0.5, color="#f3f3f3", linewidth=0, zorder=0)
        for series, policy in enumerate(POLICIES):
            for x, environment in enumerate(ENVIRONMENTS):
                values = shown.get((f"{phone} {environment}", policy))
                if values:
                    at = x + 0.16 * (series - 2)
                    a.vlines(at, values[1], values[2], color=p.COLOURS[series], linewidth=0.9)
                    a.plot(at, values[0], **f.mark(series, filled=series % 2 == 0))
    axes[0].set_ylabel("inferences per joule\n/ those of the CPU (ratio)")
    axes[1].set_xlabel("environment")
    p.heading(figure, options, "Energy efficiency over Edge (CPU FP32), by environment",
              "accuracy level 50, one image at a time; geometric mean over ten networks, 95 % interval where wider than the mark", handles)
    p.save(figure, options, [options.table])


if __name__ == "__main__":
    main()
