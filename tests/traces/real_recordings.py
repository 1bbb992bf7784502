"""Usage: real_recordings.py DATA: compares FORMAT_NAME.json (statistics that import printed, in the current folder)
with the tables of DATA/README.md and DATA/stats.json, and, for the UCC logs, of which the README only has totals over
more files than are there, with its own reading of each file."""
import csv, datetime, glob, json, os, re, sys

data = sys.argv[1]
published = json.load(open(os.path.join(data, "stats.json")))
failures = 0
checks = 0


def check(what, got, wanted, tolerance):
    global failures, checks
    checks += 1
    if got is None or wanted is None or abs(got - wanted) > tolerance:
        failures += 1
        print(f"{what}: {got}, expected {wanted} +- {tolerance}")


def imported(name):
    return json.load(open(name))


def half(text):  # half a unit of the last digit, and what rounding from stats.json, not from the data, adds
    return 0.55 * 10 ** -len(text.partition(".")[2])


def table_rows(heading):
    """Rows of the README's table whose header line begins with `heading`."""
    lines = open(os.path.join(data, "README.md"), encoding="utf-8").read().splitlines()
    start = next(i for i, l in enumerate(lines) if l.startswith(heading)) + 2
    for line in lines[start:]:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip("|").split("|")]


def check_text(what, got, text, factor=1.0):
    check(what, got * factor, float(text), half(text))


# README tables
for row in table_rows("| pair | band"):
    r = imported(f"feup_{row[0]}.json")
    level, weak, goodput = r["columns"]["rssi_dbm"], r["weak"], r["columns"]["downlink_mbps"]
    for what, got, text in zip(
            ("mean", "sd"), (level["mean"], level["sd"]), row[2].split(", ")):
        check_text(f"feup {row[0]} {what}", got, text)
    check_text(f"feup {row[0]} lag1", level["lag1"], row[3])
    for what, got, text in zip(("throughput", "median"), (goodput["mean"], goodput["q50"]), row[4].split(" / ")):
        check_text(f"feup {row[0]} {what}", got, text)
    check_text(f"feup {row[0]} silent", (level["gaps"] - 1) / (r["samples"] - 1), row[5])  # 1: between its two runs
    for key, text in zip(("share_weak", "p_regular_to_weak", "p_weak_to_regular"), row[6:9]):
        check_text(f"feup {row[0]} {key}", weak[key], text)
    for key, text in zip(("dwell_regular_s", "dwell_weak_s"), row[9].split(" / ")):
        check_text(f"feup {row[0]} {key}", weak[key], text)

for row in table_rows("| policy, site"):
    policy, site = row[0].split(", ")
    r = imported(f"indoor_{'assoc' if policy == 'associated' else 'first_ap'}_site{site}.json")
    level, weak = r["columns"]["rssi_dbm"], r["weak"]
    numbers = re.fullmatch(r"(\S+), (\S+) \((\S+), (\S+)\)", row[1]).groups()
    for key, text in zip(("mean", "sd", "q05", "q95"), numbers):
        check_text(f"indoor {row[0]} {key}", level[key], text)
    check_text(f"indoor {row[0]} lag1", level["lag1"], row[2])
    for key, text in zip(("share_weak", "p_regular_to_weak", "p_weak_to_regular"), row[3:6]):
        check_text(f"indoor {row[0]} {key}", weak[key], text)

for row in table_rows("| file | s | mean"):
    name, direction = row[0].rsplit(".", 1)
    if not os.path.exists(f"mahimahi_{name}_1000.json"):
        continue  # the README lists recordings that are not stored
    column = "uplink_mbps" if direction == "up" else "downlink_mbps"
    second = imported(f"mahimahi_{name}_1000.json")["columns"][column]
    check_text(f"mahimahi {row[0]} s", second["known"], row[1])
    for key, text in zip(("mean", "sd", "q05", "q50", "q95"), row[2:7]):
        check_text(f"mahimahi {row[0]} {key}", second[key], text)
    lag_1s, lag_100ms = row[7].split(" / ")
    check_text(f"mahimahi {row[0]} lag1 1 s", second["lag1"], "0" + lag_1s)
    tenth = imported(f"mahimahi_{name}_100.json")["columns"][column]
    check_text(f"mahimahi {row[0]} lag1 100 ms", tenth["lag1"], "0" + lag_100ms)

# CPU load: the README has some means in its text, stats.json all of it
for path in sorted(glob.glob("wipe_*.json")):
    name = path[len("wipe_"):]
    got = imported(path)["columns"]["cpu_ratio"]
    wanted = published["wipe_cpu_load"].get(name)
    if wanted is None:
        rows = json.load(open(os.path.join(data, "wipe_cpu_load", name)))["windowedLoad"]
        check(f"wipe {name} mean", got["mean"], sum(sum(r[1:5]) for r in rows) / len(rows) / 400, 1e-9)
        continue
    for key in ("mean", "sd", "q05", "q50", "q95"):
        check(f"wipe {name} {key}", 100 * got[key], wanted["util4_pct"][key], 0.000501)
    check(f"wipe {name} lag1", got["lag1"], wanted["lag1_10ms"], 0.0000501)


# UCC: an independent reading, second by second
def number(text):
    try:
        return float(text)
    except ValueError:
        return None


def course(path):
    """[(second, RSRP, downlink Mbit/s)] of LTE seconds, with None between what is not one course."""
    seconds = {}
    for row in csv.DictReader(open(path)):
        at = datetime.datetime.strptime(row["Timestamp"], "%Y.%m.%d_%H.%M.%S")
        seconds.setdefault((at - datetime.datetime(2000, 1, 1)).total_seconds(), []).append(row)
    result, before = [], None
    for at, rows in sorted(seconds.items()):
        last = rows[-1]
        if last["NetworkMode"] != "LTE":
            before = None
            continue
        if before is None or at - before > 2:
            result.append(None)
        before = at
        rates = [number(r["DL_bitrate"]) for r in rows if number(r["DL_bitrate"]) is not None]
        rate = sum(rates) / len(rates) / 1000 if rates and last["State"] == "D" else None
        level = number(last["RSRP"])
        result.append((at, level if level != -200 else None, rate))
    return result


def mean(x):
    return sum(x) / len(x)


def correlation(pairs):
    a, b = [p[0] for p in pairs], [p[1] for p in pairs]
    ma, mb = mean(a), mean(b)
    return (mean([(x - ma) * (y - mb) for x, y in pairs])
            / (mean([(x - ma) ** 2 for x in a]) * mean([(y - mb) ** 2 for y in b])) ** 0.5)


def check_column(what, got, samples, place):
    known = [s[place] for s in samples if s is not None and s[place] is not None]
    pairs = [(a[place], b[place]) for a, b in zip(samples, samples[1:])
             if a and b and a[place] is not None and b[place] is not None]
    check(f"{what} known", got["known"], len(known), 0)
    check(f"{what} mean", got["mean"], mean(known), 1e-9)
    check(f"{what} sd", got["sd"], mean([(x - mean(known)) ** 2 for x in known]) ** 0.5, 1e-9)
    check(f"{what} lag1", got["lag1"], correlation(pairs), 1e-9)
    return known, pairs


for path in sorted(glob.glob("ucc_*.json")):
    name = path[len("ucc_"):-len(".json")]
    got = imported(path)
    samples = course(os.path.join(data, "ucc_5g_4g/Download_Driving", name + ".csv"))
    known, pairs = check_column(f"ucc {name} RSRP", got["columns"]["rsrp_dbm"], samples, 1)
    check_column(f"ucc {name} downlink", got["columns"]["downlink_mbps"], samples, 2)
    check(f"ucc {name} weak", got["weak"]["share_weak"], mean([x < -100 for x in known]), 1e-9)
    from_weak = [b >= -100 for a, b in pairs if a < -100]
    from_regular = [b < -100 for a, b in pairs if a >= -100]
    if from_weak:
        check(f"ucc {name} p(w->r)", got["weak"]["p_weak_to_regular"], mean(from_weak), 1e-9)
    if from_regular:
        check(f"ucc {name} p(r->w)", got["weak"]["p_regular_to_weak"], mean(from_regular), 1e-9)

print(f"{checks} figures compared, {failures} differ")
sys.exit(1 if failures or checks < 200 else 0)
