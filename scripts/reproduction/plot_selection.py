#!/usr/bin/python3
"""How often each policy decides like the oracle, and what its choices cost."""
import figures as f
from figures import p

METRICS = (("near_oracle_ratio", 100, "decisions at most 5 % dearer\nthan the oracle's (%)"),
           ("oracle_match_ratio", 100, "decisions for the oracle's\nvery target (%)"),
           ("oracle_energy_ratio", 1, "energy / the oracle's\n(ratio)"))


def main():
    parser = p.arguments(__doc__, "plot_selection.py selection.csv --out selection.svg", "selection")
    parser.add_argument("table", metavar="SELECTION.csv")
    options = p.parse(parser)
    table = p.read_csv(options.table, ["group", "metric", "policy"], ["mean", "mean_ci95"], "scripts/reproduce (selection.csv)")
    groups = ("S1-S5", "D1-D4")
    policies = f.policies_in_order(table["policy"])
    handles = [f.mark(0, label="static environments S1 to S5"), f.mark(1, filled=False, label="dynamic environments D1 to D4")]
    figure, ((*axes,),) = f.panels(3, 1, 0.2 * len(policies), p.text_inches(policies) + 0.15, handles, gap=0.26, bottom=0.55, title=0.06)
    for column, (a, (metric, factor, label)) in enumerate(zip(axes, METRICS)):
        f.rows_axis(a, policies, column == 0)
        a.set_xlabel(label)
        rows = [i for i, (g, m) in enumerate(zip(table["group"], table["metric"])) if m == metric and g in groups]
        for i in rows:
            series = groups.index(table["group"][i])
            y = policies.index(table["policy"][i]) + 0.36 * (series - 0.5)
            value, interval = factor * table["mean"][i], factor * table["mean_ci95"][i]
            a.hlines(y, max(value - interval, 0), value + interval, color=p.COLOURS[series], linewidth=0.9)
            a.plot(value, y, clip_on=False, zorder=3, **f.mark(series, filled=series == 0))
        if factor == 100:
            a.set_xlim(0, 100)
        else:
            f.log_axis(a, min(table["mean"][i] for i in rows) / 1.3, max(table["mean"][i] for i in rows) * 1.3)
            a.axvline(1, color=p.MUTED, linewidth=0.7)
    p.heading(figure, options, "How often each policy decides like the oracle, and what it pays",
              "accuracy level 50; mean over three phones, ten networks and environments, 95 % interval where wider than the mark", handles)
    p.save(figure, options, [options.table])


if __name__ == "__main__":
    main()
