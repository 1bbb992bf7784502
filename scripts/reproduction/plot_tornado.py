#!/usr/bin/python3
"""How far AutoScale's energy efficiency over a baseline moves when one assumption is changed at a time."""
import figures as f
from figures import p

BASELINES = {"cpu_only": "Edge (CPU FP32)", "cloud_only": "Cloud"}


def main():
    parser = p.arguments(__doc__, "plot_tornado.py sensitivity.csv --baseline cpu_only --paper 9.8 --out tornado.svg", "tornado")
    parser.add_argument("table", metavar="SENSITIVITY.csv")
    parser.add_argument("--baseline", choices=list(BASELINES), required=True)
    parser.add_argument("--paper", type=float, required=True, help="the paper's figure")
    parser.add_argument("--most", type=int, default=26, metavar="N", help="show the N parameters that move it most (default: 26)")
    options = p.parse(parser)
    table = p.read_csv(options.table, ["parameter", "side", "value", "metric", "baseline_policy", "policy"],
                       ["arithmetic_mean", "geometric_mean"], "scripts/reproduce (sensitivity.csv)")
    means = {}
    for i in range(len(table["parameter"])):
        if (table["metric"][i], table["baseline_policy"][i], table["policy"][i]) == ("inferences_per_joule", options.baseline, "autoscale"):
            means.setdefault(table["parameter"][i], {})[table["side"][i]] = (
                table["value"][i], table["arithmetic_mean"][i], table["geometric_mean"][i])
    _, arithmetic, geometric = means.pop("nominal")["nominal"]
    spread = {name: max(abs(p.np.log(s[1] / arithmetic)) for s in sides.values()) for name, sides in means.items()}
    names = sorted(spread, key=spread.get, reverse=True)[:options.most]
    handles = [p.Patch(facecolor="#27476e", edgecolor="#303030", label="low end of the range"),
               p.Patch(facecolor="#f4d9a0", edgecolor="#303030", hatch="////", label="high end, or the alternative"),
               p.Line2D([], [], marker="D", color="#101010", markerfacecolor="white", linestyle="none", label="geometric mean"),
               p.Line2D([], [], color="#101010", linewidth=0.9, label="as assumed"),
               p.Line2D([], [], color="#d0602f", linewidth=1.1, linestyle=(0, (4, 1.5)), label=f"the paper: {options.paper:g}")]
    figure, ((axes,),) = f.panels(1, 1, 0.175 * len(names) + 0.1, p.text_inches(names) + 0.15, handles, title=0.05)
    f.rows_axis(axes, names, True)
    every = [v for n in names for side in means[n].values() for v in side[1:]] + [arithmetic, geometric, options.paper]
    f.log_axis(axes, min(every) / 1.35, max(every) * 1.35)
    for row, name in enumerate(names):
        for side, (value, mean, other) in means[name].items():
            low = side == "low"
            axes.barh(row, mean - arithmetic, left=arithmetic, height=0.62, facecolor="#27476e" if low else "#f4d9a0",
                      hatch="" if low else "////", edgecolor="#303030", linewidth=0.4, zorder=2)
            axes.plot(other, row, "D", markersize=3, color="#101010", markerfacecolor="white", markeredgewidth=0.6, zorder=4)
            right = mean >= arithmetic
            if abs(p.np.log(mean / arithmetic)) > 0.02:
                axes.annotate(value.lstrip("="), (mean, row), xytext=(3 if right else -3, 0), textcoords="offset points", va="center",
                              ha="left" if right else "right", fontsize=6, zorder=5)
    axes.axvline(arithmetic, color="#101010", linewidth=0.9, zorder=3)
    axes.axvline(options.paper, color="#d0602f", linewidth=1.1, linestyle=(0, (4, 1.5)), zorder=1)
    axes.set_xlabel(f"inferences per joule / those of {BASELINES[options.baseline]} (ratio)")
    p.heading(figure, options, f"AutoScale over {BASELINES[options.baseline]}: what the average hangs on",
              "S1 to S5, three phones, ten networks; bars: arithmetic mean, one assumption changed at a time", handles)
    p.save(figure, options, [options.table])


if __name__ == "__main__":
    main()
