#!/usr/bin/python3
"""Assumed figures of the profiles, changed in a copy: --set of the program reaches scenarios, not profiles.

vary.py ROOT OUT [WHAT VALUE]...   a data folder OUT that is ROOT but for the assumed figures that match WHAT: FILES#POINTER
vary.py --left-out ROOT LIST    CSV: assumed figures that LIST (sensitivity.tsv) leaves alone, and why; fails if it forgets one"""
import csv
import fnmatch
import itertools
import json
import re
import sys
from pathlib import Path


def alternatives(pattern):
    """{a,b} as a shell expands it."""
    match = re.search(r"\{([^{}]*)\}", pattern)
    if not match:
        return [pattern]
    return list(itertools.chain.from_iterable(
        alternatives(pattern[:match.start()] + choice + pattern[match.end():]) for choice in match[1].split(",")))


def assumed(node, pointer=""):
    """(pointer, object) of every assumed figure; list elements by kind or precision, where they have one."""
    if isinstance(node, dict):
        if node.get("quality") == "assumed":
            yield pointer, node
        for key, child in node.items():
            yield from assumed(child, f"{pointer}/{key}")
    elif isinstance(node, list):
        for i, child in enumerate(node):
            name = next((child[k] for k in ("kind", "precision") if isinstance(child, dict) and k in child), i)
            yield from assumed(child, f"{pointer}/{name}")


def matches(pointer, pattern):
    return any(len(pointer.split("/")) == len(p.split("/")) and fnmatch.fnmatchcase(pointer, p) for p in alternatives(pattern))


def changed(value, how):
    """One number, by xFACTOR, =VALUE or ^EXPONENT."""
    argument = float(how[1:])
    return {"x": lambda: value * argument, "=": lambda: argument, "^": lambda: value ** argument}[how[0]]()


def change(figure, how):
    """The value of a figure, or every number of its lists but the levels that they are tables over."""
    for key, value in figure.items():
        if key == "value":
            figure[key] = changed(value, how)
        elif isinstance(value, list) and key != "dbm":
            figure[key] = [changed(v, how) for v in value]


def vary(root, out, changes):
    """changes: pairs of WHAT and VALUE, applied in this order."""
    files = {}  # file -> its changes
    for i, (what, _) in enumerate(changes):
        for pattern in alternatives(what.split("#")[0]):
            for file in root.glob(pattern):
                files.setdefault(file, []).append(i)
    counts = [0] * len(changes)
    for file in itertools.chain.from_iterable(sorted((root / folder).rglob("*")) for folder in ("models", "configs", "scenarios", "traces")):
        copy = out / file.relative_to(root)
        if file.is_dir():
            copy.mkdir(parents=True, exist_ok=True)
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        if file not in files:
            copy.symlink_to(file)
            continue
        document = json.loads(file.read_text(encoding="utf-8"))
        for i in files[file]:
            what, how = changes[i]
            for at, figure in assumed(document):
                if matches(at, what.split("#")[1]):
                    change(figure, how)
                    counts[i] += 1
        copy.write_text(json.dumps(document), encoding="utf-8")
    for (what, _), count in zip(changes, counts):
        if count == 0:
            sys.exit(f"vary.py: {what} matches no assumed figure")


def left_out(root, path):
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rules = [(*line[4].removeprefix("data ").split("#"), line[0] == "none", line[5]) for line in lines if line[4].startswith("data ")]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["file", "pointer", "why"])
    forgotten = []
    for file in sorted(itertools.chain(root.glob("models/*/*.json"), root.glob("configs/radios/*.json"))):
        name = str(file.relative_to(root))
        for pointer, _ in assumed(json.loads(file.read_text(encoding="utf-8"))):
            fits = [(none, why) for files, p, none, why in rules
                    if any(fnmatch.fnmatchcase(name, f) for f in alternatives(files)) and matches(pointer, p)]
            if not fits:
                forgotten.append(f"{name}#{pointer}")
            elif all(none for none, _ in fits):
                writer.writerow([name, pointer, fits[0][1]])
    if forgotten:
        sys.exit("vary.py: " + str(path) + " says nothing of " + ", ".join(forgotten))


def main():
    if sys.argv[1] == "--left-out":
        left_out(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        changes = sys.argv[3:]
        vary(Path(sys.argv[1]), Path(sys.argv[2]), list(zip(changes[::2], changes[1::2], strict=True)))


if __name__ == "__main__":
    main()
