#!/usr/bin/python3
"""AutoScale's energy efficiency over the CPU and over the cloud when all assumptions are changed at once: how many points reach how much."""
import figures as f
from figures import p
from plotting import np

PANELS = (("cpu_only", "Edge (CPU FP32)", 9.8), ("cloud_only", "Cloud", 1.6))
AVERAGES = (("geometric_mean", "geometric mean over tasks"), ("arithmetic_mean", "arithmetic mean over tasks"))


def main():
    parser = p.arguments(__doc__, "plot_joint.py joint.csv --out joint.svg", "joint")
    parser.add_argument("table", metavar="JOINT.csv")
    options = p.parse(parser)
    table = p.read_csv(options.table, ["metric", "baseline_policy", "policy"], ["point", *(a for a, _ in AVERAGES)],
                       "scripts/reproduce (joint.csv)")
    looks = [{"color": p.COLOURS[i], "linestyle": p.LINES[i], "linewidth": 1.3} for i in range(len(AVERAGES))]
    handles = [p.Line2D([], [], label=label, **look) for (_, label), look in zip(AVERAGES, looks)]
    handles += [p.Line2D([], [], color="#101010", linewidth=0.9, label="no gain"),
                p.Line2D([], [], color="#d0602f", linewidth=1.1, linestyle=(0, (4, 1.5)), label="the paper")]
    figure, (axes,) = f.panels(2, 1, 2.0, 0.6, handles, gap=0.3, title=0.06)
    count = 0
    for a, (baseline, name, paper) in zip(axes, PANELS):
        rows = (table["metric"] == "inferences_per_joule") & (table["policy"] == "autoscale") & (table["baseline_policy"] == baseline)
        count = int(rows.sum())
        low, high = min(1, paper), max(1, paper)
        for (average, _), look in zip(AVERAGES, looks):
            values = np.sort(table[average][rows])
            share = 100 * (1 - np.arange(count + 1) / count)  # of the points that are above
            a.step(np.concatenate(([values[0]], values)), share, where="post", **look)
            low, high = min(low, values[0]), max(high, values[-1])
        f.log_axis(a, low / 1.3, high * 1.3)
        a.set_ylim(0, 102)
        a.axvline(1, color="#101010", linewidth=0.9)
        a.axvline(paper, color="#d0602f", linewidth=1.1, linestyle=(0, (4, 1.5)))
        a.set_xlabel(f"inferences per joule / those of {name} (ratio)")
    axes[0].set_ylabel("points of which the ratio is greater\n(% of points)")
    axes[1].set_yticklabels([])
    p.heading(figure, options, "All assumptions at once: how much of AutoScale's gain survives",
              f"Latin hypercube of {count} points over the ranges of sensitivity.tsv; S1 to S5, three phones, ten networks", handles)
    p.save(figure, options, [options.table])


if __name__ == "__main__":
    main()
