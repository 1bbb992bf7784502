#!/usr/bin/env bash
# A regression of 1 % in energy is caught, by a run, a sweep and a comparison; an unchanged program passes with another
# seed. The change is planted in the phone's profile: every power of its CPU, GPU, DSP and radios, 1 % up.
source "$SOURCE_DIR/tests/support/cli.sh" || exit 1
command -v python3 >/dev/null || exit 77

golden=$SOURCE_DIR/results/golden/sample.json
read -ra words <<<"$(sed -n 's/^sample *//p' "$SOURCE_DIR/results/golden/runs")"
mkdir planted; cp -r "$SOURCE_DIR"/{models,configs,scenarios,traces} planted
python3 - planted <<'PYTHON' || fail "the change"
import json, pathlib, sys

def scale(value, power=False):
    """Numbers in watts: those called w or something_w, and the figures of a peak_power."""
    if isinstance(value, dict):
        return {k: scale(v, power and k in ("paper", "measured", "value") or k in ("w", "peak_power") or k.endswith("_w") and not k.endswith("per_w"))
                for k, v in value.items()}
    if isinstance(value, list):
        return [scale(v, power) for v in value]
    return value * 1.01 if power and type(value) in (int, float) else value

root = pathlib.Path(sys.argv[1])
for file in [root / "models/devices/mi8pro.json", *(root / "configs/radios").glob("*.json")]:
    file.write_text(json.dumps(scale(json.loads(file.read_text()))))
PYTHON

expect 0 "${words[@]}" --expect "$golden" --gate equivalent --format csv
expect 0 "${words[@]}" --expect "$golden" --gate equivalent --seed 2 --format csv
says err "note: seeds 1 and 2" "figures are as in" "(gate equivalent)"
expect 0 "${words[@]}" --expect "$golden" --gate not_worse --seed 3 --format csv

expect 1 --data planted "${words[@]}" --expect "$golden" --gate equivalent --format csv --junit caught.xml
sed 's/  */ /g' err >squeezed
for policy in autoscale cpu_only cloud_only; do
  grep -qE "quickstart $policy all energy_mj_per_inference [0-9.]+ [0-9.]+ \+(1|1\.00|0\.99[0-9]*|1\.01) %.* moved" squeezed ||
    { fail "1 % more energy of $policy"; cat squeezed; }
done
grep -q latency squeezed && fail "latencies are what they were"
says caught.xml "<failure"
# With a new seed, too; a limit of 2 % lets it pass, as it says.
expect 1 --data planted "${words[@]}" --expect "$golden" --gate equivalent --seed 2 --format csv
expect 0 --data planted "${words[@]}" --expect "$golden" --gate not_worse --format csv

# A sweep against its own golden folder.
echo '{"name": "signal", "scenarios": ["quickstart"], "policies": ["cpu_only", "cloud_only"], "replications": 30,
  "axes": [{"pointer": "/links/wifi/signal/constant_dbm", "name": "wifi_dbm", "list": [-80, -55]}],
  "set": {"/workload/0/inferences": 1000, "/workload/1/inferences": 1000}}' >sweep.json
expect 0 sweep sweep.json --out golden
expect 0 sweep sweep.json --set /seed=2 --out other --expect golden --gate equivalent; says err "note: seeds 1 and 2" "(gate equivalent)"
expect 1 --data planted sweep sweep.json --out caught --expect golden --gate equivalent; says err "quickstart [wifi_dbm=-80]" "moved"
expect 0 compare golden other --gate equivalent
expect 1 compare golden caught --gate equivalent
finish
