#!/usr/bin/python3
"""Energy of every place while one condition changes, by network and phone."""
import figures as f
from figures import p

AXES = {"cpu": ("cpu_ratio", "co-runners' CPU load (share of all cores)", "What a busy CPU does to every place"),
        "memory": ("memory_ratio", "co-runners' memory load (ratio)", "What memory load does to every place"),
        "wifi": ("wifi_dbm", "Wi-Fi signal (dBm)", "What a weak Wi-Fi does to the cloud"),
        "wifi_direct": ("wifi_direct_dbm", "Wi-Fi Direct signal (dBm)", "What a weak Wi-Fi Direct does to the tablet")}


def draw_panel(axes, table, rows, column):
    """Lines of the places over the values of the condition; the oracle's choice ringed."""
    values = sorted(set(table[column][rows]), reverse=column.endswith("dbm"))
    lines = {place: [] for place in f.PLACES}
    for value in values:
        at = rows[table[column][rows] == value]
        for place, i in f.best_by_place(table, at).items():
            lines[place].append((value, table["energy_mj"][i], table["verdict"][i] == "feasible"))
        chosen = next(i for i in at if table["best"][i])
        axes.plot(value, table["energy_mj"][chosen], "o", markersize=8, markerfacecolor="none", markeredgecolor="#101010",
                  markeredgewidth=0.7, clip_on=False)
    for series, points in enumerate(lines.values()):
        if not points:
            continue
        look = f.mark(series, line=True)
        axes.plot([x for x, _, _ in points], [y for _, y, _ in points], **(look | {"marker": None}))
        for x, y, feasible in points:
            axes.plot(x, y, **f.mark(series, feasible), clip_on=False)
    if column.endswith("dbm"):
        axes.invert_xaxis()


def main():
    parser = p.arguments(__doc__, "plot_sweep.py sweep_wifi.csv --out wifi.svg", "sweep")
    parser.add_argument("table", metavar="SWEEP.csv")
    options = p.parse(parser)
    numbers = ["cpu_ratio", "memory_ratio", "wifi_dbm", "wifi_direct_dbm", "energy_mj", "best"]
    table = p.read_csv(options.table, ["sweep", "phone", "network", "place", "verdict"], numbers, "decisions.py")
    sweep = table["sweep"][0]
    column, label, title = AXES[sweep]
    networks = p.unique(table["network"])
    handles = [f.mark(i, label=name, line=True) for i, name in enumerate(f.PLACES.values())]
    handles += [f.mark(0, filled=False, label="hollow: misses QoS or accuracy"), f.ring("the oracle's choice")]
    figure, grid = f.panels(3, len(networks), 1.35, 0.95, handles, gap=0.3)
    for row, network in enumerate(networks):
        shown = table["energy_mj"][table["network"] == network]
        for c, (phone, name) in enumerate(f.PHONES.items()):
            axes = grid[row][c]
            rows = ((table["phone"] == phone) & (table["network"] == network)).nonzero()[0]
            draw_panel(axes, table, rows, column)
            f.log_axis(axes, shown.min() / 1.5, shown.max() * 1.5, "y")
            axes.tick_params(axis="x", labelbottom=row + 1 == len(networks))
            axes.tick_params(axis="y", labelleft=c == 0)
            if row == 0:
                axes.set_title(name, loc="left", pad=5)
            if c == 0:
                axes.set_ylabel(f"{network}\nenergy (mJ)")
    grid[-1][1].set_xlabel(label)
    p.heading(figure, options, title, "the rest as in S1; each place at its best V/F step; expected values, without noise", handles)
    p.save(figure, options, [options.table])


if __name__ == "__main__":
    main()
