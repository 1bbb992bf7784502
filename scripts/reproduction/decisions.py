#!/usr/bin/python3
"""Tables from files of `autoscale-sim explain --format json`: what each place would cost at that decision.

decisions.py FILE...          one row per file and place, of the V/F step that the oracle would take there
decisions.py --kinds FILE...  (of explain --layers) latency by kind of layer on the phone's processors at their highest step
The sweep is the name of the folder that a file is in. Writes CSV to stdout."""
import csv
import json
import sys
from pathlib import Path

KINDS = {"conv_first": "conv", "conv_kxk": "conv", "conv_1x1": "conv", "dwconv": "depthwise", "fc": "fc", "rc": "rc"}


def rank(target):
    """The order of the oracle: accuracy, then QoS, then energy."""
    return ("too inaccurate" in target["verdict"], "misses QoS" in target["verdict"], target["energy_mj"])


def supported(decision):
    return [t | t["without_waiting"] for t in decision["targets"] if t["supported"]]


def best_of_places(decision):
    best = {}
    for target in supported(decision):
        if target["place"] not in best or rank(target) < rank(best[target["place"]]):
            best[target["place"]] = target
    return best


def highest_step(decision, place):
    steps = [t for t in supported(decision) if t["place"] == place]
    return max(steps, key=lambda t: t["step"]) if steps else None


def costs(path, decision):
    cpu = highest_step(decision, "cpu/fp32")
    seen = decision["observation"]
    oracle = next(t["place"] for t in decision["targets"] if t["oracle"])
    for place, t in best_of_places(decision).items():
        yield {"sweep": path.parent.name, "phone": decision["device"], "network": decision["network"],
               "cpu_ratio": seen["cpu_ratio"], "memory_ratio": seen["memory_ratio"],
               "wifi_dbm": seen["rssi_dbm"].get("wifi", ""), "wifi_direct_dbm": seen["rssi_dbm"].get("wifi_direct", ""),
               "place": place, "target": t["target"], "latency_ms": t["latency_ms"], "energy_mj": t["energy_mj"],
               "latency_over_cpu": t["latency_ms"] / cpu["latency_ms"], "energy_over_cpu": t["energy_mj"] / cpu["energy_mj"],
               "accuracy_percent": t["accuracy_percent"], "verdict": t["verdict"], "best": int(place == oracle)}


def kinds(_, decision):
    for place in dict.fromkeys(t["place"] for t in decision["targets"] if t["site"] == "phone" and t["supported"]):
        sums = {}
        for layer in highest_step(decision, place)["layers"]:
            kind = KINDS.get(layer["kind"], "other")
            sums[kind] = sums.get(kind, 0) + layer["latency_ms"]
        for kind, ms in sums.items():
            yield {"phone": decision["device"], "network": decision["network"], "place": place, "kind": kind, "latency_ms": ms}


def main():
    rows_of, files = (kinds, sys.argv[2:]) if sys.argv[1:2] == ["--kinds"] else (costs, sys.argv[1:])
    writer = None
    for name in files:
        path = Path(name)
        for row in rows_of(path, json.loads(path.read_text(encoding="utf-8"))):
            if writer is None:
                writer = csv.DictWriter(sys.stdout, row, lineterminator="\n")
                writer.writeheader()
            writer.writerow({k: f"{v:.5g}" if isinstance(v, float) else v for k, v in row.items()})


if __name__ == "__main__":
    main()
