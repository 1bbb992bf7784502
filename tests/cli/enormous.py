"""Runs AUTOSCALE_SIM over enormous files of the current folder, which it writes, and holds results to its own arithmetic.

Peak memory is that of the child (wait4), less what the program takes for a small trace. A program that checks its
memory itself (AddressSanitizer) keeps more; there only results are held.
"""

import itertools
import json
import math
import os
import pathlib
import random

SAMPLES = 2_000_000
BLOCK = 20_000
STEP_MS = 10
HEADER = "time_ms,rssi_dbm,downlink_mbps\n"
BYTES_PER_SAMPLE = {"import": 80, "fit ar1": 80, "fit markov": 128}  # two columns; docs/traces.md
REFUSAL_BYTES = 256 << 20
failures = []
instrumented = b"__asan_init" in pathlib.Path(os.environ["AUTOSCALE_SIM"]).read_bytes()


def check(condition, what):
    if not condition:
        failures.append(what)


def run(*arguments):
    """Exit code, standard output, standard error, peak memory in bytes."""
    with open("out", "wb") as out, open("err", "wb") as err:
        actions = [(os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, err.fileno(), 2)]
        pid = os.posix_spawn(os.environ["AUTOSCALE_SIM"], ["autoscale-sim", *arguments], os.environ,
                             file_actions=actions)
        _, status, usage = os.wait4(pid, 0)
    texts = (pathlib.Path(name).read_text(encoding="utf-8", errors="replace") for name in ("out", "err"))
    return (os.waitstatus_to_exitcode(status), *texts, usage.ru_maxrss * 1024)


def near(got, wanted, what, tolerance=1e-9):
    check(got is not None and abs(got - wanted) <= tolerance * max(1.0, abs(wanted)), f"{what}: {got}, not {wanted}")


def block():
    """An AR(1) level in 0.01 dB with gaps, a goodput in 0.001 Mbit/s beside it, as whole numbers."""
    rng = random.Random(7)
    level, goodput = [], []
    x = 0.0
    for k in range(BLOCK):
        x = 0.95 * x + rng.random() - 0.5
        level.append(round(-6500 + 800 * x) if k % 1000 != 999 else None)
        goodput.append(round(30000 + 5000 * x))
    return level, goodput


def write(level, goodput):
    """The block over and over, numbers in their shortest form."""
    ends = [f",{'' if a is None else f'{a / 100:.10g}'},{b / 1000:.10g}\n" for a, b in zip(level, goodput)]
    with open("big.csv", "w", encoding="utf-8") as file:
        file.write(HEADER)
        for start in range(0, SAMPLES, BLOCK):
            file.writelines(f"{(start + k) * STEP_MS}{end}" for k, end in enumerate(ends))
    with open("big.csv", encoding="utf-8") as big, open("small.csv", "w", encoding="utf-8") as small:
        small.writelines(big.readline() for _ in range(2000))


def statistics(values, scale):
    """Mean, sd, median and lag 1 of the repeated block of whole numbers, exact but for the last division."""
    times = SAMPLES // BLOCK
    known = [v for v in values if v is not None]
    n, total, squares = len(known) * times, sum(known) * times, sum(v * v for v in known) * times
    middle = sorted(known)[(len(known) - 1) // 2:len(known) // 2 + 1]  # repeated, it stays in the middle
    pairs = [(a, b) for a, b in zip(values, values[1:]) if a is not None and b is not None]
    seam = (values[-1], values[0])
    seams = 0 if None in seam else times - 1

    def over_pairs(f):
        return times * sum(f(a, b) for a, b in pairs) + (seams * f(*seam) if seams else 0)

    m, a1, b1 = over_pairs(lambda a, b: 1), over_pairs(lambda a, b: a), over_pairs(lambda a, b: b)
    covariance = m * over_pairs(lambda a, b: a * b) - a1 * b1
    spread = (m * over_pairs(lambda a, b: a * a) - a1 * a1) * (m * over_pairs(lambda a, b: b * b) - b1 * b1)
    return {"known": n, "gaps": (len(values) - len(known)) * times, "mean": total / n / scale,
            "sd": math.sqrt(n * squares - total * total) / n / scale, "q50": sum(middle) / len(middle) / scale,
            "lag1": covariance / math.sqrt(spread)}


def within(memory, small, what):
    bytes_per_sample = (memory - small) / SAMPLES
    print(f"{what}: {bytes_per_sample:.0f} bytes a sample")
    check(instrumented or 24 <= bytes_per_sample <= BYTES_PER_SAMPLE[what], f"{what}: {bytes_per_sample:.0f} bytes a sample")


def hold_two_million():
    level, goodput = block()
    write(level, goodput)
    wanted = {"rssi_dbm": statistics(level, 100), "downlink_mbps": statistics(goodput, 1000)}
    columns = "time_ms=time_ms,rssi_dbm=rssi_dbm,downlink_mbps=downlink_mbps"
    code, _, err, small = run("import", "csv", "small.csv", "--map", columns, "--out", "small_again.csv")
    check(code == 0, f"import of the small trace: {err}")

    code, out, err, memory = run("import", "csv", "big.csv", "--map", columns, "--out", "again.csv", "--format", "json")
    check(code == 0, f"import: exit code {code}: {err}")
    within(memory, small, "import")
    got = json.loads(out)
    check(got["samples"] == SAMPLES and got["step_ms"] == STEP_MS, f"import: {got['samples']} of {got['step_ms']} ms")
    near(got["duration_s"], SAMPLES * STEP_MS / 1000, "duration")
    for column, figures in wanted.items():
        for name, value in figures.items():
            near(got["columns"][column][name], value, f"import: {column} {name}")
    with open("big.csv", "rb") as big, open("again.csv", "rb") as again:
        check(again.readline().startswith(b"# Imported"), "the first line says where it is from")
        same = all(a == b for a, b in itertools.zip_longest(*(iter(lambda f=f: f.read(1 << 20), b"") for f in (big, again))))
        check(same, "what was written is not what was read")

    for model in ("ar1", "markov"):
        code, out, err, memory = run("fit", "big.csv", "--model", model, "--format", "json")
        check(code == 0, f"fit {model}: exit code {code}: {err}")
        within(memory, small, f"fit {model}")
        if model == "ar1" and code == 0:
            fitted = json.loads(out)["columns"]["rssi_dbm"]["ar1"]
            near(fitted["mean"], wanted["rssi_dbm"]["mean"], "fitted mean", 1e-6)
            near(fitted["sd"], wanted["rssi_dbm"]["sd"], "fitted sd", 1e-6)
            near(fitted["lag1"], wanted["rssi_dbm"]["lag1"], "fitted lag1", 5e-5)
    for name in ("big.csv", "again.csv"):
        os.remove(name)


def hold_refusals():
    """Files that are no trace: (name, how it is written, what is said of it)."""

    def repeated(name, start, part, times):
        with open(name, "w", encoding="utf-8") as file:
            file.write(start)
            for _ in range(times // 100_000):
                file.write(part * 100_000)

    too_long = "line 1: is longer than 65536 bytes"
    for name, start, part, times, of_csv, of_json in [
            ("line", "", "x", 100_000_000, too_long, "is larger than 64 MiB"),
            ("wide", "time_ms", ",a", 10_000_000, too_long, "invalid literal"),
            ("newlines", "", "\n", 10_000_000, None, "is empty"),
            ("digits", "1", "0", 10_000_000, too_long, "too large")]:
        repeated(f"{name}.up", start, part, times)
        file = f"{name}.up"
        for arguments, message in [
                (("fit", file, "--model", "ar1"), of_csv or "has no header line"),
                (("import", "ucc", file, "--out", "t.csv"), of_csv or "is empty"),
                (("import", "feup-wifi", file, "--pair", "a->b", "--out", "t.csv"), of_csv or "is empty"),
                (("import", "csv", file, "--map", "time_ms=t,rssi_dbm=l", "--out", "t.csv"), of_csv or "is empty"),
                (("import", "mahimahi", name, "--level-dbm", "-90", "--out", "t.csv"), of_csv or "fill no window"),
                (("import", "wipe-load", file, "--memory-ratio", "0", "--out", "t.csv"), of_json),
                (("generate", file, "--duration-s", "1", "--out", "t.csv"), of_json)]:
            if arguments[0] == "fit":  # a trace is named by its ending
                os.symlink(file, f"{name}.csv")
                arguments = ("fit", f"{name}.csv", "--model", "ar1")
            code, out, err, memory = run(*arguments)
            what = f"{name}: {' '.join(arguments[:3])}"
            check(code == 2 and out == "" and message in err, f"{what}: exit code {code}, {err[:300]}")
            check(len(err) < 2000, f"{what}: a message of {len(err)} bytes")
            check(instrumented or memory < REFUSAL_BYTES, f"{what}: {memory >> 20} MiB")
        os.remove(file)


hold_two_million()
hold_refusals()
print("\n".join(failures))
raise SystemExit(1 if failures else 0)
