"""What the figures of the reproduction share: names, places, panels. The style is that of scripts/plotting.py. No statistics here."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import plotting as p  # noqa: E402

PHONES = {"mi8pro": "Mi 8 Pro", "galaxy_s10e": "Galaxy S10e", "moto_x_force": "Moto X Force"}
PLACES = {"cpu": "phone CPU", "gpu": "phone GPU", "dsp": "phone DSP", "tablet": "tablet", "cloud": "cloud"}
# Kinds of policies from above: what does not adapt, learners, oracles; what is new comes in between.
FIRST = ("cpu_only", "edge_best", "connected_edge", "cloud_only", "random", "static_profile")
LAST = ("autoscale_paper", "autoscale", "oracle_binned_shared", "oracle_binned", "oracle_queue_aware", "oracle")


def policies_in_order(names):
    names = p.unique(names)
    between = [n for n in names if n not in FIRST and n not in LAST]
    return [n for n in FIRST if n in names] + between + [n for n in LAST if n in names]


def place_of(name):
    """One of PLACES of a place of the program: cpu/fp32, edge:dsp/int8, cloud:gpu/fp32."""
    site, colon, _ = name.partition(":")
    return {"edge": "tablet", "cloud": "cloud"}[site] if colon else name.partition("/")[0]


def best_by_place(table, rows):
    """Of the rows of one decision, for each of PLACES the row that the oracle would take."""
    best = {}
    for i in rows:
        rank = ("too inaccurate" in table["verdict"][i], "misses QoS" in table["verdict"][i], table["energy_mj"][i])
        place = place_of(table["place"][i])
        if place not in best or rank < best[place][0]:
            best[place] = (rank, i)
    return {place: i for place, (_, i) in best.items()}


def mark(series, filled=True, label=None, line=False):
    """How a series looks: as keywords of plot, or a handle of the legend when it has a label."""
    look = {"color": p.COLOURS[series], "marker": p.MARKERS[series], "markersize": 4.2, "linestyle": p.LINES[series] if line else "none",
            "markerfacecolor": p.COLOURS[series] if filled else "white", "markeredgewidth": 0.8}
    return look if label is None else p.Line2D([], [], label=label, **look)


def ring(label):
    return p.Line2D([], [], marker="o", markersize=8, markerfacecolor="none", markeredgecolor="#101010", markeredgewidth=0.7,
                    linestyle="none", label=label)


def panels(columns, rows, high, left, handles, gap=0.14, bottom=0.45, title=0.22, below=0.12):
    """A figure of columns x rows axes, below the heading; [row][column]."""
    head = p.heading_inches(handles) + 0.06
    height = head + title + rows * high + (rows - 1) * below + bottom
    figure = p.Figure(figsize=(p.WIDTH, height))
    width = (p.WIDTH - left - 0.12 - gap * (columns - 1)) / columns
    return figure, [[figure.add_axes([(left + c * (width + gap)) / p.WIDTH, (bottom + (rows - 1 - r) * (high + below)) / height,
                                      width / p.WIDTH, high / height]) for c in range(columns)] for r in range(rows)]


def rows_axis(axes, names, labels):
    """A vertical axis of names, from above, with every other row shaded."""
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), names if labels else [])
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    for row in range(0, len(names), 2):
        axes.axhspan(row - 0.5, row + 0.5, color="#f3f3f3", linewidth=0, zorder=0)


def log_axis(axes, low, high, which="x"):
    getattr(axes, f"set_{which}scale")("log")
    getattr(axes, f"set_{which}lim")(low, high)
    axis = getattr(axes, f"{which}axis")
    p.log_ticks(axis)
    if p.np.floor(p.np.log10(high)) - p.np.ceil(p.np.log10(low)) < 1:  # one power of ten alone would be labelled
        axis.set_major_locator(p.LogLocator(subs=(1, 2, 5) if high / low < 20 else (1, 3)))
