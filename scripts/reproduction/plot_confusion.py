#!/usr/bin/python3
"""Which places learners take where the oracle takes which."""
import figures as f
from figures import p

POLICIES = ("autoscale", "autoscale_paper")


def draw_matrix(axes, counts, names):
    """Rows: the oracle's place; shaded by the share of the row, with the tasks as numbers."""
    for row, wanted in enumerate(names):
        total = sum(counts.get((wanted, taken), 0) for taken in names)
        for column, taken in enumerate(names):
            tasks = counts.get((wanted, taken), 0)
            share = tasks / total if total else 0
            axes.add_patch(p.matplotlib.patches.Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=str(1 - 0.8 * share), linewidth=0))
            if tasks:
                text = f"{tasks:.0f}" if tasks >= 9.95 else f"{tasks:.1f}" if tasks >= 0.05 else "<0.1"
                axes.text(column, row, text, ha="center", va="center", fontsize=7, color="white" if share > 0.6 else "black")
    axes.set_xlim(-0.5, len(names) - 0.5)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.grid(visible=False)
    axes.tick_params(length=0)
    axes.set_xticks(range(len(names)), [f.PLACES[n].removeprefix("phone ") for n in names])
    axes.set_yticks(range(len(names)), [f.PLACES[n] for n in names])
    for side in axes.spines.values():
        side.set_visible(True)


def main():
    parser = p.arguments(__doc__, "plot_confusion.py confusion.csv --out confusion.svg", "confusion")
    parser.add_argument("table", metavar="CONFUSION.csv")
    options = p.parse(parser)
    table = p.read_csv(options.table, ["phone", "policy", "oracle", "taken"], ["tasks"], "confusion.py")
    figure, grid = f.panels(3, len(POLICIES), 1.3, 1.35, (), gap=0.2, below=0.5, bottom=0.5)
    for row, policy in enumerate(POLICIES):
        for column, (phone, title) in enumerate(f.PHONES.items()):
            rows = ((table["phone"] == phone) & (table["policy"] == policy)).nonzero()[0]
            counts = {(table["oracle"][i], table["taken"][i]): table["tasks"][i] for i in rows}
            axes = grid[row][column]
            draw_matrix(axes, counts, list(f.PLACES))
            axes.set_title(f"{title}: {policy}", loc="left", pad=3)
            axes.tick_params(axis="y", labelleft=column == 0)
        grid[row][0].set_ylabel("place of the oracle")
    grid[-1][1].set_xlabel("place taken (number of tasks: networks x environments S1 to S5)")
    p.heading(figure, options, "Which places AutoScale takes where the oracle takes which", "shade: share of the row", ())
    p.save(figure, options, [options.table])


if __name__ == "__main__":
    main()
