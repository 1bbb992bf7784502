"""The results of `autoscale-sim sweep` as plot_sweep.py needs them: points, what varies, and what is chosen."""
from pathlib import Path

import plotting as p
import plotting_units as units
from plotting import np

MADE_BY = "`autoscale-sim sweep`"
KEYS = ["scenario", "device", "policy", "network"]
LOG_FROM = 100  # listed values that span two decades stand on a logarithmic axis


class Axis:
    """One column of what the points set, or the scenario."""

    def __init__(self, name, texts, group=None, sampled=False, log=False):
        self.name, self.group, self.sampled = name, group, sampled  # columns of one group move together
        self.values = p.unique(texts)
        try:
            numbers = [float(v) for v in self.values]
            self.numeric = bool(np.isfinite(numbers).all())
        except ValueError:
            self.numeric = False
        if self.numeric:
            self.values.sort(key=float)
        self.log = self.numeric and min(numbers) > 0 and (log or max(numbers) >= LOG_FROM * min(numbers))

    @property
    def label(self):
        return units.axis(self.name).text

    def numbers(self, texts):
        """Where values lie: themselves, or their place among the values."""
        return np.array([float(t) if self.numeric else self.values.index(t) for t in texts])


class Sweep:
    """Rows of one network that --where and --policy leave, as columns; `axes` still has what no longer varies."""

    def __init__(self, path, name, failed, axes, columns):
        self.path, self.name, self.failed, self.axes, self.columns = path, name, failed, axes, columns

    def free(self):
        """The axes that vary, of those that move together the first."""
        found = {}
        for axis in self.axes:
            if len(axis.values) > 1:
                found.setdefault(axis.name if axis.sampled else axis.group, axis)
        return list(found.values())

    def axis(self, name, option):
        """The axis that an option names."""
        names = [a.name for a in self.axes if len(a.values) > 1]
        if name not in names:
            p.fail(option, f"'{name}' does not vary; of {self.path} {', '.join(names) or 'nothing'} does")
        return next(a for a in self.axes if a.name == name)

    def rest(self, used):
        """What varies beside these axes and does not move with them."""
        groups = {a.group for a in used if not a.sampled}
        return [a for a in self.free() if a not in used and (a.sampled or a.group not in groups)]

    def moving_with(self, used):
        """"heavy_qos_ms moves with light_qos_ms": of axes in one `zip` with those that are shown."""
        return ", ".join(f"{a.name} moves with {u.name}" for u in used for a in self.axes
                         if a is not u and a.group == u.group and not a.sampled and len(a.values) > 1)

    def refuse_rest(self, used):
        """Several points in one place would have to be averaged, which would hide what they differ in."""
        rest = self.rest(used)
        if not rest:
            return
        where = " and ".join(a.name for a in used)
        sampled = ", ".join(a.name for a in rest if a.sampled)
        if sampled:
            p.fail(self.path, f"{sampled} {'were' if ',' in sampled else 'was'} sampled and cannot be fixed; "
                              f"use --kind parallel or pareto instead of one picture by {where}")
        fix = " ".join(f"--where {a.name}=VALUE" for a in rest)
        p.fail(self.path, f"several points for each {where}; fix {fix} "
                          f"({'; '.join(f'{a.name}: {listed(a.values)}' for a in rest)})")

    def policies(self):
        return p.unique(self.columns["policy"])

    def rows(self, wanted):
        """Which rows have these texts in these columns: {column: text}."""
        return np.logical_and.reduce([self.columns[c] == v for c, v in wanted.items()])

    def values(self, metric, rows=slice(None)):
        """A metric as it is shown, and the half width of its interval (0 where there is none)."""
        scale = units.metric(metric).scale
        return scale * self.columns[metric][rows], scale * np.nan_to_num(self.columns[metric + "_ci95"][rows])

    def fixed(self):
        """"wifi_dbm=-90, network vgg": what all rows have in common."""
        parts = [f"{a.name}={a.values[0]}" for a in self.axes if len(a.values) == 1 and a.name != "scenario"]
        scenarios, networks = p.unique(self.columns["scenario"]), p.unique(self.columns["network"])
        parts += [f"scenario {scenarios[0]}"] if len(scenarios) == 1 else []
        return ", ".join(parts + [f"network {n}" for n in networks if n != "all"])

    def caption(self, *more, bands=""):
        runs = sorted(set(self.columns["replications"].astype(int)))
        means = f"means of {runs[0]}{f' to {runs[-1]}' if len(runs) > 1 else ''} replications{bands}"
        parts = [means if runs[-1] > 1 else "one replication", *more, self.fixed(),
                 f"{self.failed} points failed" if self.failed else ""]
        return "; ".join(part for part in parts if part)


def columns_of(entry):
    """[(name, on a logarithmic axis)] of one entry of "axes", and whether they are sampled."""
    samples = entry.get("latin_hypercube") or entry.get("sobol")
    columns = samples["dimensions"] if samples else entry.get("zip") or [entry]
    name = lambda c: c.get("name") or c["pointer"].rpartition("/")[2].replace("~1", "/").replace("~0", "~")
    return [(name(c), bool(c.get("logspace") or c.get("log_uniform"))) for c in columns], bool(samples)


def read_manifest(path):
    """Name, failed points, [(column, its axis, sampled, logarithmic)]"""
    manifest = p.read_json(path, ["sweep_format", "sweep"], MADE_BY + " (manifest.json)")
    try:
        columns = []
        for group, entry in enumerate(manifest["sweep"].get("axes", [])):
            names, sampled = columns_of(entry)
            columns += [(name, group, sampled, log) for name, log in names]
        return manifest["sweep"]["name"], manifest.get("failed_points", 0), columns
    except (KeyError, TypeError, AttributeError) as error:
        p.fail(path, f"its sweep lacks something: {error}")


def summary_of(folder):
    if not folder.is_dir():
        p.fail(folder, f"is not a folder of {MADE_BY}")
    if (folder / "summary.csv").is_file():
        return folder / "summary.csv"
    if (folder / "plan.json").is_file():
        p.fail(folder, "is not finished: go on with `sweep --resume`, or `merge` its shards")
    p.fail(folder, f"has no summary.csv; expected a folder of {MADE_BY} whose \"formats\" have csv")


def choices(words, axes):
    """{axis: [values]} of --where AXIS=VALUE; numbers may be written in another way."""
    wanted = {}
    for word in words or []:
        name, equals, value = word.partition("=")
        if not equals:
            p.fail("--where", f"'{word}' is not AXIS=VALUE")
        axis = next((a for a in axes if a.name == name), None)
        if axis is None:
            p.fail("--where", f"no axis '{name}'; it has {', '.join(a.name for a in axes)}")
        same = [v for v in axis.values if v == value or (axis.numeric and number_or_none(value) == float(v))]
        if not same:
            p.fail("--where", f"{name} is never '{value}'; it is {listed(axis.values)}")
        wanted.setdefault(name, []).extend(same)
    return wanted


def number_or_none(text):
    try:
        return float(text)
    except ValueError:
        return None


def listed(values, most=6):
    """The values, of many the first and the last."""
    return ", ".join(values if len(values) <= most else [*values[:most - 1], "...", values[-1]])


def read(folder, metrics, options):
    """The points that the options leave, with these metrics and their intervals."""
    folder = Path(folder)
    path = summary_of(folder)
    name, failed, described = read_manifest(folder / "manifest.json")
    header = p.read_header(path)
    for metric in metrics:
        if metric not in header:
            p.fail(path, f"no metric '{metric}'; `autoscale-sim list metrics` names them")
    columns = p.read_csv(path, [d[0] for d in described] + KEYS,
                         [*metrics, *(m + "_ci95" for m in metrics), "replications"], MADE_BY)
    axes = [Axis(column, columns[column], *rest) for column, *rest in described]
    axes.insert(0, Axis("scenario", columns["scenario"], group="scenario"))
    network = options.network or "all"
    p.choose(path, "network", [network], p.unique(columns["network"]))
    policies = p.choose(path, "policy", options.policy, p.unique(columns["policy"]))
    keep = (columns["network"] == network) & np.isin(columns["policy"], policies)
    for axis, values in choices(options.where, axes).items():
        keep &= np.isin(columns[axis], values)
    if not keep.any():
        p.fail("--where", "no point is left")
    left = {c: v[keep] for c, v in columns.items()}
    axes = [Axis(a.name, left[a.name], a.group, a.sampled, a.log) for a in axes]
    return Sweep(path, name, failed, axes, left)
