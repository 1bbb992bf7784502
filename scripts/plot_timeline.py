#!/usr/bin/python3
"""What processors and links did over time, with power and signal below, from `autoscale-sim run --timeline FILE`."""
from pathlib import Path

import plotting as p
from plotting import np

MADE_BY = "`autoscale-sim run --timeline`"
FIRST_REQUESTS = 12  # how many the default window shows
ROW = 0.19  # inches
# Activities: name in the legend, fill, hatch.
LOOKS = {"layer": ("layers", "#27476e", ""), "dispatch": ("dispatch", "#f4d9a0", "\\\\\\\\"),
         "prepare": ("upload preparation", "#ffffff", "xxxx"), "promotion": ("radio promotion", "#b9dcc5", "||||"),
         "send": ("send", "#d9812e", ""), "receive": ("receive", "#d9812e", "////"),
         "tail": ("radio tail", "#ececec", "...."), "request": ("request, arrival to finish", "#dce6f1", ""),
         "late": ("late or dropped", "#ffffff", "////")}
SECOND_LAYER = "#6c92bf"  # every other layer, so that neighbours can be told apart


class Trace:
    """The events of one policy between two instants (ms)."""

    def __init__(self, path, wanted):
        document = p.read_json(path, ["traceEvents", "otherData"], MADE_BY)
        self.about = document["otherData"]
        try:
            self.read(path, document["traceEvents"], wanted)
        except (KeyError, TypeError, AttributeError) as error:
            p.fail(path, f"is no trace of {MADE_BY}: {type(error).__name__} {error}")

    def read(self, path, events, wanted):
        processes = {e["args"]["name"]: e["pid"] for e in events if e["ph"] == "M" and e["name"] == "process_name"}
        if not processes:
            p.fail(path, "has no runs")
        self.policy = p.choose(path, "policy", [wanted or next(iter(processes))], list(processes))[0]
        self.tracks, self.slices, self.counters, self.requests = {}, {}, {}, []
        open_requests = {}
        for e in events:
            if e["pid"] != processes[self.policy]:
                continue
            at = e.get("ts", 0) / 1000
            if e["ph"] == "X":
                self.slices.setdefault(e["tid"], []).append((at, at + e["dur"] / 1000, e["name"], e["args"]))
            elif e["ph"] == "M" and e["name"] == "thread_name":
                self.tracks[e["tid"]] = e["args"]["name"]
            elif e["ph"] == "C":
                self.counters.setdefault(e["name"], []).append((at, e["args"]["value"]))
            elif e["ph"] == "b" and e["cat"] == "request":
                open_requests[e["id"]] = (at, e["name"], e["args"]["request"])
            elif e["ph"] == "e" and e["cat"] == "request":
                self.requests.append((*open_requests.pop(e["id"]), at, e["args"]))
        if not self.requests:
            p.fail(path, f"no request of {self.policy} finished")
        self.requests.sort(key=lambda r: (r[0], r[2]))
        self.end = max(r[3] for r in self.requests)


def kind_of(name, args):
    """Which look a slice has; None for the run around its layers."""
    if "energy_mj" not in args:
        return None
    if "network" not in args:
        return "dispatch" if name == "dispatch" else "layer"
    return {"prepare upload": "prepare"}.get(name, name.split()[0])


def bars(axes, row, spans, look, half=0.38, colour=None):
    _, fill, hatch = LOOKS[look]
    axes.broken_barh([(a, b - a) for a, b in spans], (row - half, 2 * half), facecolor=colour or fill, hatch=hatch,
                     edgecolor="#404040" if hatch else "none", linewidth=0.3 if hatch else 0)


def write(axes, row, start, end, texts):
    """The longest text that fits between two instants."""
    low, high = axes.get_xlim()
    start, end = max(start, low), min(end, high)
    inches = (end - start) / (high - low) * axes.get_position().width * p.WIDTH
    for text in texts:
        if p.text_inches([text], 6) + 0.05 < inches:
            axes.text((start + end) / 2, row, text, ha="center", va="center", fontsize=6)
            return


def draw_track(axes, row, slices):
    """Slices by look, and a frame around each run."""
    spans = {}
    layers = 0
    for start, end, name, args in slices:
        look = kind_of(name, args)
        layers += look == "layer"
        if look and end > start:
            spans.setdefault((look, layers % 2 if look == "layer" else 0), []).append((start, end))
    for (look, second), found in spans.items():
        bars(axes, row, found, look, colour=SECOND_LAYER if second else None)
    for start, end, name, args in slices:
        if kind_of(name, args) is None:
            axes.broken_barh([(start, end - start)], (row - 0.38, 0.76), facecolor="none", edgecolor="black", linewidth=0.5)


def lanes_of(requests):
    """Requests that overlap get lanes of their own: [(lane, request)]."""
    free, placed = [], []
    for request in requests:
        lane = next((i for i, end in enumerate(free) if end <= request[0]), len(free))
        free[lane:lane + 1] = [request[3]]
        placed.append((lane, request))
    return placed


def draw_request(axes, row, request):
    start, network, number, end, outcome = request
    axes.broken_barh([(start, end - start)], (row - 0.38, 0.76), facecolor=LOOKS[look_of(request)][1],
                     edgecolor="black", linewidth=0.5)
    if outcome["violates_qos"]:  # the hatch at the end only, so that the name can be read
        low, high = axes.get_xlim()
        mark = max(start, end - 0.012 * (high - low))
        bars(axes, row, [(mark, end)], "late")
        end = mark
    short = f"#{number}: {outcome['target']}"
    write(axes, row, start, end, [f"{network} {short}", short, f"#{number}"])


def look_of(request):
    return "late" if request[4]["violates_qos"] else "request"


def draw_counters(axes, series, window):
    """Steps; lines that coincide share one label, at the right end."""
    labels = {}
    for i, (name, points) in enumerate(series.items()):
        times, values = (np.array(v, dtype=float) for v in zip(*points))
        first = max(0, np.searchsorted(times, window[0], side="right") - 1)
        last = max(first + 1, np.searchsorted(times, window[1], side="left"))
        times, values = np.append(times[first:last], window[1]), np.append(values[first:last], values[last - 1])
        axes.plot(times, values, drawstyle="steps-post", color=p.COLOURS[i], linestyle=p.LINES[i])
        labels.setdefault(values[-1], []).append(name)
    if len(series) > 1:
        low, high = axes.get_ylim()
        least, y = 0.13 * (high - low), -np.inf
        for value, names in sorted(labels.items()):
            y = max(value, y + least)
            axes.annotate(" = ".join(names), (window[1], y), (3, 0), textcoords="offset points",
                          fontsize=6.5, va="center", annotation_clip=False)
            y += least * 0.2


def panels_of(trace):
    """Counters by panel: axis label, {line: points}, limits."""
    def of(prefix, scale=1):
        return {name.removeprefix(prefix).split(" (")[0]: [(t, v * scale) for t, v in points]
                for name, points in trace.counters.items() if name.startswith(prefix)}
    panels = [("power (W)", of("power"), (0, None))]
    signals = of("rssi ")
    if signals:
        values = [v for points in signals.values() for _, v in points]
        panels.append(("signal (dBm)", signals, (min(values) - 8, max(values) + 8)))
    load = {name.removesuffix("_ratio"): points for name, points in of("co-runner ", 100).items()}
    if any(v for points in load.values() for _, v in points):
        panels.append(("co-runner (%)", load, (-3, 103)))
    return [panel for panel in panels if panel[1]]


def draw(trace, window, options):
    requests = lanes_of([r for r in trace.requests if r[0] < window[1] and r[3] > window[0]])
    lanes = max((lane for lane, _ in requests), default=0) + 1
    inside = {tid: [s for s in found if s[0] < window[1] and s[1] > window[0]] for tid, found in trace.slices.items()}
    tracks = [tid for tid in sorted(trace.tracks) if inside.get(tid)]
    rows = ["requests"] + [""] * (lanes - 1) + [trace.tracks[tid] for tid in tracks]
    panels = panels_of(trace)
    left, right, high, gap, foot = max(p.text_inches(rows) + 0.2, 0.7), 0.95, 0.7, 0.14, 0.4
    looks = {look_of(r) for _, r in requests} | {kind_of(name, args) for tid in tracks for _, _, name, args in inside[tid]}
    handles = [p.Patch(facecolor=fill, hatch=hatch, edgecolor="#404040", linewidth=0.4, label=label)
               for look, (label, fill, hatch) in LOOKS.items() if look in looks]
    height = p.heading_inches(handles) + 0.05 + ROW * len(rows) + len(panels) * (high + gap) + foot
    figure = p.Figure(figsize=(p.WIDTH, height))

    def axes_at(y, inches):
        axes = figure.add_axes([left / p.WIDTH, y / height, (p.WIDTH - left - right) / p.WIDTH, inches / height])
        axes.set_xlim(window)
        axes.tick_params(axis="x", labelbottom=False)
        return axes

    main = axes_at(foot + len(panels) * (high + gap), ROW * len(rows))
    main.set_ylim(len(rows) - 0.5, -0.5)
    main.set_yticks(range(len(rows)), rows)
    main.tick_params(axis="y", length=0)
    main.grid(axis="y", visible=False)
    for lane, request in requests:
        draw_request(main, lane, request)
    for row, tid in enumerate(tracks, start=lanes):
        main.axhline(row - 0.5, color="#cccccc", linewidth=0.4)
        draw_track(main, row, inside[tid])
    axes = main
    for i, (label, series, (low, top)) in enumerate(panels):
        axes = axes_at(foot + (len(panels) - 1 - i) * (high + gap), high)
        axes.set_ylabel(label)
        axes.set_ylim(low, top or 1.1 * max((v for points in series.values() for t, v in points if t <= window[1]), default=1))
        draw_counters(axes, series, window)
    axes.tick_params(axis="x", labelbottom=True)
    axes.set_xlabel("time (ms)")
    about = trace.about
    p.heading(figure, options, f"{trace.policy} in {about.get('scenario')} on {about.get('device')}",
              f"{', '.join(p.unique(r[1] for _, r in requests))}; {window[0]:.6g} to {window[1]:.6g} ms of "
              f"{trace.end:.6g} ms recorded; replication {about.get('replication')}, seed {about.get('seed')}", handles)
    return figure


def first_requests(trace, start):
    """The end of the first requests, or of those before a pause that was not recorded: one that is far longer
    than all before it."""
    later = [r for r in trace.requests if r[3] > start][:FIRST_REQUESTS]
    end = start
    for i, request in enumerate(later):
        if i >= 2 and request[0] - end > 3 * (end - start):
            break
        end = max(end, request[3])
    return end


def window_of(trace, options):
    start = options.start if options.start is not None else trace.requests[0][0]
    end = options.end if options.end is not None else first_requests(trace, start)
    if end <= start or not any(r[3] > start and r[0] < end for r in trace.requests):
        p.fail(options.timeline, f"nothing from {start:g} ms to {end:g} ms; requests end at {trace.end:g} ms")
    return start, min(end, trace.end)


def main():
    parser = p.arguments(__doc__, "scripts/plot_timeline.py out/t.json --policy cloud_only --from 0 --to 200", "timeline")
    parser.add_argument("timeline", type=Path, metavar="TIMELINE.json", help="file of `run --timeline`")
    parser.add_argument("--policy", metavar="NAME", help="whose run (default: the first)")
    parser.add_argument("--from", dest="start", type=float, metavar="MS", help="first instant (default: the first arrival)")
    parser.add_argument("--to", dest="end", type=float, metavar="MS",
                        help=f"last instant (default: {FIRST_REQUESTS} requests later)")
    options = p.parse(parser)
    trace = Trace(options.timeline, options.policy)
    p.save(draw(trace, window_of(trace, options), options), options, [options.timeline])


if __name__ == "__main__":
    main()
