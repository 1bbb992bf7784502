#!/usr/bin/python3
"""A sweep's results: metrics over an axis, heat maps, the front of two metrics, or parallel coordinates."""
import plotting as p
import plotting_sweep
import plotting_sweep_colours as colours
import plotting_sweep_lines as lines

ENERGY, QOS = "energy_mj_per_inference", "qos_violation_ratio"
DRAW = {"line": lines.draw_line, "heatmap": colours.draw_heatmap, "pareto": lines.draw_pareto,
        "parallel": colours.draw_parallel}
# What only some kinds understand: an option without effect would be a picture of something else.
MEANT_FOR = {"x": ("line", "heatmap"), "y": ("heatmap",), "metric": ("line", "heatmap", "parallel"),
             "x_metric": ("pareto",), "y_metric": ("pareto",), "front": ("pareto",)}


def usual_kind(sweep):
    """By the number and kind of the axes that vary."""
    free = sweep.free()
    if not free:
        p.fail(sweep.path, "holds one point only: nothing varies")
    if len(free) == 1 and free[0].numeric:
        return "line"
    return "heatmap" if len(free) == 2 and not any(a.sampled for a in free) else "parallel"


def metrics_of(options, kind):
    if kind == "pareto":
        return [options.x_metric or ENERGY, options.y_metric or QOS]
    usual = {"line": [ENERGY, QOS], "heatmap": [ENERGY], "parallel": [QOS, ENERGY]}[kind]
    metrics = p.unique(options.metric or usual)
    most = {"line": 6, "heatmap": 1, "parallel": 4}[kind]
    if len(metrics) > most:
        p.fail("--metric", f"{len(metrics)} are too many for --kind {kind}; at most {most}")
    return metrics


def check_options(options, kind):
    for name, kinds in MEANT_FOR.items():
        if getattr(options, name) is not None and kind not in kinds:
            p.fail(f"--{name.replace('_', '-')}", f"is for --kind {' or '.join(kinds)}, not {kind}")


def parser():
    parser = p.arguments(__doc__, "scripts/plot_sweep.py out/signal --kind line --x wifi_dbm --out signal.pdf", "KIND",
                         ["policy"])
    parser.add_argument("results", metavar="DIR", help="folder of `sweep --out` or `merge --out`")
    parser.add_argument("--kind", dest="chosen", choices=list(DRAW), help="default: line of one axis of numbers, heatmap of two "
                        "axes, parallel of others; pareto sets two metrics against each other")
    parser.add_argument("--where", action="append", metavar="AXIS=VALUE", help="only points that have this value, or one "
                        "of these (repeatable); `scenario` is an axis, too")
    parser.add_argument("--network", metavar="NAME", help="of a sweep with \"by_network\" (default: all together)")
    parser.add_argument("--x", metavar="AXIS", help="from left to right, of line and heatmap")
    parser.add_argument("--y", metavar="AXIS", help="from below, of heatmap")
    parser.add_argument("--metric", action="append", metavar="METRIC", help="of line (repeatable), heatmap (one) and "
                        "parallel (repeatable; the last colours the lines)")
    parser.add_argument("--x-metric", metavar="METRIC", help=f"of pareto (default: {ENERGY})")
    parser.add_argument("--y-metric", metavar="METRIC", help=f"of pareto (default: {QOS})")
    parser.add_argument("--front", choices=("policy", "all"), help="of pareto: one for each policy (default), or of all")
    return parser


def main():
    options = p.parse(parser())
    kind = options.kind = options.chosen or usual_kind(plotting_sweep.read(options.results, [], options))
    check_options(options, kind)
    metrics = metrics_of(options, kind)
    sweep = plotting_sweep.read(options.results, metrics, options)
    p.save(DRAW[kind](sweep, options, metrics), options, [options.results])


if __name__ == "__main__":
    main()
