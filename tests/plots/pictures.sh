#!/usr/bin/env bash
# Every plot of a small run, in every format, with units as text in the SVG.
source "$SOURCE_DIR/tests/support/plots.sh"

expect 0 run quickstart --replications 2 --out r/strong --requests r/requests.csv --timeline r/t.json --timeline-requests 8
expect 0 run quickstart --replications 1 --set /links/wifi/signal/constant_dbm=-85 --out r/weak

draws plot_policies "inference (mJ)|QoS violations|(% of requests)|cloud_only|mobilenet_v3|all networks" r/strong
draws plot_policies "inference (mJ)|strong|weak" r/strong r/weak/summary.csv --network inception_v3
draws plot_latency "latency (ms)|QoS limit|95th percentile|miss %" r/requests.csv --results r/strong
draws plot_latency "latency (ms)|inception_v3|My title" r/requests.csv --qos 50 --network inception_v3 --policy oracle --title "My title"
draws plot_timeline "time (ms)|power (W)|signal (dBm)|phone gpu|dispatch" r/t.json
draws plot_timeline "wifi up|radio tail|send|cloud cpu" r/t.json --policy cloud_only --from 60 --to 200
expect 0 run paper/s2 --policy cpu_only --replications 1 --timeline r/load.json --timeline-requests 2
draws plot_timeline "co-runner (%)|memory|phone cpu" r/load.json
expect 0 explain quickstart --request 5 --format json --layers; mv out r/decision.json
draws plot_layers "latency (ms)|energy of the phone (mJ)|latency of each layer (ms)|energy of the phone while the layer runs (mJ)|conv0|dsp/int8" r/decision.json
draws plot_layers "cloud:cpu/fp32" r/decision.json --target cloud:cpu/fp32
expect 0 run learning --online --replications 3 --requests r/learning.csv
draws plot_learning "energy / oracle's energy|(ratio)|(% of requests)|requests seen, of each network (count)|autoscale_paper" r/learning.csv
draws plot_learning "one replication|requests seen" r/learning.csv --network mobilebert --window 50 --policy autoscale --title "one replication"

plot 0 plot_learning r/learning.csv --network mobilebert --window 50 --policy autoscale --title "one replication" --out again.png --out again.pdf
same p.png again.png
same p.pdf again.pdf

expect 0 run adaptation/step --replications 2 --requests r/step.csv
draws plot_adaptation "time (s)|reward|near-oracle|energy over the|Wi-Fi Direct|autoscale_online|tablet|phone CPU" r/step.csv --policy autoscale_online --policy autoscale_uniform --step 60
plot 0 plot_adaptation r/step.csv --bin 6 --step 60 --step 120 --step 180 --step 240 --table t.csv --recovery t2.csv --out p.png
[[ $(head -1 t.csv) == policy,from_s,to_s,requests,reward,* ]] || fail "header of --table"
[[ $(grep -c ^autoscale_frozen, t.csv) == $(grep -c ^oracle, t.csv) ]] || fail "bins differ between policies"
# By hand: the frozen learner follows the steps that its state shows, and not the hidden one.
[[ $(grep ^autoscale_frozen t2.csv | cut -d, -f2,3,5 | tr '\n' ' ') == "60,0,1 120,0,1 180,never,0 240,0,1 " ]] || { fail "recovery"; cat t2.csv; }
[[ $(awk -F, '$1 == "oracle" && $6 != 0' t.csv) == "" ]] || fail "the oracle has regret"

# A file and its QoS lie in one folder; a workload that comes twice; a dropped request has no latency.
expect 0 run quickstart --set /workload/1/network=mobilenet_v3 --set /workload/1/qos_ms=9 --replications 1 --out twice --requests twice/requests.csv
draws plot_latency "mobilenet_v3#2" twice/requests.csv
expect 0 run paper/streaming --replications 1 --policy cpu_only --policy random --out camera --requests camera/requests.csv
grep -q ',,cpu' camera/requests.csv || fail "no request was dropped"
draws plot_latency "latency (ms)" camera/requests.csv

# Resolution, and paths without idle digits.
plot 0 plot_policies r/strong --dpi 100 --out small.png --out small.svg; plot 0 plot_policies r/strong --out large.png
"$python" - <<'PY' || fail "--dpi, or digits of paths"
import re, struct
width = lambda name: struct.unpack(">I", open(name, "rb").read(20)[16:])[0]
assert width("large.png") == 2 * width("small.png") == 1440, (width("large.png"), width("small.png"))
paths = re.findall(r' d="([^"]*)"', open("small.svg").read())
assert len(paths) > 50 and not any(re.search(r"\.\d{3}", path) for path in paths)
PY

# Default names, beside the input.
plot 0 plot_policies r/strong r/weak; [[ -s r/strong-weak-policies.png ]] || fail "default name of several results"
plot 0 plot_latency r/requests.csv --qos 50; [[ -s r/requests-latency.png ]] || fail "default name"
[[ -z $(find . -name '.*.png*' -o -name '.*.svg*') ]] || fail "temporary files are left"
for script in policies latency timeline layers learning adaptation; do
  plot 0 plot_$script --help
  says out "example: scripts/plot_$script.py" "--out" "--title"
done
finish
