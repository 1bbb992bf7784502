"""Names, units and directions of metrics and of a sweep's axes, for the plot_*.py scripts.

Units are in the names, as everywhere in the project. What names do not say stands here, and
tests/plots/units.sh holds it against `autoscale-sim list metrics`."""
from typing import NamedTuple

WORDS = {"mj": "mJ", "j": "J", "ms": "ms", "s": "s", "dbm": "dBm", "mbps": "Mbit/s", "mhz": "MHz", "hz": "Hz", "w": "W",
         "mw": "mW", "wh": "Wh", "c": "°C", "hours": "h", "bytes": "B", "percent": "%", "ratio": "ratio"}
SHARES = {"qos_violation_ratio": "QoS violations", "accuracy_violation_ratio": "accuracy violations",
          "oracle_match_ratio": "same target as the oracle", "near_oracle_ratio": "near-oracle decisions"}
NAMED = {"inferences_per_joule": ("inferences per joule", "1/J"),
         "oracle_energy_ratio": ("energy / oracle's energy", "ratio"),
         "accuracy_percent": ("mean accuracy", "%"),
         "policy_bytes": ("memory of the policy", "B"),
         "battery_hours": ("battery life", "h"),
         "battery_percent": ("battery used", "%")}
COUNTS = ("inferences", "dropped", "failed_offloads", "handovers", "throttled")
HIGHER = ("inferences_per_joule", "accuracy_percent", "oracle_match_ratio", "near_oracle_ratio", "battery_hours")
NEITHER = ("inferences", "handovers", "edge_energy_mj", "cloud_energy_mj")


class Quantity(NamedTuple):
    """What an axis shows: `scale` times the value of the file, in `unit` ("" where the name tells none)."""
    label: str
    unit: str
    scale: float

    @property
    def text(self):
        return f"{self.label} ({self.unit})" if self.unit else self.label


def by_words(name):
    """energy_mj_per_inference -> energy per inference (mJ)."""
    words = name.split("_")
    for i in range(len(words) - 1, 0, -1):  # the first word is never the unit
        if words[i] in WORDS:
            return Quantity(" ".join(words[:i] + words[i + 1:]), WORDS[words[i]], 1)
    return Quantity(" ".join(words), "", 1)


def axis(name):
    return by_words(name)


def metric(name):
    if name in SHARES:
        return Quantity(SHARES[name], "% of requests", 100)
    if name in NAMED:
        return Quantity(*NAMED[name], 1)
    if name in COUNTS:
        return Quantity(name.replace("_", " "), "count", 1)
    return by_words(name)


def is_share(name):
    return name in SHARES


def better(name):
    """"lower", "higher" or "neither"."""
    parts = name.startswith("energy_") and name.endswith("_mj")  # of the energy: more of one is less of another
    return "higher" if name in HIGHER else "neither" if name in NEITHER or parts else "lower"
