#!/usr/bin/python3
"""Tables of `scripts/reproduce --quick` against golden ones, with tolerances.

golden.py TABLES GOLDEN           exit code 1, and what moved, unless every golden row is there with its figures
golden.py --update TABLES GOLDEN  writes the golden tables
Rows are found by their words and counts; intervals are not compared. Rows that only TABLES has are new (a new policy) and allowed."""
import csv
import sys
from pathlib import Path

# Of each table: which rows are kept (column, values), as all of them would be a megabyte.
AVERAGES = ("group", {"S1-S5", "D1-D4", "S1-S5 without S4"})
KEPT = {"efficiency_still_50": AVERAGES, "efficiency_still_65": AVERAGES, "efficiency_streaming_50": AVERAGES, "selection": AVERAGES,
        "best_targets": None, "confusion": None, "convergence_mi8pro": None, "convergence_galaxy_s10e": None, "sensitivity": None, "joint": None,
        "samples": None, "unseen_states": None, "printed_reward": None, "left_out": None}
KEYS = {"mode", "accuracy", "group", "metric", "baseline_policy", "policy", "phone", "network", "environment", "parameter", "side", "value",
        "case", "oracle", "taken", "point"}
# Relative, and absolute for what may be 0: 2 % of a ratio or an energy, half a percentage point of a share.
RELATIVE, ABSOLUTE = 0.02, 0.005


def is_interval(column):
    return column.endswith(("_ci95", "_low95", "_high95"))


def read(path, kept):
    with open(path, newline="", encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if kept is None or r[kept[0]] in kept[1]]
    return {tuple((k, v) for k, v in row.items() if k in KEYS): row for row in rows}


def same(got, wanted):
    if got == wanted:
        return True
    try:
        return abs(float(got) - float(wanted)) <= max(RELATIVE * abs(float(wanted)), ABSOLUTE)
    except ValueError:
        return False


def check(tables, golden):
    moved, compared = [], 0
    for name, kept in KEPT.items():
        wanted, got = read(golden / f"{name}.csv", None), read(tables / f"{name}.csv", kept)
        for key, row in wanted.items():
            words = f"{name}: {', '.join(v for _, v in key)}"
            if key not in got:
                moved.append(f"{words}: the row is missing")
                continue
            for column in row:
                if column in KEYS or is_interval(column):
                    continue
                compared += 1
                if not same(got[key].get(column), row[column]):
                    moved.append(f"{words}: {column} is {got[key].get(column)}, golden {row[column]}")
    for line in moved[:40]:
        print(line)
    print(f"{len(moved)} of {compared} figures moved" if moved else f"all {compared} figures are as in {golden}")
    return 1 if moved or not compared else 0


def update(tables, golden):
    golden.mkdir(parents=True, exist_ok=True)
    for name, kept in KEPT.items():
        rows = list(read(tables / f"{name}.csv", kept).values())
        with open(golden / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, [c for c in rows[0] if not is_interval(c)], extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def main():
    if sys.argv[1] == "--update":
        update(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        sys.exit(check(Path(sys.argv[1]), Path(sys.argv[2])))


if __name__ == "__main__":
    main()
