#!/usr/bin/python3
"""All assumptions of sensitivity.tsv at once: a Latin hypercube, and what its points say.

joint.py draw LIST COUNT CHANGES POINTS.csv            draws COUNT points: CHANGES has POINT, KIND, WHAT, VALUE each (tabs),
                                                       POINTS.csv a row per point and a column per parameter
joint.py summarise JOINT.csv POINTS.csv SUMMARY.csv RANKS.csv
                                                       quantiles of the ratios; rank correlation of each parameter with them"""
import csv
import itertools
import math
import random
import statistics
import sys

SEED = 1  # of the hypercube, not of the simulations
AS_ASSUMED = ""


def parameters(path):
    """(name, kind, [(WHAT, how), ...] as a function of u in [0, 1)): one per line that is varied; lines that set the same value are one."""
    merged = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            when, name, low, high, what, _ = line.rstrip("\n").split("\t")
            if when == "none":
                continue
            kind, pointers = what.split(" ", 1)
            # What a line fixes for its own sake (=VALUE) is a parameter of its own here.
            pointers = " ".join(w for w in pointers.split(" ") if kind == "data" or "=" not in w)
            known = merged.setdefault((kind, pointers), {"name": name, "values": []})
            known["values"] += [v for v in (low, high) if v != "-"]
    return [(m["name"], kind, pointers, m["values"]) for (kind, pointers), m in merged.items()]


def plain_writer(file):
    """Names hold no commas (a test sees to it), so that nothing is quoted, as in the other tables."""
    return csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


def value_at(u, kind, pointers, values):
    """A value of the range for u in [0, 1); of alternatives, as many strata as there are, what is assumed being one."""
    prefix = values[0][0] if kind == "data" else ""
    ends = [number(v[len(prefix):]) for v in values]
    if len(values) != 2 or None in ends:
        return [AS_ASSUMED, *values][int(u * (len(values) + 1))]
    low, high = ends
    if prefix == "x" or (not prefix and low > 0 and high / low >= 10):
        value = math.exp(math.log(low) + u * (math.log(high) - math.log(low)))
    else:
        value = low + u * (high - low)
    return prefix + (f"{value:.0f}" if pointers.endswith("_per_state") else f"{value:.6g}")


def strata(random_, count):
    """One number in each of `count` equal parts of [0, 1), in random order."""
    places = [(i + random_.random()) / count for i in range(count)]
    random_.shuffle(places)
    return places


def draw(path, count, changes, points):
    dimensions = parameters(path)
    random_ = random.Random(SEED)
    columns = [strata(random_, count) for _ in dimensions]
    with open(changes, "w", encoding="utf-8") as file, open(points, "w", encoding="utf-8", newline="") as table:
        writer = plain_writer(table)
        writer.writerow(["point", *(d[0] for d in dimensions)])
        for i in range(count):
            values = [value_at(column[i], *d[1:]) for column, d in zip(columns, dimensions)]
            writer.writerow([i + 1, *values])
            for (_, kind, pointers, _), value in zip(dimensions, values):
                if value != AS_ASSUMED:
                    file.write(f"{i + 1}\t{kind}\t{pointers}\t{value}\n")


def ranks(values):
    """Ranks of numbers; equal ones share their average."""
    order = sorted(range(len(values)), key=values.__getitem__)
    result = [0.0] * len(values)
    for _, same in itertools.groupby(enumerate(order), key=lambda entry: values[entry[1]]):
        same = list(same)
        for _, i in same:
            result[i] = statistics.fmean(place for place, _ in same)
    return result


def association(column, outcome):
    """Spearman's rank correlation with a number; of alternatives the correlation ratio on ranks, which has no sign."""
    texts = [text.lstrip("x=^") for text in column]
    outcome = ranks(outcome)
    if all(number(t) is not None for t in texts):
        return statistics.correlation(ranks([float(t) for t in texts]), outcome) if len(set(texts)) > 1 else 0.0
    mean = statistics.fmean(outcome)
    groups = [[o for s, o in zip(texts, outcome) if s == t] for t in set(texts)]
    between = sum(len(g) * (statistics.fmean(g) - mean) ** 2 for g in groups)
    return math.sqrt(between / sum((o - mean) ** 2 for o in outcome))


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def summarise(joint, points, summary, ranks_path):
    rows = rows_of(joint)
    names = list(rows_of(points)[0])[1:]
    drawn = {row["point"]: row for row in rows_of(points)}
    with open(summary, "w", encoding="utf-8", newline="") as s, open(ranks_path, "w", encoding="utf-8", newline="") as r:
        table, correlations = plain_writer(s), plain_writer(r)
        table.writerow(["baseline_policy", "policy", "average", "points", "least", "q05", "median", "q95", "greatest", "share_above_1"])
        correlations.writerow(["baseline_policy", "parameter", "rank_correlation"])
        for baseline in ("cpu_only", "cloud_only"):
            for policy in ("autoscale", "oracle"):
                of = [row for row in rows if (row["metric"], row["baseline_policy"], row["policy"]) == ("inferences_per_joule", baseline, policy)]
                for average in ("geometric_mean", "arithmetic_mean"):
                    values = [float(row[average]) for row in of]
                    twentieths = statistics.quantiles(values, n=20, method="inclusive")
                    shown = (min(values), twentieths[0], twentieths[9], twentieths[18], max(values), statistics.fmean(v > 1 for v in values))
                    table.writerow([baseline, policy, average, len(values), *(f"{v:.4g}" for v in shown)])
                if policy == "autoscale":
                    values = [float(row["arithmetic_mean"]) for row in of]
                    found = {n: association([drawn[row["point"]][n] for row in of], values) for n in names}
                    for name in sorted(found, key=lambda n: -abs(found[n])):
                        correlations.writerow([baseline, name, f"{found[name]:.3f}"])


def main():
    if len(sys.argv) == 6 and sys.argv[1] == "draw":
        draw(sys.argv[2], int(sys.argv[3]), *sys.argv[4:])
    elif len(sys.argv) == 6 and sys.argv[1] == "summarise":
        summarise(*sys.argv[2:])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
