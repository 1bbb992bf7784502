#!/usr/bin/python3
"""Latency by kind of layer on the phone's processors, relative to its CPU at FP32."""
import figures as f
from figures import p

KINDS = {"conv": "convolution", "depthwise": "depthwise", "fc": "fully connected", "rc": "attention"}
PLACES = {"cpu/int8": "CPU INT8", "gpu/fp32": "GPU FP32", "gpu/fp16": "GPU FP16", "dsp/int8": "DSP INT8"}


def ratio(table, phone, place, kind):
    """Over the networks that run on both, sums of latencies; nothing where there is none."""
    def sums(where):
        rows = (table["phone"] == phone) & (table["place"] == where) & (table["kind"] == kind)
        return dict(zip(table["network"][rows], table["latency_ms"][rows]))
    ours, cpu = sums(place), sums("cpu/fp32")
    both = [n for n in ours if cpu.get(n, 0) > 0]
    return sum(ours[n] for n in both) / sum(cpu[n] for n in both) if both else None


def main():
    parser = p.arguments(__doc__, "plot_kinds.py layer_kinds.csv --out kinds.svg", "kinds")
    parser.add_argument("table", metavar="KINDS.csv")
    options = p.parse(parser)
    table = p.read_csv(options.table, ["phone", "network", "place", "kind"], ["latency_ms"], "decisions.py --kinds")
    handles = [f.mark(i, label=name) for i, name in enumerate(PLACES.values())]
    figure, ((*axes,),) = f.panels(3, 1, 0.3 * len(KINDS), 1.0, handles)
    found = {(phone, place, kind): ratio(table, phone, place, kind) for phone in f.PHONES for place in PLACES for kind in KINDS}
    values = [v for v in found.values() if v is not None]
    for column, (a, (phone, title)) in enumerate(zip(axes, f.PHONES.items())):
        f.rows_axis(a, list(KINDS.values()), column == 0)
        f.log_axis(a, min(values) / 1.3, max(max(values), 1) * 1.3)
        a.axvline(1, color=p.MUTED, linewidth=0.7)
        a.set_title(title, loc="left", pad=3)
        for series, place in enumerate(PLACES):
            for row, kind in enumerate(KINDS):
                if found[phone, place, kind] is not None:
                    a.plot(found[phone, place, kind], row + 0.16 * (series - 1.5), **f.mark(series))
    axes[1].set_xlabel("latency / latency on CPU FP32 (ratio)")
    p.heading(figure, options, "What other processors gain on each kind of layer",
              "all ten networks together, layers alone, highest V/F steps; no mark: not supported", handles)
    p.save(figure, options, [options.table])


if __name__ == "__main__":
    main()
