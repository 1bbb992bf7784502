#!/usr/bin/env bash
# The small parts of scripts/reproduce, by hand.
source "$SOURCE_DIR/tests/support/cli.sh"
command -v python3 >/dev/null || exit 77
parts=$SOURCE_DIR/scripts/reproduction

# ---- options --------------------------------------------------------------------------------------
refuses() { # TEXT OPTION...
  local text=$1 code=0
  shift
  last_command="reproduce $*"
  "$SOURCE_DIR/scripts/reproduce" "$@" >out 2>err </dev/null || code=$?
  [[ $code == 2 ]] || fail "$last_command: exit code $code, not 2"
  empty out
  [[ $(wc -l <err) == 1 ]] || fail "$last_command: not one line on stderr"
  says err "$text"
}
refuses "unknown option '--quik'" --quik
refuses "--out needs a value" --out
refuses "--jobs: '0' is not a number of threads" --jobs 0
refuses "--only: '7' is not a list of experiments" --only 7
refuses "--only: '1,' is not a list" --only 1,
"$SOURCE_DIR/scripts/reproduce" --help >out || fail "--help"
says out "Usage: scripts/reproduce" "--quick" "--no-report"

# ---- convergence.awk ----------------------------------------------------------------------------------
# One learner is near the oracle from request 11 on: 14 of 20 in a row at request 24. The other never is.
{
  echo policy,network,replication,request,near_oracle
  for ((i = 1; i <= 40; ++i)); do echo "p,n,0,$((i - 1)),$((i > 10))"; done
  for ((i = 1; i <= 40; ++i)); do echo "p,n,1,$((i - 1)),0"; done
  for ((i = 1; i <= 40; ++i)); do echo "q,n,0,$((i - 1)),1"; done
} >learn.csv
awk -v phone=f -f "$parts/convergence.awk" learn.csv >out
last_command="convergence.awk"
says out "f,p,2,0.5,32,24,24,40,0.375" "f,q,1,0,20,20,20,20,1"

# ---- vary.py -----------------------------------------------------------------------------------------------
last_command="vary.py"
python3 "$parts/vary.py" "$SOURCE_DIR" "$scratch/data" 'models/devices/{mi8pro,moto_x_force}.json#/processors/cpu/peak_power/paper' x0.5 ||
  fail "vary.py"
python3 - "$SOURCE_DIR" "$scratch/data" <<'PYTHON' || fail "not just the figures asked for are changed"
import json, pathlib, sys
root, copy = map(pathlib.Path, sys.argv[1:])
for name in ("mi8pro", "moto_x_force", "galaxy_s10e"):
    before, after = (json.loads((r / f"models/devices/{name}.json").read_text()) for r in (root, copy))
    cpu = next(p for p in after["processors"] if p["kind"] == "cpu")["peak_power"]["paper"]
    was = next(p for p in before["processors"] if p["kind"] == "cpu")["peak_power"]["paper"]
    if name != "galaxy_s10e":
        assert cpu["value"] == was["value"] / 2, (name, cpu)
        cpu["value"] = was["value"]
    assert before == after, name
PYTHON
expect 0 --data "$scratch/data" run quickstart --policy cpu_only --replications 1 --format csv; cp out varied.csv
expect 0 run quickstart --policy cpu_only --replications 1 --format csv
cmp -s out varied.csv && fail "half the CPU's power changes nothing"
python3 "$parts/vary.py" "$SOURCE_DIR" "$scratch/none" 'models/devices/mi8pro.json#/processors/cpu/speed' x2 2>err && fail "nothing to vary, and no error"
says err "matches no assumed figure"
# Every assumed figure of the shipped data is varied, or said why not.
python3 "$parts/vary.py" --left-out "$SOURCE_DIR" "$SOURCE_DIR/configs/reproduction/sensitivity.tsv" >left.csv || fail "a figure is forgotten"
awk -F, 'NR > 1 && $3 == "" { exit 1 }' left.csv || fail "a figure is left out without a reason"
awk -F'\t' '!/^#/ && ($2 ~ /,|^"/ || NF != 6) { exit 1 }' "$SOURCE_DIR/configs/reproduction/sensitivity.tsv" || fail "a name that CSV would have to quote"
grep -v 'wan_rtt' "$SOURCE_DIR/configs/reproduction/sensitivity.tsv" >forgets.tsv
python3 "$parts/vary.py" --left-out "$SOURCE_DIR" forgets.tsv >out 2>err && fail "a list that forgets a figure passes"
says err "xeon_p100.json#/wan_rtt_ms"

# ---- joint.py ----
last_command="joint.py"
python3 "$parts/vary.py" "$SOURCE_DIR" "$scratch/two" 'models/devices/xeon_p100.json#/wan_rtt_ms' =10 'models/devices/*.json#/processors/*/noise_sigma_ratio' =0 ||
  fail "vary.py of two changes"
python3 -c 'import json, sys; d = json.load(open(sys.argv[1])); assert d["wan_rtt_ms"]["value"] == 10 and all(p["noise_sigma_ratio"]["value"] == 0 for p in d["processors"])' \
  "$scratch/two/models/devices/xeon_p100.json" || fail "two changes of one file"
printf '%s\n' $'\tfactor\tx0.5\tx2\tdata models/devices/*.json#/a\twhy' $'quick\tlevel\t-90\t-80\tset s4:/b/c\twhy' \
  $'\trate\t0.01\t1\tset /policy/rate=fixed /policy/r\twhy' $'\tother\t-\tqat\tset /recipe\twhy' $'\tfirst radio\tac\tn\tset /radio\twhy' \
  $'\tsecond radio\t-\tding\tset /radio\twhy' $'none\tunused\t\t\tdata x#/y\twhy' >list.tsv
for i in 1 2; do python3 "$parts/joint.py" draw list.tsv 8 changes$i points$i.csv || fail "joint.py draw"; done
same changes1 changes2; same points1.csv points2.csv
python3 - <<'PYTHON' || fail "the hypercube"
import collections, csv, math
rows = list(csv.DictReader(open("points1.csv")))
assert list(rows[0]) == ["point", "factor", "level", "rate", "other", "first radio"], rows[0]
def strata(column, low, high, scale):  # each eighth of the range is met once
    at = [(scale(float(r[column].lstrip("x"))) - scale(low)) / (scale(high) - scale(low)) for r in rows]
    assert sorted(int(8 * a) for a in at) == list(range(8)), (column, at)
strata("factor", 0.5, 2, math.log); strata("level", -90, -80, float); strata("rate", 0.01, 1, math.log)
assert collections.Counter(r["other"] for r in rows) == {"": 4, "qat": 4}
assert collections.Counter(r["first radio"] for r in rows) == {"": 2, "ac": 2, "n": 2, "ding": 2}
changes = [line.rstrip("\n").split("\t") for line in open("changes1")]
assert {tuple(c[1:3]) for c in changes} == {("data", "models/devices/*.json#/a"), ("set", "s4:/b/c"), ("set", "/policy/r"), ("set", "/recipe"), ("set", "/radio")}
assert len(changes) == 3 * 8 + 4 + 6
PYTHON
python3 - <<'PYTHON'
import csv
points = {r["point"]: r for r in csv.DictReader(open("points1.csv"))}
with open("joint.csv", "w") as file:
    file.write("point,metric,baseline_policy,policy,mean,geometric_mean,arithmetic_mean\n")
    for baseline in ("cpu_only", "cloud_only"):
        for policy in ("autoscale", "oracle"):
            for p, r in points.items():  # falls with the level, whatever else
                value = -float(r["level"]) / 85
                file.write(f"{p},inferences_per_joule,{baseline},{policy},,{value},{2 * value}\n")
PYTHON
python3 "$parts/joint.py" summarise joint.csv points1.csv summary.csv ranks.csv || fail "joint.py summarise"
says ranks.csv "cpu_only,level,-1.000"
python3 - <<'PYTHON' || fail "the summary"
import csv
row = next(r for r in csv.DictReader(open("summary.csv")) if (r["policy"], r["average"]) == ("autoscale", "geometric_mean"))
values = sorted(float(r["geometric_mean"]) for r in csv.DictReader(open("joint.csv")))[::4]
assert row["points"] == "8" and abs(float(row["median"]) - (values[3] + values[4]) / 2) < 1e-3, row
assert float(row["share_above_1"]) == sum(v > 1 for v in values) / 8
PYTHON

# ---- confusion.py --------------------------------------------------------------------------------------------
last_command="confusion.py"
summary() { # ORACLE'S PLACES
  echo '{"device": "d", "policies": [{"name": "oracle", "networks": {"n": {"places": '"$1"'}}},
    {"name": "p", "networks": {"n": {"places": {"edge:dsp/int8": 0.25, "cpu/int8": 0.5, "cpu/fp32": 0.25}}}}]}'
}
summary '{"cloud:gpu/fp32": 1.0}' >s.json
python3 "$parts/confusion.py" s.json s.json >out || fail "confusion.py"
says out "d,p,cloud,tablet,0.5" "d,p,cloud,cpu,1.5" "d,oracle,cloud,cloud,2"
summary '{"cloud:gpu/fp32": 0.5, "cpu/int8": 0.5}' >s.json
python3 "$parts/confusion.py" s.json 2>err && fail "an oracle that changes its mind passes"
says err "the environment changes"

# ---- golden.py ---------------------------------------------------------------------------------------------------
last_command="golden.py"
cp -r "$SOURCE_DIR/results/reproduction/quick" golden
python3 "$parts/golden.py" golden golden >out || fail "golden tables differ from themselves"
cp -r golden moved
awk -F, -v OFS=, 'NR == 2 { $NF = 1.03 * $NF + 0.01 } 1' golden/samples.csv >moved/samples.csv
python3 "$parts/golden.py" moved golden >out && fail "3 % pass"
says out "1 of "
sed 2d golden/samples.csv >moved/samples.csv
python3 "$parts/golden.py" moved golden >out && fail "a missing row passes"
says out "the row is missing"
finish
