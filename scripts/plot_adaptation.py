#!/usr/bin/python3
"""How policies follow a world that changes: reward, regret and targets over time, of one network.

Meant for `autoscale-sim run --requests FILE` of scenarios such as adaptation/d4. With --table and --recovery it
writes what it draws as CSV, and how many requests each policy needs after a step to decide like the oracle again."""
import csv
import io
from pathlib import Path

import plotting as p
from plotting import np

MADE_BY = "`autoscale-sim run --requests`"
PLACES = ("cpu", "gpu", "dsp", "edge", "cloud")
LABELS = {"cpu": "phone CPU", "gpu": "phone GPU", "dsp": "phone DSP", "edge": "tablet", "cloud": "cloud"}
LOOKS = dict(zip(PLACES, (p.FILLS[0], p.FILLS[1], p.FILLS[3], p.FILLS[2], p.FILLS[5])))
SURROUNDINGS = {"wifi_dbm": "Wi-Fi (dBm)", "wifi_direct_dbm": "Wi-Fi Direct (dBm)", "lte_dbm": "LTE (dBm)",
                "cpu_ratio": "co-runner CPU (ratio)", "memory_ratio": "co-runner memory (ratio)"}
NUMBERS = ["replication", "request", "arrival_ms", "reward", "oracle_energy_mj", "expected_energy_mj", "near_oracle",
           "violates_qos", *SURROUNDINGS]
RUN, ENOUGH = 20, 0.7  # recovered: over so many requests, so great a share of near-oracle decisions


def place_of(target):
    site, colon, rest = target.partition(":")
    return site if colon else target.partition("/")[0]


class Course:
    """The requests of one policy in bins of time, replications together."""

    def __init__(self, table, policy, edges):
        rows = table["policy"] == policy
        self.table = {c: v[rows] for c, v in table.items()}
        self.bins = np.digitize(self.table["arrival_ms"] / 1e3, edges) - 1
        self.size = len(edges) - 1

    def mean(self, values):
        known = ~np.isnan(values)
        count = np.bincount(self.bins[known], minlength=self.size)
        with np.errstate(invalid="ignore"):
            return np.bincount(self.bins[known], values[known], self.size) / count

    def column(self, name):
        return self.mean(self.table[name])

    def quantile(self, name, share):
        values = self.table[name]
        return np.array([np.nanquantile(values[self.bins == b], share) if (self.bins == b).any() else np.nan
                         for b in range(self.size)])

    def regret(self):
        """Expected energy of the choices over that of the oracle's, less 1, in %."""
        return 100 * (self.column("expected_energy_mj") / self.column("oracle_energy_mj") - 1)

    def shares(self):
        """{place: share of requests}"""
        places = np.array([place_of(t) for t in self.table["target"]])
        return {place: self.mean((places == place).astype(float)) for place in PLACES}

    def favourite(self, b):
        """The target chosen most often in a bin, and its share."""
        targets, counts = np.unique(self.table["target"][self.bins == b], return_counts=True)
        return (targets[counts.argmax()], counts.max() / counts.sum()) if len(counts) else ("", np.nan)


def recovery(course, step_s, end_s):
    """(requests, seconds, share) from a step to the first RUN requests of which ENOUGH are near the oracle's, means
    over replications, None when there are none before the end; and the share in the second half until then."""
    near, waits = [], []
    for r in p.unique(course.table["replication"]):
        mine = course.table["replication"] == r
        at = course.table["arrival_ms"][mine] / 1e3
        after = np.flatnonzero((at >= step_s) & (at < end_s))
        near.append(course.table["near_oracle"][mine][after])
        waits.append(at[after] - step_s)
    count = min(map(len, near))
    if count < RUN:
        return None, None, np.nan
    mean = np.mean([n[:count] for n in near], axis=0)
    good = np.flatnonzero(np.convolve(mean, np.full(RUN, 1 / RUN), "valid") >= ENOUGH - 1e-12)
    later = mean[count // 2:].mean()
    return (int(good[0]), float(np.mean([w[good[0]] for w in waits])), later) if len(good) else (None, None, later)


def varying(table):
    """The surroundings that change in the course of the run."""
    return [c for c in SURROUNDINGS if not np.isnan(table[c]).all() and np.nanmin(table[c]) < np.nanmax(table[c])]


def common_end(table):
    """Seconds until the first run of them all has no further request: beyond, fewer would take part."""
    ends = {}
    for policy, replication, at in zip(table["policy"], table["replication"], table["arrival_ms"]):
        ends[policy, replication] = max(at, ends.get((policy, replication), 0))
    return min(ends.values()) / 1e3


def lay_out(panels, strips, handles):
    """Panels of lines above, a strip of targets for each policy below; all share the time axis."""
    high, low, gap, foot, head = 0.85, 0.3, 0.12, 0.42, p.heading_inches(handles) + 0.08
    height = head + panels * (high + gap) + strips * (low + gap) + foot
    figure, axes, y = p.Figure(figsize=(p.WIDTH, height)), [], height - head
    for i in range(panels + strips):
        inches = high if i < panels else low
        y -= inches
        axes.append(figure.add_axes([1.3 / p.WIDTH, y / height, (p.WIDTH - 1.5) / p.WIDTH, inches / height]))
        y -= gap
    for a in axes[:-1]:
        a.tick_params(axis="x", labelbottom=False)
    return figure, axes


def draw_strip(axes, course, edges, name):
    low = np.zeros(course.size)
    for place, share in course.shares().items():
        fill, hatch = LOOKS[place]
        top = low + np.nan_to_num(share)
        axes.stairs(top, edges, baseline=low, fill=True, facecolor=fill, edgecolor="#404040", hatch=hatch, linewidth=0)
        low = top
    axes.set_ylim(0, 1)
    axes.set_yticks([])
    axes.set_ylabel(name, rotation=0, ha="right", va="center", labelpad=4)


def draw(table, edges, policies, network, scenario, options):
    outside = varying(table)
    places = [place for place in PLACES if place in {place_of(t) for t in table["target"]}]
    handles = [p.Line2D([], [], color=p.COLOURS[i], linestyle=p.LINES[i], marker=p.MARKERS[i], label=name,
                        markerfacecolor="white") for i, name in enumerate(policies)]
    handles += [p.Patch(facecolor=LOOKS[place][0], hatch=LOOKS[place][1], edgecolor="#404040", linewidth=0.3,
                        label=LABELS[place]) for place in places]
    panels = [("reward", "reward"), ("regret", "energy over the\noracle's (%)"), ("near", "near-oracle\ndecisions (%)")]
    figure, axes = lay_out(len(outside) + len(panels), len(policies), handles)
    middle = (edges[1:] + edges[:-1]) / 2
    courses = [Course(table, policy, edges) for policy in policies]
    for a, name in zip(axes, outside):
        a.step(edges[:-1], courses[0].column(name), where="post", color="black", linewidth=1)
        a.fill_between(edges[:-1], courses[0].quantile(name, 0.1), courses[0].quantile(name, 0.9), step="post",
                       color="#bbbbbb", linewidth=0)
        a.set_ylabel(SURROUNDINGS[name].replace(" (", "\n("))
    for a, (what, label) in zip(axes[len(outside):], panels):
        for i, course in enumerate(courses):
            values = {"reward": lambda: course.column("reward"), "regret": course.regret,
                      "near": lambda: 100 * course.column("near_oracle")}[what]()
            a.plot(middle, values, color=p.COLOURS[i], linestyle=p.LINES[i], marker=p.MARKERS[i], markerfacecolor="white",
                   markevery=(2 * i, max(1, len(middle) // 6)))
        a.set_ylabel(label)
    axes[len(outside) + 2].set_ylim(-3, 103)
    for a, course, name in zip(axes[len(outside) + len(panels):], courses, policies):
        draw_strip(a, course, edges, name)
    for a in axes:
        a.set_xlim(edges[0], edges[-1])
        for step in options.step or []:
            a.axvline(step, color=p.MUTED, linewidth=0.8, linestyle=(0, (2, 2)), zorder=1)
    axes[-1].set_xlabel("time (s)")
    runs = len(p.unique(table["replication"]))
    p.heading(figure, options, f"Adaptation: {scenario}, {network}",
              f"means over {edges[1] - edges[0]:g} s and {runs} replication{'s' if runs > 1 else ''} (grey: 10th to 90th "
              "percentile); below: where requests were sent, as shares", handles)
    return figure


def number(value):
    return "" if value is None or np.isnan(value) else f"{value:.6g}"


def write_csv(path, header, rows):
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(header)
    out.writerows(rows)
    p.write_bytes(path, text.getvalue().encode())


def table_rows(table, edges, policies):
    for policy in policies:
        course = Course(table, policy, edges)
        columns = [course.column("reward"), course.regret() / 100, course.column("near_oracle"),
                   course.column("violates_qos")]
        for b in range(course.size):
            count = int((course.bins == b).sum())
            favourite, share = course.favourite(b)
            yield [policy, number(edges[b]), number(edges[b + 1]), count, *(number(c[b]) for c in columns), favourite,
                   number(share)]


def recovery_rows(table, edges, policies, steps):
    for policy in policies:
        course = Course(table, policy, edges)
        for step, end in zip(steps, [*steps[1:], edges[-1]]):
            count, seconds, later = recovery(course, step, end)
            yield [policy, number(step), *(("never", "never") if count is None else (count, number(seconds))), number(later)]


def main():
    parser = p.arguments(__doc__, "scripts/plot_adaptation.py out/d4.csv --bin 5 --out d4.pdf", "adaptation", ["policy"])
    parser.add_argument("requests", type=Path, metavar="REQUESTS.csv", help="file of `run --requests`")
    parser.add_argument("--network", metavar="NAME", help="which network, where the file holds several")
    parser.add_argument("--scenario", metavar="NAME", help="which scenario, where the file holds several")
    parser.add_argument("--bin", type=float, metavar="S", help="seconds that a point covers (default: a fortieth)")
    parser.add_argument("--step", type=float, action="append", metavar="S", help="time of a step to mark (repeatable)")
    parser.add_argument("--table", type=Path, metavar="FILE.csv", help="also write what is drawn")
    parser.add_argument("--recovery", type=Path, metavar="FILE.csv", help="also write the recovery after each --step")
    options = p.parse(parser)
    table = p.read_csv(options.requests, ["scenario", "policy", "network", "target"], NUMBERS, MADE_BY)
    table, scenario = p.one_scenario(options.requests, table, options.scenario)
    networks = p.unique(table["network"])
    if options.network is None and len(networks) > 1:
        p.fail(options.requests, f"holds several networks; choose with --network: {', '.join(networks)}")
    network = p.choose(options.requests, "network", [options.network] if options.network else None, networks)[0]
    policies = p.few_policies(options.requests, options.policy, p.unique(table["policy"]))
    if options.recovery and not options.step:
        p.fail("--recovery", "needs the times of the steps: --step S")
    rows = (table["network"] == network) & np.isin(table["policy"], policies)
    table = {c: v[rows] for c, v in table.items()}
    end = common_end(table)
    width = options.bin if options.bin is not None else float(f"{max(end, 1e-3) / 40:.1g}")
    if not 0 < width < float("inf") or end / width > 2000:
        p.fail("--bin", f"'{width:g}' is not a number of seconds from {end / 2000:g} on (2,000 points at most)")
    edges = np.arange(max(1, int(end // width)) + 1) * width  # whole bins
    table = {c: v[table["arrival_ms"] < 1e3 * edges[-1]] for c, v in table.items()}
    p.save(draw(table, edges, policies, network, scenario, options), options, [options.requests])
    if options.table:
        write_csv(options.table, ["policy", "from_s", "to_s", "requests", "reward", "energy_regret_ratio",
                                  "near_oracle_ratio", "qos_violation_ratio", "favourite_target",
                                  "favourite_share_ratio"], table_rows(table, edges, policies))
    if options.recovery:
        write_csv(options.recovery, ["policy", "step_s", "requests_to_recover", "seconds_to_recover",
                                      "later_near_oracle_ratio"],
                  recovery_rows(table, edges, policies, sorted(options.step)))


if __name__ == "__main__":
    main()
