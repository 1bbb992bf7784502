"""Holds the schemas of traces and of their models against files that ship, broken ones, and every set of columns.

Usage: trace_schema.py SOURCE_DIR SCHEMA_DIR, where SCHEMA_DIR holds trace.json and trace_model.json as the program
prints them. AUTOSCALE_SIM is the program.
"""

import copy
import csv
import itertools
import json
import os
import pathlib
import subprocess
import sys

import jsonschema

source, schemas = (pathlib.Path(argument) for argument in sys.argv[1:])
failures = []


def check(condition, what):
    if not condition:
        failures.append(what)


def validator(name):
    schema = json.loads((schemas / f"{name}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def cell(text):
    if text == "":
        return None
    try:
        return float(text)
    except ValueError:
        return text


def columns_of(lines):
    """The columns of a CSV file by name, as lists."""
    rows = list(csv.reader(line for line in lines if not line.startswith("#")))
    header = rows[0] if rows else []
    return {name: [cell(row[i]) for row in rows[1:]] for i, name in enumerate(header)}


def program_reads(name, text):
    """Whether the program takes the file for a trace: what it says about it is on standard error."""
    file = pathlib.Path(name)
    file.write_text(text)
    run = subprocess.run([os.environ["AUTOSCALE_SIM"], "fit", str(file), "--model", "gaussian"],
                         capture_output=True, text=True, check=False)
    check(run.returncode in (0, 2), f"{name}: exit code {run.returncode}")
    return run.returncode == 0


trace = validator("trace")
shipped = sorted((source / "traces").glob("*.csv"))
for file in shipped:
    columns = columns_of(file.read_text(encoding="utf-8").splitlines())
    check(len(columns) >= 2 and len(columns["time_ms"]) >= 1000, f"{file}: read by Python")
    for error in trace.iter_errors(columns):
        failures.append(f"{file} ships, but its schema refuses it: {error.message[:200]}")

# Every set of columns, in a file without any other fault.
VALUES = {"rssi_dbm": -60, "rsrp_dbm": -90, "uplink_mbps": 20, "downlink_mbps": 30, "cpu_ratio": 0.3,
          "memory_ratio": 0.1}
check(set(trace.schema["properties"]) == {"time_ms", *VALUES}, "the schema's columns")
accepted = 0
for size in range(len(VALUES) + 1):
    for names in itertools.combinations(VALUES, size):
        rows = [",".join(("time_ms",) + names)]
        for k in range(120):
            rows.append(",".join([str(10 * k)] + [f"{VALUES[n] * (1 + 0.1 * (k % 3)):.4g}" for n in names]))
        valid = trace.is_valid(columns_of(rows))
        accepted += valid
        if valid != program_reads("set.csv", "\n".join(rows) + "\n"):
            failures.append(f"columns {names}: the schema says {valid}, the program the opposite")
check(accepted == 4 + 4 + 1, f"{accepted} sets of columns are accepted: a level and any goodput, or a load")

# Faults that a schema can see, and that the program reports.
GOOD = "time_ms,rssi_dbm,downlink_mbps\n0,-60,20\n10,,0\n20.5,-61.5,31\n" + "".join(
    f"{k * 10},-{60 + k % 3},20\n" for k in range(3, 120))
BROKEN = {
    "a level above the bound": ("-60,20", "0.5,20"),
    "a level below the bound": ("-60,20", "-151,20"),
    "a negative goodput": ("-60,20", "-60,-1"),
    "a goodput beyond the bound": ("-60,20", "-60,1000001"),
    "a word": ("-60,20", "loud,20"),
    "an unknown column": ("downlink_mbps", "downlink_kbps"),
    "no time": ("time_ms", "time_s"),
    "a first time that is not 0": ("\n0,", "\n5,"),
    "a time twice": ("20.5,", "10,"),
    "a negative time": ("\n0,", "\n-1,"),
    "a time beyond the bound": ("\n1190,", "\n1e12,"),
    "a time that is a gap": ("20.5,", ","),
    "a load beside the signal": ("downlink_mbps", "cpu_ratio"),
}
check(trace.is_valid(columns_of(GOOD.splitlines())), "the good trace is refused by the schema")
check(program_reads("good.csv", GOOD), "the good trace is refused by the program")
for name, (old, new) in BROKEN.items():
    broken = GOOD.replace(old, new, 1)
    check(broken != GOOD, f"{name}: nothing was broken")
    check(not trace.is_valid(columns_of(broken.splitlines())), f"{name} is accepted by the schema")
    check(not program_reads("broken.csv", broken), f"{name} is accepted by the program")
for name, text in {"an empty file": "", "a header without rows": "time_ms,rssi_dbm\n"}.items():
    check(not trace.is_valid(columns_of(text.splitlines())), f"{name} is accepted by the schema")
    check(not program_reads("broken.csv", text), f"{name} is accepted by the program")

# Models
model = validator("trace_model")
models = sorted((source / "traces/models").glob("*.json"))
for file in models:
    for error in model.iter_errors(json.loads(file.read_text(encoding="utf-8"))):
        failures.append(f"{file} ships, but its schema refuses it: {error.message[:200]}")
WALK = {"step_ms": 1000, "columns": {"$comment": "a walk", "rssi_dbm": {"ar1": {"mean": -60, "sd": 6, "lag1": 0.9}}}}
check(model.is_valid(WALK), "a hand-written model is refused")
OVER_LEVEL = {"level_dbm": [-80, -50], "mean_mbps": [1, 40], "spread": 0.5, "lag1": 0.5, "max_mbps": 60}
check(model.is_valid({**WALK, "columns": {**WALK["columns"], "uplink_mbps": {"over_level": OVER_LEVEL}}}),
      "a goodput over the level is refused")
CHANGES = {
    "an unknown column": lambda m: m["columns"].update(rssi=m["columns"]["rssi_dbm"]),
    "an unknown model": lambda m: m["columns"]["rssi_dbm"].update(normal={}),
    "two models of one column": lambda m: m["columns"]["rssi_dbm"].update(gaussian={"mean": 1, "sd": 1}),
    "a level over the level": lambda m: m["columns"].update(rssi_dbm={"over_level": OVER_LEVEL}),
    "half a load": lambda m: m.update(columns={"cpu_ratio": {"gaussian": {"mean": 0, "sd": 0}}}),
    "a load beside the signal": lambda m: m["columns"].update(cpu_ratio={"gaussian": {"mean": 0, "sd": 0}}),
    "no level": lambda m: m["columns"].pop("rssi_dbm"),
    "a negative sd": lambda m: m["columns"]["rssi_dbm"]["ar1"].update(sd=-1),
    "no step": lambda m: m.pop("step_ms"),
    "a step of 0": lambda m: m.update(step_ms=0),
    "no columns": lambda m: m.pop("columns"),
    "an unknown key": lambda m: m.update(seed=1),
}
for name, change in CHANGES.items():
    broken = copy.deepcopy(WALK)
    change(broken)
    check(not model.is_valid(broken), f"{name} is accepted by the schema of models")
    pathlib.Path("broken.json").write_text(json.dumps(broken))
    run = subprocess.run([os.environ["AUTOSCALE_SIM"], "generate", "broken.json", "--duration-s", "9", "--out", "g.csv"],
                         capture_output=True, check=False)
    check(run.returncode == 2, f"{name} is accepted by the program, or it failed: {run.returncode}")

print(f"{len(shipped)} traces and {len(models)} models valid, {accepted} of 64 sets of columns accepted")
print("\n".join(failures), file=sys.stderr)
sys.exit(1 if failures or len(shipped) < 5 or len(models) < 5 else 0)
