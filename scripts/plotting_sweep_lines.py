"""Pictures of a sweep with one line or mark by policy: metrics over an axis, and one metric against another."""
import plotting as p
import plotting_units as units
from plotting import np
from plotting_sweep import listed

PANELS = 4  # side by side


def look(series):
    """Every other mark is hollow, larger and on top, so that two in one place are both seen."""
    hollow = series % 2 == 1
    return {"color": p.COLOURS[series], "marker": p.MARKERS[series], "markerfacecolor": "none" if hollow else p.COLOURS[series],
            "markersize": 5.2 if hollow else 3.6, "zorder": 3.2 if hollow else 3}


def handles_of(policies, lines=True):
    return [p.Line2D([], [], linestyle=p.LINES[i] if lines else "", label=name, **look(i)) for i, name in enumerate(policies)]


def grid(rows, columns, row_inches, handles, titles=False):
    """A figure of rows and columns of axes that share the scales of their row and column."""
    head, foot, left, gap = p.heading_inches(handles) + (0.25 if titles else 0.1), 0.42, 0.72, 0.14
    height = head + rows * row_inches + (rows - 1) * gap + foot
    figure, width = p.Figure(figsize=(p.WIDTH, height)), (p.WIDTH - left - 0.15 - gap * (columns - 1)) / columns
    cells = [[figure.add_axes([(left + c * (width + gap)) / p.WIDTH, (height - head - (r + 1) * row_inches - r * gap) / height,
                               width / p.WIDTH, row_inches / height]) for c in range(columns)] for r in range(rows)]
    for r, row in enumerate(cells):
        for c, axes in enumerate(row):
            axes.tick_params(axis="x", labelbottom=r == rows - 1)
            axes.tick_params(axis="y", labelleft=c == 0)
    return figure, cells


def choose_x(sweep, name):
    """The numeric axis that is meant."""
    if name:
        x = sweep.axis(name, "--x")
        if not x.numeric:
            p.fail("--x", f"'{name}' has no numbers but {listed(x.values)}")
        return x
    numeric = [a for a in sweep.free() if a.numeric]
    if len(numeric) != 1:
        p.fail(sweep.path, f"--kind line needs one axis of numbers; choose with --x: {', '.join(a.name for a in numeric)}"
               if numeric else "no axis of numbers varies, which --kind line needs; use --kind heatmap or parallel")
    return numeric[0]


def panel_axis(sweep, x):
    """The one other axis that varies, if it has few values: a panel for each."""
    rest = sweep.rest([x])
    if len(rest) == 1 and not rest[0].sampled and len(rest[0].values) <= PANELS:
        return rest[0]
    sweep.refuse_rest([x])
    return None


def scale_values(axes, metric, shown):
    """The scale of a metric, the same in the whole row."""
    means, values = np.concatenate([s[0] for s in shown]), np.concatenate(shown, axis=1)
    if units.is_share(metric):
        axes.set_ylim(-4, 104)
        axes.set_yticks([0, 25, 50, 75, 100])
    elif p.spans_decade(means):
        axes.set_yscale("log")
        axes.set_ylim(np.nanmin(values[values > 0]) / 1.3, np.nanmax(values) * 1.3)
        p.log_ticks(axes.yaxis)
    elif np.isfinite(values).any():
        low, high = np.nanmin(values), np.nanmax(values)
        pad = 0.08 * (high - low) or 0.05 * abs(high) or 1
        axes.set_ylim(low - pad, high + pad)


def draw_curve(axes, sweep, x, metric, rows, series):
    """Line and band of one policy; returns means and both ends of the band."""
    at = x.numbers(sweep.columns[x.name][rows])
    order = np.argsort(at)
    if len(set(at)) < len(at):
        p.fail(sweep.path, f"two points of one policy have the same {x.name}; do two scenarios have one name?")
    mean, half = (v[order] for v in sweep.values(metric, rows))
    low, high = mean - half, mean + half
    if units.is_share(metric):
        low, high = np.clip(low, 0, 100), np.clip(high, 0, 100)
    axes.plot(at[order], mean, linestyle=p.LINES[series], clip_on=False, **look(series))
    axes.fill_between(at[order], low, high, color=p.COLOURS[series], alpha=0.2, linewidth=0)
    return np.array([mean, low, high])


def style_x(axes, x, last):
    at = x.numbers(x.values)
    if x.log:
        axes.set_xscale("log")
        pad = (at[-1] / at[0]) ** 0.04
        axes.set_xlim(at[0] / pad, at[-1] * pad)
        p.log_ticks(axes.xaxis)
    else:
        pad = 0.04 * (at[-1] - at[0])
        axes.set_xlim(at[0] - pad, at[-1] + pad)
    if len(at) <= 4:
        axes.set_xticks(at, x.values)
        axes.set_xticks([], minor=True)
    if last:
        axes.set_xlabel(x.label)


def draw_line(sweep, options, metrics):
    x = choose_x(sweep, options.x)
    panels = panel_axis(sweep, x)
    policies = p.few_policies(sweep.path, options.policy, sweep.policies())
    handles = handles_of(policies)
    figure, cells = grid(len(metrics), len(panels.values) if panels else 1,
                         1.6 if len(metrics) < 4 else 1.2, handles, titles=panels is not None)
    for row, metric in zip(cells, metrics):
        shown = []
        for axes, value in zip(row, panels.values if panels else [None]):
            for series, policy in enumerate(policies):
                rows = np.flatnonzero(sweep.rows({"policy": policy} | ({panels.name: value} if panels else {})))
                if len(rows):
                    shown.append(draw_curve(axes, sweep, x, metric, rows, series))
            style_x(axes, x, row is cells[-1])
        for axes in row:
            scale_values(axes, metric, shown)
        row[0].set_ylabel(units.metric(metric).text.replace(" (", "\n("))
    if panels:
        for axes, value in zip(cells[0], panels.values):
            axes.set_title(f"{panels.name} = {value}", loc="left", pad=4)
    p.heading(figure, options, f"Sweep {sweep.name}: {' and '.join(units.metric(m).label for m in metrics)}",
              sweep.caption(sweep.moving_with([x, panels] if panels else [x]), bands=" and their 95 % intervals"), handles)
    return figure


def direction(metric, option):
    """1 where less is better, -1 where more is."""
    side = units.better(metric)
    if side == "neither":
        p.fail(option, f"'{metric}' has no better side, and so no front")
    return 1 if side == "lower" else -1


def front(x, y):
    """Positions of the points that no other one beats in both (less is better), by x."""
    chosen, least = [], np.inf
    for i in np.lexsort((y, x)):
        if y[i] < least:
            chosen.append(i)
            least = y[i]
    return chosen


def style_pareto(axes, metric, which, values):
    axis = axes.xaxis if which == "x" else axes.yaxis
    if units.is_share(metric):
        top = min(100, max(10, 1.1 * values.max()))
        axes.set(**{which + "lim": (-0.03 * top, 1.03 * top)})
    elif p.spans_decade(values):
        axes.set(**{which + "scale": "log", which + "lim": (values.min() / 1.2, values.max() * 1.2)})
        p.log_ticks(axis)
    else:
        pad = 0.06 * (values.max() - values.min()) or 0.05 * abs(values.max()) or 1
        axes.set(**{which + "lim": (values.min() - pad, values.max() + pad)})
    axis.set_label_text(f"{units.metric(metric).text}: {units.better(metric)} is better")


def draw_front(axes, x, y, signs, **style):
    """What a choice among these points can reach: steps from the worst sides of the picture over the front."""
    best = front(signs[0] * x, signs[1] * y)
    worst = [limits[sign > 0] for limits, sign in zip((axes.get_xlim(), axes.get_ylim()), signs)]
    axes.plot([x[best[0]], *x[best], worst[0]], [worst[1], *y[best], y[best[-1]]], drawstyle="steps-post", **style)


def draw_pareto(sweep, options, metrics):
    policies = p.few_policies(sweep.path, options.policy, sweep.policies())
    signs = [direction(m, o) for m, o in zip(metrics, ("--x-metric", "--y-metric"))]
    x, y = (sweep.values(m)[0] for m in metrics)
    known = np.isfinite(x) & np.isfinite(y)
    if not known.any():
        p.fail(sweep.path, f"no point has both {metrics[0]} and {metrics[1]}")
    together = options.front == "all"
    handles = handles_of(policies, lines=not together)
    if together:
        handles.append(p.Line2D([], [], color=p.MUTED, label="front of all policies"))
    figure, ((axes,),) = grid(1, 1, 3.1, handles)
    groups = [(sweep.columns["policy"] == policy) & known for policy in policies]
    for series, rows in enumerate(groups):
        axes.plot(x[rows], y[rows], linestyle="", clip_on=False, **look(series))
    for metric, which, values in zip(metrics, "xy", (x[known], y[known])):
        style_pareto(axes, metric, which, values)
    for series, rows in enumerate([known] if together else groups):
        if rows.any():
            draw_front(axes, x[rows], y[rows], signs, color=p.MUTED if together else p.COLOURS[series], linewidth=0.9,
                       linestyle="-" if together else p.LINES[series])
    lost = int((~known).sum())
    p.heading(figure, options, f"Sweep {sweep.name}: {' against '.join(units.metric(m).label for m in metrics)}",
              sweep.caption(f"{int(known.sum())} points; steps: what the best of them reach",
                            f"{lost} without a value" if lost else ""), handles)
    return figure
