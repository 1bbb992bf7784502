"""What the plot_*.py scripts share: arguments, reading, style, axes and saving. No statistics here."""
import argparse
import csv
import io
import json
import os
import re
import sys
from pathlib import Path

PROGRAM = Path(sys.argv[0]).name
SUFFIXES = (".png", ".svg", ".pdf")


def fail(what, message):
    """Ends with one line on stderr that names the file (or option), and exit code 2."""
    print(f"{PROGRAM}: {what}: {message}", file=sys.stderr)
    raise SystemExit(2)


try:
    import numpy as np
    import matplotlib
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch
    from matplotlib.textpath import TextPath
    from matplotlib.ticker import LogLocator, NullFormatter
except ImportError as error:
    fail(error.name, "is missing; scripts/setup --plots installs it (Debian: python3-matplotlib)")

# Series differ in lightness, so that they can be told apart in greyscale and by the colour-blind
# (tests/plots/palette.sh), and in marker and line style, so that nobody needs the colours.
COLOURS = ("#101010", "#1f4b99", "#d0602f", "#62bfb0", "#ecd06f")
MARKERS = ("o", "s", "^", "D", "v")
LINES = ("-", (0, (4, 1.5)), (0, (1, 1.2)), (0, (5, 1, 1, 1)), (0, (7, 2, 1, 1, 1, 1)))
# Areas: fill and hatch.
FILLS = (("#27476e", ""), ("#7fb2d9", "////"), ("#d9812e", "...."), ("#f4d9a0", "\\\\\\\\"),
         ("#8a8a8a", "xxxx"), ("#e4e4e4", ""), ("#b9dcc5", "||||"), ("#ffffff", "----"))
MUTED = "#707070"
WIDTH = 7.2  # inches: the text width of a two-column page

matplotlib.rcdefaults()  # the same picture whatever the user's matplotlibrc says
matplotlib.rcParams.update({
    "font.family": "DejaVu Sans", "font.size": 7.5, "axes.titlesize": 8, "axes.labelsize": 7.5,
    "xtick.labelsize": 7, "ytick.labelsize": 7, "legend.fontsize": 7.5, "figure.titlesize": 9,
    "axes.spines.top": False, "axes.spines.right": False, "axes.linewidth": 0.6,
    "axes.axisbelow": True, "axes.grid": True, "grid.color": "#dddddd", "grid.linewidth": 0.5,
    "xtick.major.width": 0.6, "ytick.major.width": 0.6, "xtick.major.size": 2.5,
    "xtick.minor.size": 1.5, "xtick.minor.width": 0.4, "ytick.minor.width": 0.4,
    "legend.frameon": False, "legend.handlelength": 2.6, "hatch.linewidth": 0.5,
    "lines.linewidth": 1.2, "lines.markersize": 4, "savefig.dpi": 200,
    "svg.hashsalt": "autoscale-sim", "svg.fonttype": "none", "pdf.fonttype": 42,
})


class Parser(argparse.ArgumentParser):
    def error(self, message):
        fail("arguments", f"{message} (--help shows how)")


def arguments(description, example, kind, filters=()):
    """A parser with what all scripts take; `kind` names the default output file."""
    parser = Parser(description=description, epilog=f"example: {example}", allow_abbrev=False)
    parser.set_defaults(kind=kind)
    parser.add_argument("--out", action="append", metavar="FILE", type=Path,
                        help=f"picture to write: .png, .svg or .pdf (repeatable; default: beside the "
                             f"input, INPUT-{kind}.png)")
    for what in filters:
        parser.add_argument(f"--{what}", action="append", metavar="NAME",
                            help=f"only this {what} (repeatable; default: all)")
    parser.add_argument("--dpi", type=int, default=200, metavar="N", help="dots per inch of a PNG (default: 200)")
    parser.add_argument("--title", help="title of the picture (default: from the data)")
    return parser


def parse(parser):
    """Parses, and refuses unknown suffixes before any work is done."""
    options = parser.parse_args()
    for out in options.out or []:
        if out.suffix.lower() not in SUFFIXES:
            fail(out, f"unknown suffix '{out.suffix}': use {', '.join(SUFFIXES)}")
    if not 50 <= options.dpi <= 1200:
        fail("--dpi", f"{options.dpi} is not from 50 to 1200")
    return options


def read_text(path):
    try:
        text = Path(path).read_text(encoding="utf-8")
    except OSError as error:
        fail(path, error.strerror)
    except UnicodeDecodeError:
        fail(path, "is not a text file in UTF-8")
    if not text.strip():
        fail(path, "is empty")
    return text


def read_header(path):
    """The names of the columns of a CSV file."""
    return next(csv.reader(io.StringIO(read_text(path))))


def read_csv(path, words, numbers, made_by):
    """Columns of a CSV file: {name: array}. Empty numbers are NaN; other columns are not kept."""
    rows = csv.reader(io.StringIO(read_text(path)))
    header = next(rows)
    missing = [c for c in (*words, *numbers) if c not in header]
    if missing:
        fail(path, f"no column '{missing[0]}'; expected a file of {made_by}")
    places = {c: header.index(c) for c in (*words, *numbers)}
    columns = {c: [] for c in places}
    for line, row in enumerate(rows, start=2):
        if len(row) != len(header):
            fail(path, f"line {line}: {len(row)} fields, the header has {len(header)}")
        for column, place in places.items():
            columns[column].append(row[place])
    if line_count(columns) == 0:
        fail(path, "has a header but no rows")
    for column in numbers:
        columns[column] = np.array([to_number(path, column, i, v) for i, v in enumerate(columns[column])])
    return {c: np.asarray(v) for c, v in columns.items()}


def line_count(columns):
    return len(next(iter(columns.values())))


def to_number(path, column, index, text):
    try:
        return float(text) if text else np.nan
    except ValueError:
        fail(path, f"line {index + 2}: {column} is '{text}', not a number")


def read_json(path, keys, made_by):
    """A JSON object that has these keys."""
    try:
        document = json.loads(read_text(path))
    except ValueError as error:
        fail(path, f"is not JSON: {error}")
    for key in keys:
        if not isinstance(document, dict) or key not in document:
            fail(path, f"no member '{key}'; expected a file of {made_by}")
    return document


def unique(values):
    """Values in order of first appearance."""
    return list(dict.fromkeys(values))


def choose(path, what, wanted, available):
    """The wanted names, or all; refuses a name that the file lacks."""
    for name in wanted or []:
        if name not in available:
            fail(path, f"no {what} '{name}'; it has {', '.join(available)}")
    return list(wanted or available)


def few_policies(path, wanted, available):
    """The wanted policies, or all, if there is a look for each of them."""
    policies = choose(path, "policy", wanted, available)
    if len(policies) > len(COLOURS):
        fail(path, f"{len(policies)} policies are too many for one picture; choose up to {len(COLOURS)} with "
                   f"--policy: {', '.join(policies)}")
    return policies


def one_scenario(path, columns, wanted):
    """The columns of one scenario of a file of `run --requests`, and its name."""
    names = unique(columns["scenario"])
    if wanted is None and len(names) > 1:
        fail(path, f"holds several scenarios; choose with --scenario: {', '.join(names)}")
    name = choose(path, "scenario", [wanted] if wanted else None, names)[0]
    rows = columns["scenario"] == name
    return {c: v[rows] for c, v in columns.items()}, name


def text_inches(texts, size=7):
    """Width of the widest text."""
    font = FontProperties(family="DejaVu Sans", size=size)
    return max((TextPath((0, 0), t, prop=font).get_extents().width for t in texts if t.strip()), default=0) / 72


def heading(figure, options, title, caption, handles=()):
    """Title, caption and legend, one below the other at the top left, outside the data."""
    width, height = figure.get_size_inches()
    at = {"x": 0.08 / width, "ha": "left", "va": "top"}
    title = options.title if options.title is not None else title
    for text, top, size, look in ((title, 0.07, 9, {"weight": "bold"}), (caption, 0.25, 7.5, {"color": MUTED})):
        room = (width - 0.2) / max(1.2 * text_inches([text], size), 1e-9)  # bold is wider
        figure.text(y=1 - top / height, s=text, fontsize=size * min(1, room), **look, **at)
    if handles:
        figure.legend(handles=handles, loc="upper left", ncols=legend_columns(handles), borderaxespad=0,
                      borderpad=0, bbox_to_anchor=(at["x"], 1 - 0.44 / height), columnspacing=1.4)


def legend_columns(handles):
    """As many columns as fit the page."""
    entry = text_inches([h.get_label() for h in handles], 7.5) + 0.5
    return max(1, min(len(handles), int((WIDTH - 0.2) / entry)))


def heading_inches(handles=()):
    """Height of the heading."""
    return 0.38 + (0.17 * -(-len(handles) // legend_columns(handles)) + 0.05 if handles else 0)


def facets(names, row_names, row_inches, widths, handles=(), gap=0.2, own_scale=False, label_lines=1):
    """A figure of one facet per name, each a row of axes of these relative widths that share their rows
    (row_names, from above). Returns figure and [(axes of the facet, whether its x axis is to be labelled)]:
    each (in so many lines), if it has a scale of its own, else where no facet is below."""
    columns = min(3, len(names))
    lines = -(-len(names) // columns)
    left, inner, title, bottom = text_inches(row_names) + 0.2, 0.1, 0.2, 0.27 + 0.13 * label_lines if own_scale else 0.5
    below = 0.23 + 0.13 * label_lines if own_scale else 0.06
    high = row_inches * len(row_names)
    height = heading_inches(handles) + lines * (high + title) + (lines - 1) * below + bottom
    unit = ((WIDTH - left - max(0.15, gap - 0.1) - gap * (columns - 1)) / columns - inner * (len(widths) - 1)) / sum(widths)
    figure = Figure(figsize=(WIDTH, height))
    cells = []
    for i, name in enumerate(names):
        line, column = divmod(i, columns)
        x = left + column * (unit * sum(widths) + inner * (len(widths) - 1) + gap)
        y = height - heading_inches(handles) - (line + 1) * (high + title) - line * below
        cell = []
        for w in widths:
            cell.append(figure.add_axes([x / WIDTH, y / height, w * unit / WIDTH, high / height]))
            x += w * unit + inner
        cell[0].set_title(name, loc="left", pad=3)
        last = own_scale or i + columns >= len(names)
        for j, axes in enumerate(cell):
            axes.set_ylim(len(row_names) - 0.5, -0.5)
            axes.grid(axis="y", visible=False)
            axes.tick_params(axis="y", length=0)
            axes.tick_params(axis="x", labelbottom=last)
            axes.set_yticks(range(len(row_names)), row_names if column + j == 0 else [])
            for row in range(0, len(row_names), 2):
                axes.axhspan(row - 0.5, row + 0.5, color="#f3f3f3", linewidth=0, zorder=0)
        cells.append((cell, last))
    return figure, cells


def spans_decade(values):
    """Whether values are better shown on a logarithmic scale: above 0, and the greatest over 10 times the least."""
    known = values[np.isfinite(values)]
    return len(known) > 0 and known.min() > 0 and known.max() > 10 * known.min()


def log_ticks(axis):
    """Plain numbers on a logarithmic axis: 1, 2, 5 of each decade where there is room for them."""
    low, high = axis.get_view_interval()
    decades = np.log10(high / low)
    axis.set_major_locator(LogLocator(subs=(1, 2, 5) if decades < 1.3 else (1, 3) if decades < 2 else (1,)))
    axis.set_major_formatter(lambda value, _: f"{value:g}")
    axis.set_minor_locator(LogLocator(subs=range(2, 10)))
    axis.set_minor_formatter(NullFormatter())


def write_bytes(out, content):
    """Writes a file under a temporary name first: never half of it."""
    temporary = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with open(temporary, "wb") as file:
            file.write(content)
            os.fsync(file.fileno())
        os.replace(temporary, out)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        fail(out, error.strerror)
    print(f"wrote {out}", file=sys.stderr)


def shorter(svg):
    """Paths to a hundredth of a point, a third fewer bytes. Text keeps its digits."""
    return re.sub(rb' d="[^"]*"', lambda path: re.sub(rb"(\.\d\d)\d+", rb"\1", path[0]), svg)


def save(figure, options, inputs):
    """Writes every --out."""
    first = Path(inputs[0])
    names = unique(Path(i).stem if Path(i).is_file() else Path(i).name for i in inputs)
    for out in options.out or [first.parent / f"{'-'.join(names)}-{options.kind}.png"]:
        suffix = out.suffix.lower()
        metadata = {".png": {"Software": None}, ".svg": {"Date": None},
                    ".pdf": {"CreationDate": None}}[suffix]
        picture = io.BytesIO()
        figure.savefig(picture, format=suffix[1:], metadata=metadata, dpi=options.dpi)
        write_bytes(out, shorter(picture.getvalue()) if suffix == ".svg" else picture.getbuffer())
