#!/usr/bin/env bash
# Sweeps and shards as a user meets them: plans, results, going on after a kill, a full disk or a signal,
# and everything that is refused.
source "$SOURCE_DIR/tests/support/cli.sh" || exit 1

cat >sweep.json <<'EOF'
{"name": "few", "scenarios": ["quickstart"], "policies": ["autoscale", "oracle"], "replications": 2,
 "set": {"/workload/0/inferences": 20, "/workload/1/inferences": 20, "/training/inferences_per_state": 5},
 "axes": [{"pointer": "/links/wifi/signal/constant_dbm", "name": "wifi_dbm", "list": [-55, -70, -85]},
          {"pointer": "/workload/1/qos_ms", "linspace": {"from": 50, "to": 200, "count": 100}}]}
EOF

# ---- plan and results --------------------------------------------------------------------------------

expect 0 sweep sweep.json --dry-run
says out "few: 300 points, 1200 runs" "wifi_dbm  /links/wifi/signal/constant_dbm: -55, -70, -85 (3 values)" \
  "qos_ms=50 of scenario quickstart" "and 295 more"
empty err
[[ ! -e plan.json ]] || fail "$last_command wrote something"
expect 0 sweep sweep.json --out whole --jobs 2
empty out; says err "300 points in whole: 1200 runs"
[[ $(wc -l <whole/results.csv) == 1201 && $(wc -l <whole/summary.csv) == 601 ]] || fail "rows are missing"
[[ $(wc -l <whole/results.jsonl) == 1200 && $(wc -l <whole/summary.jsonl) == 600 ]] || fail "lines are missing"
[[ $(ls whole) == "failures.csv"$'\n'"manifest.json"$'\n'"results.csv"$'\n'"results.jsonl"$'\n'"summary.csv"$'\n'"summary.jsonl" ]] ||
  fail "$last_command: unexpected files: $(ls whole)"
/usr/bin/python3 - <<'EOF' || fail "CSV and JSON Lines differ"
import csv, json
for name in ("results", "summary"):
    rows = list(csv.DictReader(open(f"whole/{name}.csv")))
    lines = [json.loads(line) for line in open(f"whole/{name}.jsonl")]
    assert len(rows) == len(lines) > 0
    for row, line in zip(rows, lines):
        assert list(row) == list(line)
        for key, text in row.items():
            value = line[key]
            assert text == ("" if value is None else value) or float(text) == value, (key, text, value)
EOF
# A point is what `run` says of its scenario.
expect 0 run quickstart --policy autoscale --policy oracle --replications 2 --format csv \
  --set /workload/0/inferences=20 --set /workload/1/inferences=20 --set /training/inferences_per_state=5 \
  --set /links/wifi/signal/constant_dbm=-70 --set /workload/1/qos_ms=200
grep ',all,' out >of_run
grep '^199,-70,200,' whole/results.csv | cut -d, -f4- >of_sweep
same of_run of_sweep

expect 0 --quiet sweep sweep.json --out one --jobs 1; empty err
diff -r whole one >/dev/null || fail "--jobs changes results"

expect 0 compare one whole
expect 0 compare one --baseline oracle
says out "quickstart [wifi_dbm=-55, qos_ms=50]"

# ---- shards -------------------------------------------------------------------------------------------

for i in 1 2 3; do expect 0 sweep sweep.json --out "shard$i" --shard "$i/3"; done
says err "shard 3 of 3, for \`merge\`"
expect 0 merge shard3 shard1 shard2 --out merged; says err "300 points of 3 shards in merged"
diff -r whole merged >/dev/null || fail "merged shards differ from one process"
expect 2 merge shard1 shard2 --out elsewhere; says err "shard 3/3 is missing"
expect 2 merge shard1 shard2 shard3 --out merged; says err '"merged" holds a results.csv already'
expect 2 merge whole shard1 --out elsewhere; says err "whole: is a finished sweep, not a shard"
for shard in 0/3 4/3 1 x/y 1/0; do
  expect 2 sweep sweep.json --out elsewhere --shard "$shard"
  says err "expected I/N with I from 1 to N, got \"$shard\""
done
expect 2 sweep sweep.json --out shard1 --shard 2/3 --resume; says err 'is 2/3, but "shard1" holds shard 1/3'

# ---- killed and resumed ---------------------------------------------------------------------------------

records() { grep -ac '^point ' "$1/journal" 2>/dev/null || echo 0; }
interrupt() { # SIGNAL FOLDER
  python3 - "$1" "$2" "$AUTOSCALE_SIM" <<'EOF'
import os, signal, subprocess, sys, time
name, folder, program = sys.argv[1:]
process = subprocess.Popen([program, "--quiet", "sweep", "sweep.json", "--out", folder, "--resume", "--jobs", "2"],
                           stderr=open("err", "w"))
journal = os.path.join(folder, "journal")
size = lambda: os.path.getsize(journal) if os.path.exists(journal) else 0
begin = size()
while process.poll() is None and size() <= begin + 2000:
    time.sleep(0.002)
process.send_signal(getattr(signal, name))
print(process.wait())
EOF
}
for round in 1 2 3 4; do
  code=$(interrupt SIGKILL killed)
  [[ $code == -9 ]] || fail "kill $round came too late: $code"
  truncate -s "-$((round * 37))" killed/journal
done
[[ ! -e killed/results.csv ]] || fail "half a result"
kept=$(records killed)
((kept > 0 && kept < 300)) || fail "the journal has $kept records"
expect 2 sweep sweep.json --out killed; says err '"killed" holds a sweep that is not finished' "--resume goes on"
code=$(interrupt SIGTERM killed)
[[ $code == 143 ]] || fail "SIGTERM: exit code $code"
grep -q "interrupted by SIGTERM: .* of 300 points are finished and kept in \"killed\"; --resume goes on" err ||
  fail "SIGTERM says: $(cat err)"
# Killed while results take their place: some have, others are left under temporary names.
echo "half" >killed/results.csv
echo "half" >killed/.autoscale-sim-4194305-0.tmp # more than process numbers reach
echo "of a living process" >killed/.autoscale-sim-$$-0.tmp
expect 0 sweep sweep.json --out killed --resume; says err "of 300 points are finished already"
rm killed/.autoscale-sim-$$-0.tmp || fail "a file that is being written was removed"
diff -r whole killed >/dev/null || fail "a resumed sweep differs from an uninterrupted one"
expect 0 sweep sweep.json --out killed --resume; says err "is finished already: 300 points"
expect 2 sweep sweep.json --out killed; says err '"killed" holds finished results'

# ---- what has changed -----------------------------------------------------------------------------------

expect 2 sweep sweep.json --out whole --resume --set /replications=3
says err "whole: is of another sweep; they differ in /replications"
cp "$SOURCE_DIR/scenarios/quickstart.json" own.json
sed 's/"quickstart"/"own.json"/' sweep.json >own_sweep.json
expect 0 --quiet sweep own_sweep.json --out changed --shard 1/2
sed -i 's/"inferences": 100/"inferences": 101/' own.json
expect 2 sweep own_sweep.json --out changed --shard 1/2 --resume; says err "own.json: has changed since the sweep began"
rm own.json
expect 2 sweep own_sweep.json --out changed --shard 1/2 --resume; says err 'there is no file "own.json"'
sed -i 's/"fnv1a64": "[0-9a-f]*"/"fnv1a64": "0000000000000000"/' shard1/plan.json
expect 2 sweep sweep.json --out shard1 --shard 1/3 --resume; says err "was begun by another program"

# ---- other refusals -------------------------------------------------------------------------------------

expect 2 sweep sweep.json; says err "--out: is required"
expect 2 sweep nothing --dry-run; says err 'there is no sweep "nothing"' "signal"
mkdir other && touch other/results.csv
expect 2 sweep sweep.json --out other; says err '"other" holds a results.csv of something else'
expect 2 sweep sweep.json --out bad --set /axes/0/list=[-55,5] ; says err "/axes/0: /links/wifi/signal/constant_dbm of scenario quickstart"
[[ ! -e bad/plan.json ]] || fail "a sweep with errors was begun"
python3 - "$AUTOSCALE_SIM" <<'EOF' || fail "two processes in one folder"
import fcntl, os, subprocess, sys
os.makedirs("taken")
lock = open("taken/.lock", "w")
fcntl.flock(lock, fcntl.LOCK_EX)
done = subprocess.run([sys.argv[1], "sweep", "sweep.json", "--out", "taken"], capture_output=True, text=True)
assert done.returncode == 2 and 'another process works in "taken"' in done.stderr, done
EOF

# ---- a full disk ------------------------------------------------------------------------------------------

mkdir full
if [[ $(id -u) == 0 ]] && mount -t tmpfs -o size=600k tmpfs full 2>/dev/null; then
  trap 'umount "$scratch/full"; rm -rf "$scratch"' EXIT
  expect 2 sweep sweep.json --out full/s; says err "No space left on device" "--resume goes on"
  mount -o remount,size=20m full
  expect 0 sweep sweep.json --out full/s --resume
  diff -r whole full/s >/dev/null || fail "a sweep that met a full disk differs"
else
  echo "full disk: skipped, cannot mount a small one"
fi
finish
