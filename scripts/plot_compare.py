#!/usr/bin/python3
"""What `autoscale-sim compare --format json` wrote: ratios with intervals by policy, means over tasks, or profiles."""
import math

import plotting as p
import plotting_units as units
from plotting import np

MADE_BY = "`autoscale-sim compare --format json`"
# What the records of each kind hold: words, and numbers (or null).
RECORDS = {
    "comparisons": (["scenario", "network", "metric", "baseline_result", "baseline_policy", "result", "policy", "verdict"],
                    ["pairs", "difference", "difference_ci95", "ratio", "ratio_low95", "ratio_high95"]),
    "tasks": (["metric", "baseline_policy", "policy"],
              ["tasks", "pairs", "difference", "difference_ci95", "geometric_mean", "geometric_mean_low95",
               "geometric_mean_high95", "arithmetic_mean", "arithmetic_mean_ci95"]),
    "profiles": (["metric", "baseline_policy", "policy"], ["tau", "share", "share_low95", "share_high95"]),
}
# Marker, colour, filled. Tasks have no verdict; their marks are the means.
VERDICTS = {"better": ("o", p.COLOURS[1], True), "worse": ("X", p.COLOURS[2], True),
            "lower": ("<", p.COLOURS[0], True), "higher": (">", p.COLOURS[0], True),
            "no difference": ("D", p.MUTED, False), "unknown": ("s", p.MUTED, False)}
MEANS = {"geometric mean of ratios": ("o", p.COLOURS[1], True), "arithmetic mean of ratios": ("s", p.COLOURS[2], False),
         "mean difference": ("D", p.COLOURS[0], True)}
MOST_ROWS = 60


def read(path):
    """What kind of file it is, and its records."""
    document = p.read_json(path, [], MADE_BY)
    kinds = [k for k in RECORDS if isinstance(document, dict) and k in document]
    if len(kinds) != 1:
        p.fail(path, f"has not one of the members {', '.join(RECORDS)}; expected a file of {MADE_BY}")
    kind = kinds[0]
    records = document[kind]
    if not isinstance(records, list) or not records:
        p.fail(path, f"its '{kind}' are empty")
    for i, record in enumerate(records):
        check_record(path, f"{kind}[{i}]", record, *RECORDS[kind])
    return kind, records


def check_record(path, place, record, words, numbers):
    for key in (*words, *numbers):
        if not isinstance(record, dict) or key not in record:
            p.fail(path, f"{place} has no member '{key}'; expected a file of {MADE_BY}")
    for key in words:
        if not isinstance(record[key], str):
            p.fail(path, f"{place}: {key} is not a text")
    for key in numbers:
        value = record[key]
        if value is None and key in ("pairs", "tasks", "tau", "share"):
            p.fail(path, f"{place}: {key} is null")
        if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
            p.fail(path, f"{place}: {key} is neither a number nor null")
    if record.get("verdict", "better") not in VERDICTS:
        p.fail(path, f"{place}: verdict is '{record['verdict']}', not one of {', '.join(VERDICTS)}")
    if "tau" in numbers and record["tau"] <= 0:
        p.fail(path, f"{place}: tau is {record['tau']:g}, not above 0")


def chosen(path, kind, records, options):
    """The records that the options leave."""
    for what in ("policy", "metric", "scenario", "network"):
        wanted = getattr(options, what)
        if wanted and what not in RECORDS[kind][0]:
            p.fail(f"--{what}", f"{path} holds {kind}, which do not tell one {what} from another")
        names = p.choose(path, what, wanted, p.unique(r.get(what) for r in records))
        records = [r for r in records if r.get(what) in names]
    return records


def labels_of(records):
    """What tells each row from the others: the policy, and whatever else differs."""
    several = {k: len({r.get(k) for r in records}) > 1 for k in ("result", "policy", "scenario", "network")}
    if not any(several.values()):
        several["policy"] = True
    names = []
    for r in records:
        parts = [r["policy"]] if several["policy"] else []
        parts += [r["scenario"]] if several["scenario"] else []
        parts += ["all networks" if r["network"] == "all" else r["network"]] if several["network"] else []
        text = ", ".join(parts)
        names.append((f"{r['result']}: {text}" if text else r["result"]) if several["result"] else text)
    return names


def marks_of(kind, record, as_ratio):
    """[(value, low, high, look)] of one record; low and high are None without an interval."""
    def around(value, half):
        return (value, None, None) if half is None else (value, value - half, value + half)
    geometric, arithmetic, difference = MEANS.values() if kind == "tasks" else [VERDICTS[record["verdict"]]] * 3
    if not as_ratio:
        scale, value, half = units.metric(record["metric"]).scale, record["difference"], record["difference_ci95"]
        return [] if value is None else [(*around(scale * value, None if half is None else scale * half), difference)]
    name = "ratio" if kind == "comparisons" else "geometric_mean"
    marks = [(record[name], record[name + "_low95"], record[name + "_high95"], geometric)]
    if kind == "tasks" and record["arithmetic_mean"] is not None:
        marks.append((*around(record["arithmetic_mean"], record["arithmetic_mean_ci95"]), arithmetic))
    return marks


def draw_marks(axes, row, marks):
    for i, (value, low, high, (marker, colour, filled)) in enumerate(marks):
        at = row + (i - (len(marks) - 1) / 2) * 0.36
        if low is not None:
            axes.hlines(at, low, high, color=colour, linewidth=1)
        axes.plot(value, at, marker, color=colour, markerfacecolor=colour if filled else "white", markersize=4, zorder=3)


def scale_axis(axes, values, as_ratio):
    """From the values and the line at no difference; ratios on a logarithmic axis unless they are all alike."""
    still = 1 if as_ratio else 0
    low, high = min([still, *values]), max([still, *values])
    if as_ratio and low > 0 and high > 2 * low:
        axes.set_xscale("log")
        pad = (high / low) ** 0.06
        axes.set_xlim(low / pad, high * pad)
        p.log_ticks(axes.xaxis)
    else:
        pad = 0.08 * (high - low) or (0.1 if as_ratio else 1)
        axes.set_xlim(low - pad, high + pad)
        axes.locator_params(axis="x", nbins=4)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.axvline(still, color="black", linewidth=0.7, zorder=1)


def panel_label(metric, baseline, as_ratio):
    quantity, side = units.metric(metric), units.better(metric)
    unit = {"% of requests": "% points", "%": "% points"}.get(quantity.unit, quantity.unit)
    what = f"value / {baseline} (ratio)" if as_ratio else f"value - {baseline} ({unit})"
    return what + {"lower": "\n\N{LEFTWARDS ARROW} better", "higher": "\nbetter \N{RIGHTWARDS ARROW}", "neither": "\n"}[side]


def legend_of(kind, marks):
    """What the marks mean that occur."""
    shown = {look for panel in marks for _, found in panel for *_, look in found}
    names = {name: look for name, look in (MEANS if kind == "tasks" else VERDICTS).items() if look in shown}
    return [p.Line2D([], [], linestyle="", marker=marker, color=colour, label=name,
                     markerfacecolor=colour if filled else "white") for name, (marker, colour, filled) in names.items()]


def one_or(values, several):
    return values[0] if len(values) == 1 else several


def against(kind, records):
    """What the records are compared with, and the title that says so."""
    policy = one_or(p.unique(r["baseline_policy"] for r in records), "baseline")
    if kind == "tasks":
        return policy, f"Means over tasks, against {policy}"
    first, others = p.unique(r["baseline_result"] for r in records), p.unique(r["result"] for r in records)
    if first == others:
        return policy, f"{', '.join(first)}: policies against {policy}"
    baseline = one_or(first, "baseline")
    return baseline, f"{', '.join(others)} against {baseline}"


def draw_forest(kind, records, options):
    rows, metrics = p.unique(labels_of(records)), p.unique(r["metric"] for r in records)
    if len(rows) > MOST_ROWS:
        p.fail(options.file, f"{len(rows)} rows are too many for one picture; choose up to {MOST_ROWS} with --policy, "
                             "--scenario or --network")
    ratio = "ratio" if kind == "comparisons" else "geometric_mean"
    as_ratio = {m: all(r[ratio] is not None for r in records if r["metric"] == m) for m in metrics}
    marks = [[(rows.index(label), marks_of(kind, r, as_ratio[m])) for label, r in zip(labels_of(records), records)
              if r["metric"] == m] for m in metrics]
    handles = legend_of(kind, marks)
    figure, cells = p.facets([units.metric(m).label for m in metrics], rows, 0.2 if kind == "tasks" else 0.165, [1], handles,
                             gap=0.22, own_scale=True, label_lines=2)
    baseline, title = against(kind, records)
    for metric, panel, ((axes,), _) in zip(metrics, marks, cells):
        for row, found in panel:
            draw_marks(axes, row, found)
        numbers = [v for _, found in panel for *ends, _ in found for v in ends if v is not None]
        scale_axis(axes, numbers, as_ratio[metric])
        axes.set_xlabel(panel_label(metric, baseline, as_ratio[metric]), labelpad=1)
    p.heading(figure, options, title, caption(kind, records, all(as_ratio.values())), handles)
    return figure


def caption(kind, records, all_ratios):
    pairs = sorted({int(r["pairs"]) for r in records})
    runs = f"{pairs[0]}{f' to {pairs[-1]}' if len(pairs) > 1 else ''} paired replication{'s' if pairs[-1] > 1 else ''}"
    tasks = sorted({int(r.get("tasks", 0)) for r in records})
    parts = [runs + (f", {tasks[0]}{f' to {tasks[-1]}' if len(tasks) > 1 else ''} tasks" if kind == "tasks" else ""),
             "95 % intervals where wider than the mark" if pairs[-1] > 1 else "",
             "" if all_ratios else "differences where a value is 0"]
    for what in ("scenario", "network"):
        names = p.unique(r.get(what) for r in records)
        if len(names) == 1 and names[0] not in (None, "all"):
            parts.append(f"{what} {names[0]}")
    return "; ".join(part for part in parts if part)


def draw_profile(axes, records, policies):
    """Each policy's curve, which holds its last value between two taus, and its band."""
    for series, policy in enumerate(policies):
        mine = sorted((r for r in records if r["policy"] == policy), key=lambda r: r["tau"])
        if not mine:
            continue
        tau, share, low, high = (np.array([math.nan if r[c] is None else r[c] for r in mine])
                                 for c in RECORDS["profiles"][1])
        look = {"color": p.COLOURS[series], "linestyle": p.LINES[series]}
        axes.plot(tau, 100 * share, drawstyle="steps-post", marker=p.MARKERS[series], markerfacecolor="white",
                  markevery=(2 * series % max(1, len(tau)), max(1, len(tau) // 5)), **look)
        axes.fill_between(tau, 100 * low, 100 * high, step="post", color=p.COLOURS[series], alpha=0.2, linewidth=0)


def draw_profiles(_, records, options):
    policies = p.few_policies(options.file, options.policy, p.unique(r["policy"] for r in records))
    metrics = p.unique(r["metric"] for r in records)
    baseline = one_or(p.unique(r["baseline_policy"] for r in records), "baseline")
    handles = [p.Line2D([], [], color=p.COLOURS[i], linestyle=p.LINES[i], marker=p.MARKERS[i], label=name,
                        markerfacecolor="white") for i, name in enumerate(policies)]
    columns = min(2, len(metrics))
    lines = -(-len(metrics) // columns)
    left, gap, high, below, head = 0.6, 0.5, 1.9, 0.42, p.heading_inches(handles)
    width, height = (p.WIDTH - left - 0.15 - gap * (columns - 1)) / columns, head + lines * (high + below + 0.22)
    figure = p.Figure(figsize=(p.WIDTH, height))
    for i, metric in enumerate(metrics):
        line, column = divmod(i, columns)
        foot = height - head - (line + 1) * (high + 0.22) - line * below
        axes = figure.add_axes([(left + column * (width + gap)) / p.WIDTH, foot / height, width / p.WIDTH, high / height])
        axes.set_xscale("log")
        draw_profile(axes, [r for r in records if r["metric"] == metric], policies)
        p.log_ticks(axes.xaxis)
        axes.axvline(1, color="black", linewidth=0.7, zorder=1)
        axes.set_ylim(-3, 103)
        axes.set_title(units.metric(metric).label, loc="left", pad=3)
        side = {"lower": ": a higher curve is better", "higher": ": a lower curve is better", "neither": ""}[units.better(metric)]
        axes.set_xlabel(f"\N{GREEK SMALL LETTER TAU}, of value / {baseline} (ratio){side}", labelpad=1)
        axes.set_ylabel("runs with at most \N{GREEK SMALL LETTER TAU} (%)" if column == 0 else "")
    p.heading(figure, options, f"Profiles against {baseline}",
              "share of runs (replications of tasks); bands: 95 % intervals", handles)
    return figure


def main():
    parser = p.arguments(__doc__, "scripts/plot_compare.py out/compare.json --out compare.pdf", "compare",
                         ["policy", "metric", "scenario", "network"])
    parser.add_argument("file", metavar="FILE.json", help="file of `compare --format json`, with or without --over-tasks")
    options = p.parse(parser)
    kind, records = read(options.file)
    records = chosen(options.file, kind, records, options)
    draw = draw_profiles if kind == "profiles" else draw_forest
    p.save(draw(kind, records, options), options, [options.file])


if __name__ == "__main__":
    main()
