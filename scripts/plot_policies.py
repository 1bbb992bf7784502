#!/usr/bin/python3
"""Energy per inference and QoS violations by policy and network, from `autoscale-sim run --out DIR`."""
import math
from pathlib import Path

import plotting as p

MADE_BY = "`autoscale-sim run --out` (summary.csv)"
ENERGY, QOS = "energy_mj_per_inference", "qos_violation_ratio"


def summary_of(result):
    """Accepts the folder or its summary.csv."""
    path = Path(result)
    if not path.is_dir():
        return path
    if not (path / "summary.csv").is_file():
        below = sorted(str(f.parent) for f in path.glob("*/summary.csv"))
        p.fail(path, f"has no summary.csv; its results are {' '.join(below)}" if below
               else "has no summary.csv; expected a folder of `autoscale-sim run --out`")
    return path / "summary.csv"


def read(result):
    """{network: {policy: (mJ, interval, %, interval)}}, number of replications, scenario on device."""
    path = summary_of(result)
    numbers = [ENERGY, ENERGY + "_ci95", QOS, QOS + "_ci95", "replications"]
    table = p.read_csv(path, ["scenario", "device", "policy", "network"], numbers, MADE_BY)
    rows = {}
    for i, (network, policy) in enumerate(zip(table["network"], table["policy"])):
        mj, mj_ci, ratio, ratio_ci = (table[c][i] for c in numbers[:4])
        rows.setdefault(network, {})[policy] = (mj, mj_ci, 100 * ratio, 100 * ratio_ci)
    # of one network, "all" says the same again
    if len(rows) == 2:
        rows.pop("all", None)
    return rows, int(table["replications"][0]), f"{table['scenario'][0]} on {table['device'][0]}"


def dots(axes, values, intervals, heights, series, from_zero):
    """Marks with intervals; from zero with a stem, where the axis has a zero."""
    colour = p.COLOURS[series]
    low = [v - i if from_zero or i < v else v / 1e3 for v, i in zip(values, intervals)]
    low = [max(v, 0) for v in low]
    high = [v + i for v, i in zip(values, intervals)]
    if from_zero:
        axes.hlines(heights, 0, values, color=colour, linewidth=1.4, alpha=0.55)
        high = [min(v, 100) for v in high]
    axes.hlines(heights, low, high, color=colour, linewidth=0.9)
    axes.plot(values, heights, p.MARKERS[series], color=colour, clip_on=False, zorder=3,
              markerfacecolor=colour if series % 2 == 0 else "white", markersize=3.6)


def draw_facet(energy, qos, results, network, policies):
    step = 0.72 / len(results)
    for series, rows in enumerate(results):
        found = [(i, rows[network][name]) for i, name in enumerate(policies) if name in rows.get(network, {})]
        heights = [i + (series - (len(results) - 1) / 2) * step for i, _ in found]
        values = [[0 if math.isnan(x) else x for x in row] for _, row in found]
        for axes, first in ((energy, 0), (qos, 2)):
            dots(axes, [v[first] for v in values], [v[first + 1] for v in values], heights, series,
                 from_zero=axes is qos)


def limits(results, networks):
    """Of the energy axis, the same in all panels."""
    values = [x for rows in results for n in networks for mj, ci, *_ in rows.get(n, {}).values()
              for x in (mj, mj + (0 if math.isnan(ci) else ci)) if x > 0]
    return (min(values) / 1.3, max(values) * 1.3) if values else (0.1, 1)


def handle(series, label):
    return p.Line2D([], [], color=p.COLOURS[series], marker=p.MARKERS[series], label=label,
                    markerfacecolor=p.COLOURS[series] if series % 2 == 0 else "white")


def draw(results, labels, options, title, replications):
    networks = p.choose(options.results[0], "network", options.network, p.unique(n for rows in results for n in rows))
    policies = p.choose(options.results[0], "policy", options.policy,
                        p.unique(name for rows in results for row in rows.values() for name in row))
    handles = [handle(i, label) for i, label in enumerate(labels)] if len(labels) > 1 else []
    figure, cells = p.facets(["all networks" if n == "all" else n for n in networks], policies,
                             max(0.13, 0.1 * len(results)), [3, 1.7], handles)
    for network, ((energy, qos), last) in zip(networks, cells):
        draw_facet(energy, qos, results, network, policies)
        energy.set_xscale("log")
        energy.set_xlim(limits(results, networks))
        p.log_ticks(energy.xaxis)
        qos.set_xlim(0, 100)
        qos.set_xticks([0, 50, 100])
        if last:
            energy.set_xlabel("energy per\ninference (mJ)")
            qos.set_xlabel("QoS violations\n(% of requests)")
    p.heading(figure, options, title, "one replication" if replications == 1 else
              f"mean of {replications} replications and its 95 % interval, where wider than the mark", handles)
    return figure


def main():
    parser = p.arguments(__doc__, "scripts/plot_policies.py out/s1 out/s4 --out policies.pdf", "policies",
                         ["policy", "network"])
    parser.add_argument("results", nargs="+", metavar="RESULTS",
                        help="folder of `run --out`, or its summary.csv; up to five are set side by side")
    options = p.parse(parser)
    if len(options.results) > len(p.COLOURS):
        p.fail("RESULTS", f"{len(options.results)} are too many for one picture; at most {len(p.COLOURS)}")
    results, replications, names = zip(*map(read, options.results))
    labels = [summary_of(r).resolve().parent.name for r in options.results]
    names = p.unique(names)
    title = "Energy and QoS violations by policy" + (f": {names[0]}" if len(names) == 1 else "")
    p.save(draw(results, labels, options, title, max(replications)), options, options.results)


if __name__ == "__main__":
    main()
