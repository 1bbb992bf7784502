#!/usr/bin/python3
"""Learning curves: how far energy, QoS violations and decisions are from the oracle's, request by request.

Meant for `autoscale-sim run --online --requests FILE` of a scenario without training. Request k is the k-th of
its network; networks are taken together."""
from pathlib import Path

import plotting as p
from plotting import np

MADE_BY = "`autoscale-sim run --requests`"
PANELS = (("energy", "energy / oracle's energy\n(ratio)"), ("late", "QoS violations\n(% of requests)"),
          ("near", "near-oracle decisions\n(% of requests)"))


def rolling(values, window):
    """Sums over the last `window` requests, from the first full window on."""
    sums = np.cumsum(np.insert(values, 0, 0.0, axis=-1), axis=-1)
    return sums[..., window:] - sums[..., :-window]


def per_request(table, rows, requests):
    """Sums over networks by request number, {quantity: [replication, request]}."""
    replications = p.unique(table["replication"][rows])
    line = np.array([replications.index(r) for r in table["replication"][rows]])
    column = table["request"][rows].astype(int)
    quantities = {"mj": table["energy_mj"], "oracle_mj": table["oracle_energy_mj"],
                  "late": table["violates_qos"], "near": table["near_oracle"], "count": np.ones(len(table["request"]))}
    sums = {}
    for name, values in quantities.items():
        sums[name] = np.zeros((len(replications), requests))
        np.add.at(sums[name], (line, column), values[rows])
    return sums


def curves(sums, window):
    """The three quantities by replication and request, over a window that ends there."""
    rolled = {name: rolling(values, window) for name, values in sums.items()}
    if not (rolled["oracle_mj"] > 0).all():
        raise ValueError("the oracle's energy is 0")
    return {"energy": rolled["mj"] / rolled["oracle_mj"], "late": 100 * rolled["late"] / rolled["count"],
            "near": 100 * rolled["near"] / rolled["count"]}


def style(axes):
    energy, late, near = axes
    low, high = min(energy.dataLim.y0, 1), max(energy.dataLim.y1, 1)
    if high > 4 * low:
        energy.set_yscale("log")
        energy.set_ylim(low / 1.1, high * 1.1)
        p.log_ticks(energy.yaxis)
    else:
        energy.set_ylim(low - 0.05, high + 0.05)
    energy.axhline(1, color=p.MUTED, linewidth=0.7, zorder=1)
    for a in (late, near):
        a.set_ylim(-2, 102)
        a.set_yticks([0, 25, 50, 75, 100])
    for a, (_, label) in zip(axes, PANELS):
        a.set_ylabel(label)
        a.margins(x=0)
    for a in axes[:-1]:
        a.tick_params(axis="x", labelbottom=False)


def place_axes(handles):
    """Three panels, one below the other, that share the requests."""
    high, head, foot, gap = 1.25, p.heading_inches(handles) + 0.08, 0.42, 0.14
    height = head + 3 * high + 2 * gap + foot
    figure = p.Figure(figsize=(p.WIDTH, height))
    axes = [figure.add_axes([0.7 / p.WIDTH, (foot + (2 - i) * (high + gap)) / height,
                             (p.WIDTH - 0.9) / p.WIDTH, high / height]) for i in range(3)]
    return figure, axes


def draw(table, scenario, options):
    networks = p.choose(options.requests, "network", options.network, p.unique(table["network"]))
    policies = p.few_policies(options.requests, options.policy, p.unique(table["policy"]))
    chosen = np.isin(table["network"], networks)
    counts = [int(table["request"][table["network"] == n].max()) + 1 for n in networks]
    requests = min(counts)  # beyond it fewer networks would take part
    chosen &= table["request"] < requests
    if options.window > requests:
        p.fail("--window", f"{options.window} requests, but a network has only {requests}")
    handles = [p.Line2D([], [], color=p.COLOURS[i], linestyle=p.LINES[i], marker=p.MARKERS[i], label=name,
                        markerfacecolor="white") for i, name in enumerate(policies)]
    figure, axes = place_axes(handles)
    x = np.arange(options.window, requests + 1)
    replications = 0
    for i, policy in enumerate(policies):
        sums = per_request(table, np.flatnonzero(chosen & (table["policy"] == policy)), requests)
        try:
            lines = curves(sums, options.window)
        except ValueError as error:
            p.fail(options.requests, f"policy {policy}: {error}")
        for a, (name, _) in zip(axes, PANELS):
            values = lines[name]
            replications = max(replications, len(values))
            look = {"color": p.COLOURS[i], "linestyle": p.LINES[i]}
            marks = (len(x) * (2 * i + 1) // (12 * len(policies)), max(1, len(x) // 6))
            a.plot(x, values.mean(axis=0), marker=p.MARKERS[i], markevery=marks, markerfacecolor="white", **look)
            if len(values) > 1:
                a.fill_between(x, *np.percentile(values, [10, 90], axis=0), color=p.COLOURS[i], alpha=0.18, linewidth=0)
    style(axes)
    axes[-1].set_xlabel("requests seen, of each network (count)")
    what = networks[0] if len(networks) == 1 else f"{len(networks)} networks"
    over = f"mean of {replications} replications, band: 10th to 90th percentile" if replications > 1 else "one replication"
    p.heading(figure, options, f"Learning: {scenario}, {what}", f"over the last {options.window} requests; {over}", handles)
    return figure


def main():
    parser = p.arguments(__doc__, "scripts/plot_learning.py out/learning.csv --window 20 --out learning.pdf",
                         "learning", ["policy", "network"])
    parser.add_argument("requests", type=Path, metavar="REQUESTS.csv", help="file of `run --online --requests`")
    parser.add_argument("--window", type=int, default=20, metavar="N",
                        help="requests of each network that a point covers (default: 20)")
    parser.add_argument("--scenario", metavar="NAME", help="which scenario, where the file holds several")
    options = p.parse(parser)
    if options.window < 1:
        p.fail("--window", f"'{options.window}' is not a count of requests from 1 on")
    table = p.read_csv(options.requests, ["scenario", "policy", "network", "replication"],
                       ["request", "energy_mj", "oracle_energy_mj", "violates_qos", "near_oracle"], MADE_BY)
    table, scenario = p.one_scenario(options.requests, table, options.scenario)
    p.save(draw(table, scenario, options), options, [options.requests])


if __name__ == "__main__":
    main()
