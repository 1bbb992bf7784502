#!/usr/bin/python3
"""How far AutoScale's energy efficiency over a baseline moves when one assumption is changed at a time."""
import figures as f
from figures import p

BASELINES = {"cpu_only": "Edge (CPU FP32)", "cloud_only": "Cloud"}


def label_of(sides, side, middle):
    """The value of a side; where both sides move it the same way, of the farther one alone, as there is no room for two."""
    value, mean = sides[side]
    farther = any((m >= middle) == (mean >= middle) and abs(m - middle) > abs(mean - middle) for _, m in sides.values())
    return None if farther else value.lstrip("=")


def main():
    parser = p.arguments(__doc__, "plot_tornado.py sensitivity.csv --baseline cpu_only --paper 9.8 --out tornado.svg", "tornado")
    parser.add_argument("table", metavar="SENSITIVITY.csv")
    parser.add_argument("--baseline", choices=list(BASELINES), required=True)
    parser.add_argument("--paper", type=float, required=True, help="the paper's figure")
    parser.add_argument("--most", type=int, default=26, metavar="N", help="show the N parameters that move it most (default: 26)")
    options = p.parse(parser)
    table = p.read_csv(options.table, ["parameter", "side", "value", "metric", "baseline_policy", "policy"],
                       ["arithmetic_mean"], "scripts/reproduce (sensitivity.csv)")
    means = {}
    for i in range(len(table["parameter"])):
        if (table["metric"][i], table["baseline_policy"][i], table["policy"][i]) == ("inferences_per_joule", options.baseline, "autoscale"):
            means.setdefault(table["parameter"][i], {})[table["side"][i]] = (
                table["value"][i], table["arithmetic_mean"][i])
    _, arithmetic = means.pop("nominal")["nominal"]
    spread = {name: max(abs(p.np.log(s[1] / arithmetic)) for s in sides.values()) for name, sides in means.items()}
    names = sorted(spread, key=spread.get, reverse=True)[:options.most]
    handles = [p.Patch(facecolor="#27476e", edgecolor="#303030", label="low end of the range"),
               p.Patch(facecolor="#f4d9a0", edgecolor="#303030", hatch="////", label="high end, or the alternative"),
               p.Line2D([], [], color="#101010", linewidth=0.9, label="as assumed"),
               p.Line2D([], [], color="#d0602f", linewidth=1.1, linestyle=(0, (4, 1.5)), label=f"the paper: {options.paper:g}")]
    figure, ((axes,),) = f.panels(1, 1, 0.175 * len(names) + 0.1, p.text_inches(names) + 0.15, handles, title=0.05)
    f.rows_axis(axes, names, True)
    every = [mean for n in names for _, mean in means[n].values()] + [arithmetic, options.paper]
    f.log_axis(axes, min(every) / 1.5, max(every) * 1.9)
    for row, name in enumerate(names):
        for side, (value, mean) in means[name].items():
            low = side == "low"
            axes.barh(row, mean - arithmetic, left=arithmetic, height=0.62, facecolor="#27476e" if low else "#f4d9a0",
                      hatch="" if low else "////", edgecolor="#303030", linewidth=0.4, zorder=2)
            right = mean >= arithmetic
            text = label_of(means[name], side, arithmetic)
            if text and abs(p.np.log(mean / arithmetic)) > 0.02:
                axes.annotate(text, (mean, row), xytext=(3 if right else -3, 0), textcoords="offset points", va="center",
                              ha="left" if right else "right", fontsize=6, zorder=5,
                              bbox={"facecolor": "white", "alpha": 0.75, "linewidth": 0, "pad": 0.4})
    axes.axvline(arithmetic, color="#101010", linewidth=0.9, zorder=3)
    axes.axvline(options.paper, color="#d0602f", linewidth=1.1, linestyle=(0, (4, 1.5)), zorder=1)
    axes.set_xlabel(f"inferences per joule / those of {BASELINES[options.baseline]} (ratio)")
    p.heading(figure, options, f"AutoScale over {BASELINES[options.baseline]}: what the average hangs on",
              "S1 to S5, three phones, ten networks; bars: arithmetic mean, one assumption changed at a time", handles)
    p.save(figure, options, [options.table])


if __name__ == "__main__":
    main()
