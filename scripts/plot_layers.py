#!/usr/bin/python3
"""Where latency and energy of one request go, by target: layer by layer, and outside the layers.

Takes what `autoscale-sim explain SCENARIO --request K --format json --layers` prints. Of each processor and
precision the V/F step of least energy is shown that is feasible (else of least energy), unless --target is given."""
from pathlib import Path

import plotting as p
from plotting import np
from matplotlib.colors import LogNorm
from matplotlib.ticker import FixedLocator

MADE_BY = "`autoscale-sim explain --format json --layers`"
KINDS = {"conv_first": 0, "conv_kxk": 0, "conv_1x1": 0, "dwconv": 1, "fc": 2, "embed": 2, "rc": 3}
OTHER, DISPATCH, TRANSFER, WAIT, OUTSIDE = 4, 5, 6, 7, 8
PARTS = (("convolution", "#27476e", ""), ("depthwise convolution", "#7fb2d9", "////"), ("fully connected", "#d9812e", ""),
         ("attention or recurrent", "#f4d9a0", "\\\\\\\\"), ("other layers", "#8a8a8a", "xxxx"),
         ("dispatch", "#ffffff", "||||"), ("transfer", "#b9dcc5", "...."), ("waiting and network delay", "#ececec", "----"),
         ("outside the layers", "#ffffff", "...."))
STAGES = {"dispatch_ms": DISPATCH, "remote_dispatch_ms": DISPATCH, "promotion_ms": TRANSFER, "uplink_ms": TRANSFER,
          "downlink_ms": TRANSFER, "network_ms": WAIT, "waiting_ms": WAIT}
ROW = 0.17  # inches


def shown_targets(path, decision, wanted):
    """The targets to show, in the order of the file."""
    targets = [t for t in decision["targets"] if t["supported"]]
    if not any(t.get("layers") for t in targets):
        p.fail(path, f"has no layers; expected a file of {MADE_BY}")
    names = [t["target"] for t in targets]
    if wanted:
        return [targets[names.index(n)] for n in p.choose(path, "target", wanted, names)]
    best = {}
    for t in targets:
        rank = (not (t["chosen"] or t["oracle"]), t["verdict"] != "feasible", t["energy_mj"])
        if t["place"] not in best or rank < best[t["place"]][0]:
            best[t["place"]] = (rank, t)
    return [t for _, t in best.values()]


def parts_of(target):
    """Latency (ms) and energy (mJ) by part; they sum to the target's."""
    latency, energy = np.zeros(len(PARTS)), np.zeros(len(PARTS))
    for layer in target["layers"]:
        part = KINDS.get(layer["kind"], OTHER)
        latency[part] += layer["latency_ms"]
        energy[part] += layer["energy_mj"] or 0
    for stage, part in STAGES.items():
        latency[part] += target["stages"][stage]
    energy[OUTSIDE] = max(0, target["energy_mj"] - energy.sum())
    return latency, energy


def stack(axes, parts, label):
    left = np.zeros(len(parts))
    for part, (_, fill, hatch) in enumerate(PARTS):
        widths = parts[:, part]
        axes.barh(range(len(parts)), widths, left=left, height=0.74, facecolor=fill, hatch=hatch, edgecolor="#303030",
                  linewidth=0.4)
        left += widths
    for row, total in enumerate(left):
        axes.annotate(f"{total:.3g}", (total, row), (2, 0), textcoords="offset points", fontsize=6.5, va="center",
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6})  # the QoS line passes behind
    axes.set_xlim(0, 1.14 * left.max())
    axes.set_ylim(len(parts) - 0.5, -0.5)
    axes.set_xlabel(label)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)


def heat_map(figure, axes, bar_axes, targets, key, label):
    """Shade by layer and target; layers that cost nothing (fused ones) are white."""
    values = np.array([[layer[key] or np.nan for layer in t["layers"]] for t in targets], dtype=float)
    values[~(values > 0)] = np.nan
    high = np.nanmax(values)
    low = max(np.nanmin(values), high / 1e4)
    mesh = axes.pcolormesh(np.arange(values.shape[1] + 1), np.arange(len(targets) + 1), np.clip(values, low, None), cmap="cividis_r",
                           norm=LogNorm(low, max(high, low * 1.01)), rasterized=True)
    axes.set_ylim(len(targets), 0)
    axes.grid(visible=False)
    axes.set_yticks(np.arange(len(targets)) + 0.5, labels(targets))
    axes.tick_params(axis="y", length=0)
    axes.set_title(label, loc="left", pad=3, fontsize=7.5)
    bar = figure.colorbar(mesh, cax=bar_axes)
    p.log_ticks(bar_axes.yaxis)
    if high / low < 30:  # little room: only the ends
        bar_axes.yaxis.set_major_locator(FixedLocator([low, high]))
        bar_axes.yaxis.set_major_formatter(lambda value, _: f"{value:.2g}")
    bar.outline.set_linewidth(0.4)


def name_layers(axes, layers, inches):
    """Every n-th name, so that they do not touch."""
    step = int(np.ceil(len(layers) * 0.105 / inches))
    axes.set_xticks(np.arange(0, len(layers), step) + 0.5, [layer["name"] for layer in layers[::step]], rotation=90, fontsize=5.5)
    axes.set_xlabel("layer, in order of execution" + (f" (every {step}th is named)" if step > 3 else
                    f" (every {['second', 'third'][step - 2]} is named)" if step > 1 else ""))


def labels(targets):
    return [("> " if t["chosen"] else "") + ("* " if t["oracle"] else "") + t["target"] for t in targets]


def draw(path, decision, options):
    targets = shown_targets(path, decision, options.target)
    phone = [t for t in targets if any(layer["energy_mj"] for layer in t["layers"])]
    latency, energy = (np.array(v) for v in zip(*map(parts_of, targets)))
    used = (latency + energy).sum(axis=0) > 0
    handles = [p.Patch(facecolor=fill, hatch=hatch, edgecolor="#303030", linewidth=0.4, label=label)
               for (label, fill, hatch), is_used in zip(PARTS, used) if is_used]
    handles.append(p.Line2D([], [], color="#a8321e", linestyle=(0, (4, 1.5)), label="QoS limit"))
    left, gap, bars = p.text_inches(labels(targets)) + 0.2, 0.25, ROW * len(targets)
    foot = p.text_inches([layer["name"] for layer in targets[0]["layers"]], 5.5) + 0.35
    maps = [max(0.5, ROW * len(group)) for group in (targets, phone) if group]
    height = p.heading_inches(handles) + 0.05 + bars + 0.65 + sum(maps) + 0.27 * (len(maps) - 1) + foot
    figure = p.Figure(figsize=(p.WIDTH, height))

    def place(x, y, wide, high):
        return figure.add_axes([x / p.WIDTH, y / height, wide / p.WIDTH, high / height])

    half = (p.WIDTH - left - gap - 0.15) / 2
    y = height - p.heading_inches(handles) - 0.05 - bars
    first, second = place(left, y, half, bars), place(left + half + gap, y, half, bars)
    stack(first, latency, "latency (ms)")
    stack(second, energy, "energy of the phone (mJ)")
    first.set_yticks(range(len(targets)), labels(targets))
    second.set_yticks([])
    first.set_xlim(0, max(first.get_xlim()[1], 1.05 * decision["qos_ms"]))
    first.axvline(decision["qos_ms"], color="#a8321e", linestyle=(0, (4, 1.5)), zorder=0.9)
    wide = p.WIDTH - left - 0.65
    y -= 0.65
    for key, label, group, high in zip(("latency_ms", "energy_mj"), ("latency of each layer (ms)", "energy of the phone while the layer runs (mJ)"), (targets, phone), maps):
        y -= high
        axes = place(left, y, wide, high)
        heat_map(figure, axes, place(left + wide + 0.08, y, 0.1, high), group, key, label)
        axes.set_xticks([])
        y -= 0.27
    name_layers(axes, targets[0]["layers"], wide)
    p.heading(figure, options, f"{decision['network']}, request {decision['request']}: layers by target",
              f"{decision['scenario']} on {decision['device']}; > chosen by {decision['policy']}, * the oracle's choice; "
              "expected, without noise", handles)
    return figure


def main():
    parser = p.arguments(__doc__, "scripts/plot_layers.py decision.json --target gpu/fp16@257MHz --target dsp/int8", "layers",
                         ["target"])
    parser.add_argument("decision", type=Path, metavar="EXPLAIN.json", help="output of `explain --format json --layers`")
    options = p.parse(parser)
    decision = p.read_json(options.decision, ["targets", "network", "request", "qos_ms", "scenario", "device", "policy"], MADE_BY)
    try:
        figure = draw(options.decision, decision, options)
    except (KeyError, TypeError) as error:
        p.fail(options.decision, f"is not of {MADE_BY}: {type(error).__name__} {error}")
    p.save(figure, options, [options.decision])


if __name__ == "__main__":
    main()
