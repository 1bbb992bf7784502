#!/usr/bin/python3
"""How good a trained learner is, by the number of training inferences for each state."""
import figures as f
from figures import p
from plotting import np

METRICS = (("near_oracle_ratio", 100, "near-oracle decisions\n(% of requests)"), ("oracle_energy_ratio", 1, "energy / the oracle's\n(ratio)"),
           ("qos_violation_ratio", 100, "QoS violations\n(% of requests)"))


def main():
    parser = p.arguments(__doc__, "plot_samples.py samples.csv --out samples.svg", "samples")
    parser.add_argument("table", metavar="SAMPLES.csv")
    options = p.parse(parser)
    table = p.read_csv(options.table, ["metric", "policy"], ["case", "mean", "mean_ci95"], "scripts/reproduce (samples.csv)")
    policies = f.policies_in_order(table["policy"])
    handles = [f.mark(i, filled=i % 2 == 0, label=name, line=True) for i, name in enumerate(policies)]
    figure, ((*axes,),) = f.panels(3, 1, 1.7, 0.6, handles, gap=0.62, title=0.06)
    for a, (metric, factor, label) in zip(axes, METRICS):
        for series, policy in enumerate(policies):
            rows = (table["metric"] == metric) & (table["policy"] == policy)
            x, y, interval = (table[c][rows] * s for c, s in (("case", 1), ("mean", factor), ("mean_ci95", factor)))
            low, high = np.clip(y - interval, 0 if factor == 100 else 0.1, None), np.clip(y + interval, None, 100)
            a.fill_between(x, low, high, color=p.COLOURS[series], alpha=0.2, linewidth=0)
            a.plot(x, y, **f.mark(series, filled=series % 2 == 0, line=True), clip_on=False)
        f.log_axis(a, table["case"].min() / 1.2, table["case"].max() * 1.2)
        a.set_ylabel(label)
        if factor == 100:
            a.set_ylim(-2, 102)
        else:
            f.log_axis(a, 0.8, max(table["mean"][table["metric"] == metric]) * 1.5, "y")
    axes[1].axhline(1, color=p.MUTED, linewidth=0.7)
    axes[1].set_xlabel("training inferences in each state (count)")
    p.heading(figure, options, "How many training inferences a state needs",
              "frozen after training; S1 to S5, three phones, ten networks; mean and 95 % interval over replications", handles)
    p.save(figure, options, [options.table])


if __name__ == "__main__":
    main()
