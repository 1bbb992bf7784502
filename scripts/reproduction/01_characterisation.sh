# Experiment 1: what each place costs (noise-free, as the oracle knows it), by network and phone, by kind of layer, beside co-runners, over
# the signal levels, and for both accuracy requirements.

decide() { # FOLDER/FILE PHONE NETWORK ARGUMENT...
  local file=$1 phone=$2 network=$3
  shift 3
  mkdir -p "$tmp/$(dirname "$file")"
  explain "$file" paper/s1 --policy oracle --network "$network" --set "/device=$phone" "$@"
}

# The tables of all decisions of a step; the decisions themselves are large.
tabulate_decisions() { # TABLE
  mkdir -p "$tmp/tables"
  /usr/bin/python3 "$parts/decisions.py" "$tmp"/*/*.json >"$tmp/tables/$1.csv"
  rm "$tmp"/*/*.json
}

decide_targets() {
  local phone network
  for phone in "${phones[@]}"; do
    for network in "${networks[@]}"; do
      decide "s1/$phone.$network.json" "$phone" "$network" --layers
      decide "s1_accuracy_65/$phone.$network.json" "$phone" "$network" "${accuracy_65[@]}" "${accuracy_65_mobilebert[@]}"
    done
  done
  mkdir "$tmp/tables"
  /usr/bin/python3 "$parts/decisions.py" --kinds "$tmp"/s1/*.json >"$tmp/tables/layer_kinds.csv"
  tabulate_decisions targets
}

decide_sweep() { # SWEEP POINTER VALUE...
  local sweep=$1 pointer=$2 phone network value
  shift 2
  for phone in "${phones[@]}"; do
    for network in "${sweep_networks[@]}"; do
      for value in "$@"; do
        decide "$sweep/$phone.$network.$value.json" "$phone" "$network" --set "$pointer=$value"
      done
    done
  done
  tabulate_decisions "sweep_$sweep"
}

# Where the oracle sends each network, by accuracy level.
tabulate_best() {
  mkdir "$tmp/tables"
  awk -F, -v OFS=, '
    NR == 1 { for (i = 1; i <= NF; ++i) at[$i] = i; next }
    $(at["best"]) == 1 { key = $(at["phone"]) OFS $(at["network"])
      if (!(key in seen)) { seen[key] = 1; keys[++n] = key }
      s = $(at["sweep"]); target[key, s] = $(at["target"]); verdict[key, s] = $(at["verdict"])
      energy[key, s] = $(at["energy_over_cpu"]) }
    END { print "phone,network,best_at_50,energy_over_cpu_at_50,verdict_at_50,best_at_65,energy_over_cpu_at_65,verdict_at_65"
      for (i = 1; i <= n; ++i) { k = keys[i]
        print k, target[k, "s1"], energy[k, "s1"], verdict[k, "s1"], target[k, "s1_accuracy_65"], energy[k, "s1_accuracy_65"],
          verdict[k, "s1_accuracy_65"] } }' "$work/targets/tables/targets.csv" >"$tmp/tables/best_targets.csv"
}

experiment_1() {
  local sweep
  step targets --file "$parts/decisions.py" -- decide_targets
  step best_targets --of targets -- tabulate_best
  step sweep/cpu --file "$parts/decisions.py" -- decide_sweep cpu /co_runner/constant/cpu_ratio "${load_levels[@]}"
  step sweep/memory --file "$parts/decisions.py" -- decide_sweep memory /co_runner/constant/memory_ratio "${load_levels[@]}"
  step sweep/wifi --file "$parts/decisions.py" -- decide_sweep wifi /links/wifi/signal/constant_dbm "${rssi_levels[@]}"
  step sweep/wifi_direct --file "$parts/decisions.py" -- decide_sweep wifi_direct /links/wifi_direct/signal/constant_dbm \
    "${rssi_levels[@]}"
  ((report)) || return 0
  for sweep in energy latency; do
    plot "targets_$sweep" --of targets -- "$parts/plot_targets.py" "$work/targets/tables/targets.csv" --quantity $sweep
  done
  plot layer_kinds --of targets -- "$parts/plot_kinds.py" "$work/targets/tables/layer_kinds.csv"
  for sweep in cpu memory wifi wifi_direct; do
    plot "sweep_$sweep" --of "sweep/$sweep" -- "$parts/plot_sweep.py" "$work/sweep/$sweep/tables/sweep_$sweep.csv"
  done
}
