#!/usr/bin/env bash
# Wrong input to the plots: exit code 2 and one line that names the file.
source "$SOURCE_DIR/tests/support/plots.sh"
: >empty.csv; : >empty.json; printf '\377\376\0' >binary.csv; echo '{"a": 1}' >other.json; echo '{' >broken.json; echo '[]' >list.json
echo 'a,b,c' >header.csv

expect 0 run quickstart --replications 1 --out r --requests requests.csv --timeline t.json --timeline-requests 2
expect 0 explain quickstart --request 0 --format json; mv out flat.json
for script in policies latency learning; do
  refuses "nowhere.csv: No such file" plot_$script nowhere.csv
  refuses "empty.csv: is empty" plot_$script empty.csv
  refuses "binary.csv: is not a text file" plot_$script binary.csv
  refuses "header.csv: no column 'scenario'; expected a file of" plot_$script header.csv
done
for script in timeline layers; do
  refuses "nowhere.json: No such file" plot_$script nowhere.json
  refuses "empty.json: is empty" plot_$script empty.json
  refuses "broken.json: is not JSON" plot_$script broken.json
  refuses "other.json: no member" plot_$script other.json
  refuses "list.json: no member" plot_$script list.json
done
refuses "r: Is a directory" plot_learning r
refuses "r/results.csv: no column 'energy_mj_per_inference_ci95'" plot_policies r/results.csv
cut -d, -f1-18 requests.csv >cut.csv
refuses "cut.csv: no column 'oracle_energy_mj'" plot_learning cut.csv
head -1 requests.csv >norows.csv
refuses "norows.csv: has a header but no rows" plot_latency norows.csv
sed '3s/,/,extra,/' requests.csv >wide.csv
fields=$(head -1 requests.csv | tr , "\n" | wc -l)
refuses "wide.csv: line 3: $((fields + 1)) fields, the header has $fields" plot_learning wide.csv
awk -F, -v OFS=, 'NR == 4 { $8 = "fast" } 1' requests.csv >word.csv
refuses "word.csv: line 4: latency_ms is 'fast', not a number" plot_latency word.csv --qos 50
refuses "requests.csv: does not say the QoS limit of mobilenet_v3" plot_latency requests.csv
refuses "--qos: 'soon' is neither" plot_latency requests.csv --qos soon
refuses "--qos: no network 'vgg'" plot_latency requests.csv --qos vgg=3
refuses "nowhere/manifest.json: No such file" plot_latency requests.csv --results nowhere
refuses "requests.csv: no policy 'magic'; it has autoscale, oracle" plot_latency requests.csv --qos 50 --policy magic
refuses "requests.csv: no network 'vgg'" plot_learning requests.csv --network vgg
refuses "requests.csv: no scenario 's1'" plot_learning requests.csv --scenario s1
refuses "--window: 1000 requests, but" plot_learning requests.csv --window 1000
refuses "--window: '0'" plot_learning requests.csv --window 0
refuses "t.json: no policy 'magic'" plot_timeline t.json --policy magic
refuses "t.json: nothing from 1e+09 ms" plot_timeline t.json --from 1e9
refuses "flat.json: has no layers" plot_layers flat.json
echo '{"traceEvents": [{}], "otherData": {}}' >odd.json; refuses "odd.json: is no trace of" plot_timeline odd.json

expect 0 run quickstart paper/s1 --policy cpu_only --replications 1 --out both --requests both.csv
refuses "both: has no summary.csv; its results are both/quickstart both/s1" plot_policies both
refuses "both.csv: holds several scenarios; choose with --scenario: quickstart, s1" plot_learning both.csv
plot 0 plot_latency both.csv --scenario s1 --results both/s1 --out s1.svg
refuses "both/s1/manifest.json: is of scenario s1" plot_latency both.csv --scenario quickstart --results both/s1

refuses "both.csv: holds several scenarios" plot_adaptation both.csv
refuses "both.csv: holds several networks; choose with --network: mobilenet_v3, inception_v3" plot_adaptation both.csv --scenario quickstart
refuses "--bin: '0' is not a number of seconds" plot_adaptation both.csv --scenario quickstart --network mobilenet_v3 --bin 0
refuses "--recovery: needs the times of the steps" plot_adaptation both.csv --scenario quickstart --network mobilenet_v3 --recovery r.csv

refuses "picture.bmp: unknown suffix '.bmp': use .png, .svg, .pdf" plot_policies r --out picture.bmp
refuses "picture: unknown suffix ''" plot_policies r --out picture
refuses "nowhere/p.png: No such file" plot_policies r --out nowhere/p.png
refuses "--dpi: 20 is not from 50 to 1200" plot_policies r --dpi 20
refuses "arguments: unrecognized arguments: --colour" plot_policies r --colour
refuses "arguments: the following arguments are required: RESULTS" plot_policies
refuses "RESULTS: 6 are too many" plot_policies r r r r r r
[[ -z $(ls -A nowhere* picture* 2>/dev/null) ]] || fail "something was written"

# Without matplotlib: what to do about it.
mkdir none && echo 'raise ImportError("hidden", name="matplotlib")' >none/matplotlib.py
export PYTHONPATH=$scratch/none
refuses "matplotlib: is missing; scripts/setup --plots installs it" plot_policies r
finish
