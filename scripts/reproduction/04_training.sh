# Experiment 4: training as the paper does it, how many inferences a learner needs, what a table of another phone saves, and what it
# takes. Learners start untrained and learn while they are judged (scenarios/reproduction/convergence.json).

train_table() { # PHONE POLICY-ENTRY
  note train paper/s1 --set "/device=$1" --set "/policies=[$2]" --seed "$seed"
  "$sim" train paper/s1 --set "/device=$1" --set "/policies=[$2]" --policy "$(sed 's/^{"name": "\([^"]*\)".*/\1/' <<<"$2")" \
    --seed "$seed" --save "$tmp/table.json" 2>"$tmp/said"
  grep -q '^trained ' "$tmp/said"
}

tabulate_training() {
  local folder
  mkdir "$tmp/tables"
  for folder in "$work"/trained/*; do
    sed -n "s|^trained [a-z_]* with \([0-9]*\) inferences in \([0-9]*\) runtime states, saved \([0-9]*\) B.*|$(basename "$folder" | tr . ,),\1,\2,\3|p" \
      "$folder/said"
  done | sed '1i phone,policy,inferences,runtime_states,saved_bytes' >"$tmp/tables/training.csv"
}

# The paper's settings as fields, so that more can be added.
paper_fields() { sed '/"\$comment"/d' "$root/configs/policies/autoscale_paper.json" | tr -d '\n' | sed 's/^{ *//; s/}$//; s/  */ /g'; }
learner() { # NAME FIELDS
  echo "{\"name\": \"$1\", \"policy\": \"autoscale\", \"config\": {$2}}"
}

learn() { # PHONE ENTRY...
  local phone=$1 entries
  shift
  entries=$(printf ', %s' "$@")
  note run reproduction/convergence --online --set "/device=$phone" --set "/policies=[${entries:2}]" --seed "$seed"
  "$sim" --quiet run reproduction/convergence --online --set "/device=$phone" --set "/policies=[${entries:2}]" --seed "$seed" \
    --replications "$learning_replications" --jobs "$jobs" "${inferences[@]}" --requests "$tmp/all.csv" >/dev/null
  mkdir "$tmp/tables"
  # The columns that curves need; all of them would be a hundred megabytes.
  awk -F, -v OFS=, -v wanted="scenario policy network replication request energy_mj oracle_energy_mj violates_qos near_oracle" '
    NR == 1 { n = split(wanted, name, " "); for (i = 1; i <= NF; ++i) at[$i] = i }
    { line = $(at[name[1]]); for (i = 2; i <= n; ++i) line = line OFS $(at[name[i]]); print line }' "$tmp/all.csv" \
    >"$tmp/requests.csv"
  rm "$tmp/all.csv"
  awk -v phone="$phone" -f "$parts/convergence.awk" "$tmp/requests.csv" >"$tmp/tables/convergence_$phone.csv"
}

inferences=()
for w in 0 1 2 3 4 5 6 7 8 9; do inferences+=(--set "/workload/$w/inferences=$learning_inferences"); done

learn_transferred() { # PHONE
  local from=$work/trained/mi8pro table paper
  table=$from.autoscale/table.json paper=$from.autoscale_paper/table.json
  learn "$1" "$(learner autoscale '')" "$(learner autoscale_uniform '"initial_values": "uniform01"')" \
    "$(learner autoscale_paper "$(paper_fields)")" \
    "$(learner autoscale_transferred "\"load\": \"$table\", \"transfer\": true")" \
    "$(learner autoscale_paper_transferred "$(paper_fields), \"load\": \"$paper\", \"transfer\": true")"
}

# Bytes of what each policy has learned, and training inferences, from the runs of experiment 2.
tabulate_footprint() {
  mkdir "$tmp/tables"
  for phone in "${phones[@]}"; do
    table %.5g device policy policy_bytes <"$work/main/$phone.still.50/r/s1/summary.csv" | awk -F, 'NR == 1 || !seen[$2]++'
  done | awk 'NR == 1 || !/^device,/' >"$tmp/tables/footprint.csv"
}

# Learners that never saw a network in training, judged on it; "none": all of them, trained on all.
simulate_left_out() { # NETWORK|none
  local without=()
  [[ $1 == none ]] || without=(--set "/training/leave_out=[\"$1\"]")
  simulate r reproduction/predictors_variance ${without[@]+"${without[@]}"} --replications "$left_out_replications"
  LEAD=$1 LEAD_NAMES=left_out table %.5g policy network oracle_energy_ratio oracle_energy_ratio_ci95 qos_violation_ratio \
    qos_violation_ratio_ci95 near_oracle_ratio near_oracle_ratio_ci95 <"$tmp/r/summary.csv" |
    awk -F, -v without="$1" 'NR == 1 || (without == "none" ? $3 != "all" : $3 == without)' >"$tmp/rows.csv"
  rm -r "$tmp/r"
}

# One row a network and policy: trained on it, and not.
tabulate_left_out() {
  local network
  mkdir "$tmp/tables"
  for network in "${left_out_networks[@]}"; do cat "$work/left_out/$network/rows.csv"; done |
    awk -F, -v OFS=, '
      NR == FNR { trained[$2 OFS $3] = $4 OFS $5 OFS $6 OFS $7 OFS $8 OFS $9; next }
      FNR == 1 { print "network,policy,trained_energy_ratio,trained_energy_ratio_ci95,trained_late_ratio,trained_late_ratio_ci95," \
        "trained_near_ratio,trained_near_ratio_ci95,left_out_energy_ratio,left_out_energy_ratio_ci95,left_out_late_ratio," \
        "left_out_late_ratio_ci95,left_out_near_ratio,left_out_near_ratio_ci95" }
      $1 != "left_out" { print $3, $2, trained[$2 OFS $3], $4, $5, $6, $7, $8, $9 }' "$work/left_out/none/rows.csv" - \
      >"$tmp/tables/left_out.csv"
}

experiment_4() {
  local phone network of=()
  for phone in "${phones[@]}"; do
    step "trained/$phone.autoscale" -- train_table "$phone" "$(learner autoscale '')"
    of+=(--of "trained/$phone.autoscale")
  done
  step trained/mi8pro.autoscale_paper -- train_table mi8pro "$(learner autoscale_paper "$(paper_fields)")"
  step training "${of[@]}" --of trained/mi8pro.autoscale_paper -- tabulate_training
  step learning/mi8pro --file "$parts/convergence.awk" -- learn mi8pro "$(learner autoscale '')" \
    "$(learner autoscale_uniform '"initial_values": "uniform01"')" "$(learner autoscale_paper "$(paper_fields)")"
  for phone in galaxy_s10e moto_x_force; do
    step "learning/$phone" --of trained/mi8pro.autoscale --of trained/mi8pro.autoscale_paper --file "$parts/convergence.awk" -- \
      learn_transferred "$phone"
  done
  if [[ ,$only, == *,2,* ]]; then
    of=()
    for phone in "${phones[@]}"; do of+=(--of "main/$phone.still.50"); done
    step footprint "${of[@]}" -- tabulate_footprint
  fi
  of=(--of left_out/none)
  step left_out/none -- simulate_left_out none
  for network in "${left_out_networks[@]}"; do
    step "left_out/$network" -- simulate_left_out "$network"
    of+=(--of "left_out/$network")
  done
  step left_out_table "${of[@]}" -- tabulate_left_out
  ((report)) || return 0
  plot learning --of learning/mi8pro -- "$root/scripts/plot_learning.py" "$work/learning/mi8pro/requests.csv" \
    --title "Mi 8 Pro: learners that start untrained"
  plot transfer --of learning/galaxy_s10e -- "$root/scripts/plot_learning.py" "$work/learning/galaxy_s10e/requests.csv" \
    --policy autoscale_paper --policy autoscale_paper_transferred --policy autoscale --policy autoscale_transferred \
    --title "Galaxy S10e: untrained, and with the table of the Mi 8 Pro"
}
