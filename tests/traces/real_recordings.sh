#!/usr/bin/env bash
# Every recording of ../shared/data/traces, imported, has the statistics of that folder's README within their rounding.
source "$SOURCE_DIR/tests/support/cli.sh"
data=$SOURCE_DIR/../shared/data/traces
[[ -r $data/README.md ]] || { echo "skipped: there is no ../shared/data/traces"; exit 77; }
command -v python3 >/dev/null || { echo "skipped: there is no python3"; exit 77; }

import() { expect 0 --quiet import "$@" --format json; }

for pair in 'ap2->m1' 'ap4->w1' 'ap1->w2' 'ap3->w3'; do
  import feup-wifi "$data/feup_wifi/summary_final-exp-log.csv" --pair "$pair" --out trace.csv
  cp out "feup_$pair.json"
done
for site in site1 site2; do
  for policy in assoc first_ap; do
    import csv "$data/indoor_location_wifi/walk_rssi.csv" --out trace.csv --where "site=$site" \
      --map "time_s=t_s,rssi_dbm=${policy}_rssi_dbm" --pieces trace_id
    cp out "indoor_${policy}_$site.json"
  done
done
for up in "$data"/mahimahi/*.up; do
  name=$(basename "$up" .up)
  for window in 100 1000; do
    import mahimahi "${up%.up}" --window-ms "$window" --level-dbm -95 --out trace.csv
    cp out "mahimahi_${name}_$window.json"
  done
done
for session in "$data"/wipe_cpu_load/*.json; do
  [[ $session == */info.json ]] && continue
  import wipe-load "$session" --memory-ratio 0.1 --out trace.csv
  cp out "wipe_$(basename "$session")"
done
for log in "$data"/ucc_5g_4g/Download_Driving/*.csv; do
  name=$(basename "$log" .csv)
  if grep -q ',LTE,' "$log"; then
    import ucc "$log" --out "ucc_$name.csv"
    cp out "ucc_$name.json"
  else
    expect 2 import ucc "$log" --out none.csv
    says err "has no row of mode LTE"
    [[ ! -e none.csv ]] || fail "$name without LTE made a trace"
  fi
done
python3 "$SOURCE_DIR/tests/traces/real_recordings.py" "$data" || fail "statistics differ from those of the README"
finish
