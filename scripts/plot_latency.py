#!/usr/bin/python3
"""Latency distribution by policy and network with the QoS limit, from `autoscale-sim run --requests FILE`."""
from pathlib import Path

import plotting as p
from plotting import np

MADE_BY = "`autoscale-sim run --requests`"
BINS = 60


def workload_names(scenario):
    """Names as in column `network`: a network that is used again is NAME#2."""
    seen = {}
    for workload in scenario["workload"]:
        name = workload["network"]
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name}#{seen[name]}"), workload["qos_ms"]


def limits_of_manifest(path, scenario):
    manifest = p.read_json(path, ["scenario"], "`autoscale-sim run --out` (manifest.json)")["scenario"]
    try:
        if manifest["name"] != scenario:
            p.fail(path, f"is of scenario {manifest['name']}, the requests are of {scenario}")
        return dict(workload_names(manifest))
    except (KeyError, TypeError) as error:
        p.fail(path, f"its scenario has no {error}")


def limits_given(words, networks):
    """--qos 50 or --qos mobilenet_v3=33.3."""
    limits = {}
    for word in words:
        name, equals, number = word.rpartition("=")
        try:
            value = float(number)
        except ValueError:
            value = 0
        if not 0 < value < float("inf"):
            p.fail("--qos", f"'{word}' is neither MS nor NETWORK=MS, such as 50 or mobilenet_v3=33.3")
        limits.update({p.choose("--qos", "network", [name], networks)[0]: value} if equals
                      else dict.fromkeys(networks, value))
    return limits


def find_limits(options, scenario, networks):
    limits = {}
    path = Path(options.results, "manifest.json") if options.results else options.requests.parent / "manifest.json"
    if options.results or (path.is_file() and not options.qos):
        limits = limits_of_manifest(path, scenario)
    limits.update(limits_given(options.qos or [], networks))
    for network in networks:
        if network not in limits:
            p.fail(options.requests, f"does not say the QoS limit of {network}: add --results DIR (run --out "
                                     "of the same run), --qos MS or --qos NETWORK=MS")
    return limits


def draw_row(axes, row, latencies, edges):
    """A violin: the histogram, mirrored, scaled to the row; median, and 95th percentile as in the results."""
    counts, _ = np.histogram(latencies, edges)
    half = 0.42 * counts / max(counts.max(), 1)
    filled = np.flatnonzero(counts)
    for bins in np.split(filled, np.flatnonzero(np.diff(filled) > 1) + 1):  # gaps stay empty
        shape = np.append(half[bins], half[bins[-1]])
        axes.fill_between(edges[bins[0]:bins[-1] + 2], row - shape, row + shape, step="post",
                          facecolor="#86b3d6", edgecolor="#27476e", linewidth=0.5, zorder=2)
    ordered = np.sort(latencies)
    median, p95 = (ordered[int(np.ceil(share * len(ordered))) - 1] for share in (0.5, 0.95))
    axes.plot(median, row, "o", color="white", markeredgecolor="black", markeredgewidth=0.8, markersize=3.4, zorder=4)
    axes.plot(p95, row, "|", color="black", markersize=7, markeredgewidth=1.2, zorder=3)


def draw_facet(axes, table, network, policies, limit):
    here = (table["network"] == network) & np.isin(table["policy"], policies)
    finished = here & ~np.isnan(table["latency_ms"]) & (table["latency_ms"] > 0)
    values = np.append(table["latency_ms"][finished], limit)
    low, high = values.min() / 1.15, values.max() * 1.15
    edges = np.geomspace(low, high, BINS + 1)
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    p.log_ticks(axes.xaxis)
    axes.axvspan(limit, high, facecolor="none", edgecolor="#cccccc", hatch="///", linewidth=0, zorder=1)
    axes.axvline(limit, color="#a8321e", linestyle=(0, (4, 1.5)), linewidth=1.1, zorder=2.5)
    for row, policy in enumerate(policies):
        mine = table["policy"] == policy
        latencies = table["latency_ms"][finished & mine]
        if len(latencies):
            draw_row(axes, row, latencies, edges)
        if (here & mine).any():
            missed = 100 * table["violates_qos"][here & mine].mean()
            axes.annotate(f"{missed:.0f}" if missed in (0, 100) or missed >= 9.95 else f"{missed:.1f}",
                          (1, row), (17, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
                          fontsize=6.5, va="center", ha="right")
    axes.annotate("miss %", (1, 1), (19, 3), xycoords="axes fraction", textcoords="offset points",
                  fontsize=6.5, ha="right", va="bottom", color=p.MUTED)


def draw(table, scenario, options):
    networks = p.choose(options.requests, "network", options.network, p.unique(table["network"]))
    policies = p.choose(options.requests, "policy", options.policy, p.unique(table["policy"]))
    limits = find_limits(options, scenario, networks)
    handles = [p.Patch(facecolor="#86b3d6", edgecolor="#27476e", linewidth=0.5, label="distribution"),
               p.Line2D([], [], color="white", marker="o", markeredgecolor="black", linestyle="", label="median"),
               p.Line2D([], [], color="black", marker="|", markersize=7, linestyle="", label="95th percentile"),
               p.Line2D([], [], color="#a8321e", linestyle=(0, (4, 1.5)), label="QoS limit"),
               p.Patch(facecolor="none", edgecolor="#cccccc", hatch="///", linewidth=0, label="too late")]
    figure, cells = p.facets(networks, policies, 0.155, [1], handles, gap=0.45, own_scale=True)
    for network, ((axes,), _) in zip(networks, cells):
        draw_facet(axes, table, network, policies, limits[network])
        axes.set_xlabel("latency (ms)", labelpad=1)
    runs = len(p.unique(table["replication"]))
    p.heading(figure, options, f"Latency by policy: {scenario}",
              f"requests of {runs} replication{'s' if runs > 1 else ''}; each shape scaled to its highest bin; "
              "miss %: late or dropped", handles)
    return figure


def main():
    parser = p.arguments(__doc__, "scripts/plot_latency.py out/s1.csv --results out/s1 --out latency.pdf",
                         "latency", ["policy", "network"])
    parser.add_argument("requests", type=Path, metavar="REQUESTS.csv", help="file of `run --requests`")
    parser.add_argument("--results", metavar="DIR", type=Path,
                        help="folder of `run --out` of the same run, which says the QoS limits "
                             "(default: the folder of REQUESTS.csv, if it has a manifest.json)")
    parser.add_argument("--qos", action="append", metavar="[NETWORK=]MS", help="QoS limit, instead of --results")
    parser.add_argument("--scenario", metavar="NAME", help="which scenario, where the file holds several")
    options = p.parse(parser)
    table = p.read_csv(options.requests, ["scenario", "policy", "network", "replication"],
                       ["latency_ms", "violates_qos"], MADE_BY)
    table, scenario = p.one_scenario(options.requests, table, options.scenario)
    p.save(draw(table, scenario, options), options, [options.requests])


if __name__ == "__main__":
    main()
