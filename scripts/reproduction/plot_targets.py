#!/usr/bin/python3
"""Energy or latency of every place relative to the phone's CPU at FP32, by network and phone."""
import figures as f
from figures import p

LABELS = {"energy": "energy / energy of CPU FP32 (ratio)", "latency": "latency / latency of CPU FP32 (ratio)"}
TITLES = {"energy": "Which place saves energy depends on network and phone",
          "latency": "What the places of least energy cost in latency"}


def main():
    parser = p.arguments(__doc__, "plot_targets.py targets.csv --quantity energy --out targets.svg", "targets")
    parser.add_argument("table", metavar="TARGETS.csv")
    parser.add_argument("--quantity", choices=list(LABELS), default="energy")
    options = p.parse(parser)
    column = f"{options.quantity}_over_cpu"
    table = p.read_csv(options.table, ["sweep", "phone", "network", "place", "verdict"], ["energy_mj", column, "best"], "decisions.py")
    networks = p.unique(table["network"])
    handles = [f.mark(i, label=name) for i, name in enumerate(f.PLACES.values())]
    handles += [f.mark(0, filled=False, label="hollow: misses QoS or accuracy"), f.ring("the oracle's choice")]
    figure, ((*axes,),) = f.panels(3, 1, 0.2 * len(networks), p.text_inches(networks) + 0.15, handles)
    used = table["sweep"] == "s1"
    low, high = table[column][used].min() / 1.4, table[column][used].max() * 1.4
    for column_number, (a, (phone, title)) in enumerate(zip(axes, f.PHONES.items())):
        f.rows_axis(a, networks, column_number == 0)
        f.log_axis(a, low, high)
        a.axvline(1, color=p.MUTED, linewidth=0.7)
        a.set_title(title, loc="left", pad=3)
        for row, network in enumerate(networks):
            rows = (used & (table["phone"] == phone) & (table["network"] == network)).nonzero()[0]
            best = f.best_by_place(table, rows)
            for series, place in enumerate(f.PLACES):
                if place in best:
                    i = best[place]
                    a.plot(table[column][i], row + 0.13 * (series - 2), **f.mark(series, table["verdict"][i] == "feasible"))
            chosen = next(i for i in rows if table["best"][i])
            series = list(f.PLACES).index(f.place_of(table["place"][chosen]))
            a.plot(table[column][chosen], row + 0.13 * (series - 2), "o", markersize=8, markerfacecolor="none", markeredgecolor="#101010",
                   markeredgewidth=0.7)
    axes[1].set_xlabel(LABELS[options.quantity])
    p.heading(figure, options, TITLES[options.quantity],
              "S1, each place at its V/F step of least energy that meets QoS and accuracy; expected values, without noise", handles)
    p.save(figure, options, [options.table])


if __name__ == "__main__":
    main()
