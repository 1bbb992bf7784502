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
