"""Pictures of a sweep whose colours are values: heat maps over two axes, and parallel coordinates."""
import plotting as p
import plotting_units as units
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap, LogNorm, Normalize
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from plotting import np
from plotting_sweep import listed

# Its lightness rises evenly, for the colour-blind and in greyscale too; without the lightest end, which paper swallows.
COLOURS = LinearSegmentedColormap.from_list("cividis_on_paper", p.matplotlib.colormaps["cividis"](np.linspace(0, 0.94, 256)))
CELL_TEXT = 6.5


def norm_of(known):
    """The scale of colours of these values, all of them finite."""
    low, high = known.min(), known.max()
    if p.spans_decade(known):
        return LogNorm(low, high)
    pad = 0 if low < high else 0.05 * abs(high) or 1  # a scale of no length has no colours
    return Normalize(low - pad, high + pad)


def colour_bar(figure, box, norm, metric):
    """The scale of a metric, at the right of the picture."""
    axes = figure.add_axes(box)
    bar = figure.colorbar(p.matplotlib.cm.ScalarMappable(norm, COLOURS), cax=axes)
    bar.outline.set_linewidth(0.5)
    axes.grid(False)
    if isinstance(norm, LogNorm):
        p.log_ticks(axes.yaxis)
    axes.set_ylabel(units.metric(metric).text)


def short(value):
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def choose_axes(sweep, options):
    """The two axes of a heat map: those named, else those that vary."""
    named = [sweep.axis(name, option) if name else None for name, option in ((options.x, "--x"), (options.y, "--y"))]
    left = [a for a in sweep.free() if a not in named]
    rest = sweep.rest([a for a in named if a])
    if None in named and len(rest) != named.count(None):
        p.fail(sweep.path, f"{len(left)} axes vary ({', '.join(a.name for a in left)}); --kind heatmap needs two: choose "
                           "with --x and --y, fix others with --where")
    x, y = (a or rest.pop(0) for a in named)
    sampled = [a.name for a in (x, y) if a.sampled]
    if sampled:
        p.fail(sweep.path, f"{' and '.join(sampled)} of --kind heatmap hold samples, not a grid; use --kind pareto or parallel")
    if x is y:
        p.fail("--y", f"{y.name} is --x already")
    if x.group == y.group:
        p.fail("--y", f"{y.name} and {x.name} move together; choose another axis")
    sweep.refuse_rest([x, y])
    return x, y


def cells_of(sweep, x, y, metric, policy):
    """Values by place on y and x; NaN where there is no point or no value."""
    cells = np.full((len(y.values), len(x.values)), np.nan)
    filled = set()
    rows = np.flatnonzero(sweep.columns["policy"] == policy)
    for i, value in zip(rows, sweep.values(metric, rows)[0]):
        at = (y.values.index(sweep.columns[y.name][i]), x.values.index(sweep.columns[x.name][i]))
        if at in filled:
            p.fail(sweep.path, f"two points of one policy have the same {x.name} and {y.name}; do two scenarios have one name?")
        filled.add(at)
        cells[at] = value
    return cells


def thinned(values, room_inches, size_inches):
    """Every n-th place, so that the labels have room."""
    every = max(1, int(np.ceil(len(values) * size_inches / room_inches)))
    return range(0, len(values), every)


def draw_cells(axes, cells, norm, with_text):
    axes.add_patch(Rectangle((0, 0), 1, 1, transform=axes.transAxes, facecolor="white", edgecolor="#b0b0b0", hatch="////",
                             linewidth=0, zorder=0))
    axes.pcolormesh(np.ma.masked_invalid(cells), norm=norm, cmap=COLOURS, edgecolors="white", linewidth=0.4)
    axes.grid(False)
    if with_text:
        for (row, column), value in np.ndenumerate(cells):
            if np.isfinite(value):
                red, green, blue, _ = COLOURS(norm(value))
                dark = 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.48
                axes.text(column + 0.5, row + 0.5, short(value), fontsize=CELL_TEXT, ha="center", va="center",
                          color="white" if dark else "black")


def turned(x, width):
    """Whether the labels of so many cells stand upright: the long ones of many."""
    return (p.text_inches(x.values) + 0.08) * len(x.values) > 1.6 * width


def style_cells(axes, x, y, width, high, sides):
    """Ticks in the middle of cells; labels where the picture ends: (below, at the left)."""
    upright = turned(x, width)
    at = thinned(x.values, width, 0.14 if upright else p.text_inches(x.values) + 0.08)
    axes.set_xticks([i + 0.5 for i in at], [x.values[i] for i in at], rotation=90 if upright else 0)
    at = thinned(y.values, high, 0.13)
    axes.set_yticks([i + 0.5 for i in at], [y.values[i] for i in at])
    if not y.numeric:
        axes.invert_yaxis()
    axes.tick_params(length=0, labelbottom=sides[0], labelleft=sides[1])
    axes.set_xlabel(x.label if sides[0] else "")
    axes.set_ylabel(y.label if sides[1] else "")


def lay_out(count, x, y):
    """A figure with a panel for each policy and the place of the colour bar: (figure, [(axes, sides)], box, width, height)."""
    columns = min(3, count) if count != 4 else 2
    lines = -(-count // columns)
    left, right, gap, head, title = p.text_inches(y.values) + 0.42, 0.85, 0.15, p.heading_inches(), 0.24
    width = (p.WIDTH - left - right - gap * (columns - 1)) / columns
    high = min(2.6, max(0.8, 0.19 * len(y.values)))
    foot = 0.34 + (p.text_inches(x.values) if turned(x, width) else 0.1)
    height = head + lines * (high + title) + foot
    figure, cells = p.Figure(figsize=(p.WIDTH, height)), []
    for i in range(count):
        line, column = divmod(i, columns)
        box = [left + column * (width + gap), height - head - (line + 1) * (high + title), width, high]
        cells.append((figure.add_axes([b / (p.WIDTH, height)[k % 2] for k, b in enumerate(box)]),
                      (i + columns >= count, column == 0)))
    bar = [1 - (right - 0.15) / p.WIDTH, foot / height, 0.12 / p.WIDTH, (lines * (high + title) - title) / height]
    return figure, cells, bar, width, high


def draw_heatmap(sweep, options, metrics):
    metric = metrics[0]
    x, y = choose_axes(sweep, options)
    policies = p.choose(sweep.path, "policy", options.policy, sweep.policies())
    maps = np.array([cells_of(sweep, x, y, metric, policy) for policy in policies])
    known = maps[np.isfinite(maps)]
    if not len(known):
        p.fail(sweep.path, f"no point has {metric}")
    norm = norm_of(known)
    figure, cells, bar, width, high = lay_out(len(policies), x, y)
    with_text = (p.text_inches({short(v) for v in known}, CELL_TEXT) + 0.05 < width / len(x.values)
                 and high / len(y.values) > 0.11)
    for policy, values, (axes, sides) in zip(policies, maps, cells):
        draw_cells(axes, values, norm, with_text)
        style_cells(axes, x, y, width, high, sides)
        axes.set_title(policy, loc="left", pad=3)
    colour_bar(figure, bar, norm, metric)
    p.heading(figure, options, f"Sweep {sweep.name}: {units.metric(metric).label} by {x.name} and {y.name}",
              sweep.caption("hatched: no value" if len(known) < maps.size else "", sweep.moving_with([x, y])))
    return figure


class Scale:
    """One of the parallel axes: where values lie between 0 and 1, and what is written beside it."""

    def __init__(self, label, values, log=False, names=None):
        self.label, self.log, self.names = label, log, names
        self.marked = sorted(set(values[np.isfinite(values)]))  # few values are marked themselves
        low, high = self.marked[0], self.marked[-1]
        if low == high:
            low, high = low - 1, high + 1
        self.low, self.high = (np.log10(low), np.log10(high)) if self.log else (low, high)

    def place(self, values):
        return ((np.log10(values) if self.log else np.asarray(values, float)) - self.low) / (self.high - self.low)

    def ticks(self):
        """[(place, text)]"""
        if self.names:
            return [(self.place(i), name) for i, name in enumerate(self.names)]
        places = self.place(np.array(self.marked))
        if len(places) < 2 or (len(places) < 10 and np.diff(places).min() > 0.08):
            return [(at, f"{v:.4g}") for at, v in zip(places, self.marked)]
        if self.log:
            span = self.high - self.low
            factors = (1, 2, 5) if span < 1.5 else (1, 3) if span < 2.5 else (1,)
            values = [f * 10.0 ** e for e in range(int(np.floor(self.low)), int(np.ceil(self.high)) + 1) for f in factors]
        else:
            values = MaxNLocator(6, steps=[1, 2, 5, 10]).tick_values(self.low, self.high)
        return [(self.place(v), f"{v:.12g}") for v in values if -0.001 < self.place(v) < 1.001]


def scales_of(sweep, metrics, rows):
    """[(Scale, values)]: of the axes that vary, then of the metrics."""
    found = []
    for axis in sweep.free():
        at = axis.numbers(sweep.columns[axis.name][rows])
        found.append((Scale(axis.label, at, axis.log, None if axis.numeric else axis.values), at))
    for metric in metrics:
        values = sweep.values(metric, rows)[0]
        if not np.isfinite(values).any():
            p.fail(sweep.path, f"no point has {metric}")
        found.append((Scale(units.metric(metric).text, values, p.spans_decade(values) and not units.is_share(metric)), values))
    return found


def draw_scales(axes, scales):
    for i, scale in enumerate(scales):
        axes.vlines(i, 0, 1, color="black", linewidth=0.7, zorder=3, clip_on=False)
        for at, text in scale.ticks():
            axes.plot([i - 0.012, i], [at, at], color="black", linewidth=0.7, zorder=3, clip_on=False)
            axes.text(i - 0.02, at, text, fontsize=7, ha="right", va="center", zorder=4,
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.75})
        axes.text(i, 1.05, scale.label.replace(" (", "\n("), fontsize=7.5, ha="center", va="bottom")


def draw_lines(axes, scales, columns, norm):
    """High values first and thicker, so that they are seen below low ones that go the same way."""
    places = np.column_stack([scale.place(v) for scale, v in zip(scales, columns)])
    order = np.argsort(-columns[-1], kind="stable")
    lines = [np.column_stack([np.arange(len(scales)), places[i]]) for i in order]
    height = norm(columns[-1][order])
    thick = (0.8 + 1.4 * height) * (1 if len(lines) < 200 else 0.5)
    axes.add_collection(LineCollection(lines, colors=COLOURS(height), linewidths=thick, clip_on=False))


def draw_parallel(sweep, options, metrics):
    if len(options.policy or []) > 1:
        p.fail("--policy", "--kind parallel shows one policy")
    policy = (options.policy or sweep.policies())[0]
    scales, columns = zip(*scales_of(sweep, metrics, np.flatnonzero(sweep.columns["policy"] == policy)))
    known = np.logical_and.reduce([np.isfinite(values) for values in columns])
    if not known.any():
        p.fail(sweep.path, f"no point has all of {listed(metrics)}")
    columns = [values[known] for values in columns]
    height, foot, right, left = 3.3, 0.15, 0.95, 0.2 + p.text_inches([text for _, text in scales[0].ticks()])
    high = (height - foot - p.heading_inches() - 0.42) / height
    figure = p.Figure(figsize=(p.WIDTH, height))
    axes = figure.add_axes([left / p.WIDTH, foot / height, (p.WIDTH - left - right - 0.3) / p.WIDTH, high])
    axes.set_axis_off()
    axes.set_xlim(0, len(scales) - 1)
    axes.set_ylim(-0.02, 1.02)
    norm = norm_of(columns[-1])
    draw_lines(axes, scales, columns, norm)
    draw_scales(axes, scales)
    colour_bar(figure, [1 - (right - 0.2) / p.WIDTH, foot / height, 0.12 / p.WIDTH, high], norm, metrics[-1])
    lost = int((~known).sum())
    p.heading(figure, options, f"Sweep {sweep.name}: {int(known.sum())} points of {policy}",
              sweep.caption(f"coloured by {units.metric(metrics[-1]).label}", sweep.moving_with(sweep.free()),
                            f"{lost} without a value" if lost else ""))
    return figure
