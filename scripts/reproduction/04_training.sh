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

experiment_4() {
  local phone of=()
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
  # Leave-one-network-out: a step here, once scenarios have /training/leave_out.
  ((report)) || return 0
  plot learning --of learning/mi8pro -- "$root/scripts/plot_learning.py" "$work/learning/mi8pro/requests.csv" \
    --title "Mi 8 Pro: learners that start untrained"
  plot transfer --of learning/galaxy_s10e -- "$root/scripts/plot_learning.py" "$work/learning/galaxy_s10e/requests.csv" \
    --policy autoscale_paper --policy autoscale_paper_transferred --policy autoscale --policy autoscale_transferred \
    --title "Galaxy S10e: untrained, and with the table of the Mi 8 Pro"
}
