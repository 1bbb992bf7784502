#!/usr/bin/python3
"""Which places a policy takes where the oracle takes which: CSV on stdout, from summary.json files of `run --out`.

confusion.py FILE...           tasks by phone, policy, the oracle's place and the place taken
confusion.py --places FILE...  the oracle's place of every task

In an environment that does not change the oracle sends all requests of a network to one place, so the shares of places by network
are all that is needed. A task (network in an environment on a phone) counts once."""
import csv
import json
import sys

PLACES = ("cpu", "gpu", "dsp", "tablet", "cloud")


def place_of(name):
    """cpu/fp32, edge:dsp/int8, cloud:gpu/fp32 ... as the five places of the paper; what is none of them is split."""
    site, colon, rest = name.partition(":")
    if colon:
        return {"edge": "tablet", "cloud": "cloud"}.get(site, "split")
    processor = name.partition("/")[0]
    return processor if processor in PLACES else "split"


def shares(group):
    result = {}
    for name, share in group["places"].items():
        result[place_of(name)] = result.get(place_of(name), 0) + share
    return result


def read(path):
    """The summary and, by network, the one place of the oracle."""
    with open(path, encoding="utf-8") as file:
        summary = json.load(file)
    wanted = {}
    for network, group in next(q for q in summary["policies"] if q["name"] == "oracle")["networks"].items():
        places = shares(group)
        if len(places) != 1:
            sys.exit(f"confusion.py: {path}: the oracle sends {network} to {', '.join(places)}: the environment changes")
        wanted[network] = next(iter(places))
    return summary, wanted


def confusion(paths):
    counts = {}
    for summary, wanted in map(read, paths):
        for policy in summary["policies"]:
            for network, group in policy["networks"].items():
                for place, share in shares(group).items():
                    key = summary["device"], policy["name"], wanted[network], place
                    counts[key] = counts.get(key, 0) + share
    yield "phone", "policy", "oracle", "taken", "tasks"
    for key, tasks in sorted(counts.items()):
        yield *key, f"{tasks:.6g}"


def places(paths):
    yield "environment", "phone", "network", "place"
    for summary, wanted in map(read, paths):
        for network, place in wanted.items():
            yield summary["scenario"], summary["device"], network, place


def main():
    only_places = sys.argv[1] == "--places"
    rows = places(sys.argv[2:]) if only_places else confusion(sys.argv[1:])
    csv.writer(sys.stdout, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
