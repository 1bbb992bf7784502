#!/usr/bin/python3
"""The main result: energy efficiency over Edge (CPU FP32) and QoS violations, by policy, phone and use."""
import figures as f
from figures import p

NUMBERS = ["geometric_mean", "geometric_mean_low95", "geometric_mean_high95", "mean", "mean_ci95", "baseline_mean", "baseline_mean_ci95"]


def read(path):
    """{(group, policy): (efficiency, low, high, % violations, interval)}"""
    table = p.read_csv(path, ["group", "metric", "baseline_policy", "policy"], NUMBERS, "scripts/reproduce (efficiency_*.csv)")
    found = {}
    for i, (group, metric, baseline, policy) in enumerate(zip(*(table[c] for c in ("group", "metric", "baseline_policy", "policy")))):
        if baseline != "cpu_only":
            continue
        if metric == "inferences_per_joule":
            found.setdefault((group, policy), [0] * 5)[:3] = [table[c][i] for c in NUMBERS[:3]]
        else:
            found.setdefault((group, policy), [0] * 5)[3:] = [100 * table[c][i] for c in ("mean", "mean_ci95")]
            found[group, "cpu_only"] = [1, 1, 1, 100 * table["baseline_mean"][i], 100 * table["baseline_mean_ci95"][i]]
    return found


def draw_row(axes, series, row, values, offset):
    efficiency, low, high, late, interval = values
    ours, theirs = axes
    look = f.mark(series, filled=series == 0)
    ours.hlines(row + offset, *(max(v, ours.get_xlim()[0]) for v in (low, high)), color=p.COLOURS[series], linewidth=0.9)
    ours.plot(efficiency, row + offset, **look)
    theirs.hlines(row + offset, 0, late, color=p.COLOURS[series], linewidth=1.2, alpha=0.55)
    theirs.hlines(row + offset, max(late - interval, 0), min(late + interval, 100), color=p.COLOURS[series], linewidth=0.9)
    theirs.plot(late, row + offset, clip_on=False, zorder=3, **look)


def main():
    parser = p.arguments(__doc__, "plot_efficiency.py still.csv streaming.csv --out main.svg", "efficiency")
    parser.add_argument("tables", nargs=2, metavar="EFFICIENCY.csv", help="non-streaming, streaming")
    options = p.parse(parser)
    found = [read(t) for t in options.tables]
    policies = f.policies_in_order(policy for t in found for _, policy in t)
    groups = ("S1-S5", "D1-D4")
    handles = [f.mark(0, label="static environments S1 to S5"), f.mark(1, filled=False, label="dynamic environments D1 to D4")]
    names = [f"{title}, {use}" for use in ("one image", "streaming") for title in f.PHONES.values()]
    figure, cells = p.facets(names, policies, 0.17, [3, 1.7], handles)
    every = [values[0] for t in found for key, values in t.items() if key[0].split()[0] in f.PHONES and key[0].split()[-1] in groups]
    for number, ((efficiency, late), last) in enumerate(cells):
        table, phone = found[number // 3], list(f.PHONES)[number % 3]
        f.log_axis(efficiency, min(every) / 1.5, max(every) * 1.5)
        efficiency.axvline(1, color=p.MUTED, linewidth=0.7)
        late.set_xlim(0, 100)
        late.set_xticks([0, 50, 100])
        for series, group in enumerate(groups):
            for row, policy in enumerate(policies):
                if (f"{phone} {group}", policy) in table:
                    draw_row((efficiency, late), series, row, table[f"{phone} {group}", policy], 0.36 * (series - 0.5))
        if last:
            efficiency.set_xlabel("inferences/J over\nthe CPU's (ratio)")
            late.set_xlabel("late (% of\nrequests)")
    p.heading(figure, options, "Energy efficiency over Edge (CPU FP32), and QoS violations",
              "accuracy level 50; geometric mean over networks and environments, 95 % interval where wider than the mark; late: missed the QoS",
              handles)
    p.save(figure, options, options.tables)


if __name__ == "__main__":
    main()
