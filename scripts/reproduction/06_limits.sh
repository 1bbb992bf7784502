# Experiment 6: where AutoScale breaks: states that hide what matters, misses that the printed reward does not punish, states and networks
# never trained, drift, few samples. Aliasing and misses come from the runs of experiment 2.

# Trained with fewer or more inferences per state, judged in S1 to S5.
simulate_samples() { # INFERENCES
  local phone entries
  entries="[$(learner autoscale ''), $(learner autoscale_uniform '"initial_values": "uniform01"'), $(learner autoscale_paper "$(paper_fields)"), \"oracle\"]"
  for phone in "${phones[@]}"; do
    simulate "$phone" "${static[@]/#/paper/}" --set "/device=$phone" --set "/policies=$entries" \
      --set "/training/inferences_per_state=$1" --replications "$learning_replications"
  done
  average_limits "$1" oracle
}

# Trained under strong signals without co-runners alone, judged in S1 to S5, most of which it has never seen.
simulate_unseen() {
  local phone
  for phone in "${phones[@]}"; do
    simulate "$phone" "${static[@]/#/paper/}" --set "/device=$phone" --replications "$learning_replications" \
      --set "/policies=[$(learner autoscale ''), $(learner autoscale_uniform '"initial_values": "uniform01"'), \"oracle\"]" \
      --set '/training/wifi_dbm=[-55]' --set '/training/wifi_direct_dbm=[-55]' --set '/training/cpu_ratio=[0]' \
      --set '/training/memory_ratio=[0]'
  done
  average_limits unseen oracle
}

# Means over all tasks of $tmp, in limits.csv.
average_limits() { # NAME BASELINE
  joined "$tmp"/*/*/results.csv >"$tmp/all.csv"
  "$sim" --quiet compare "$tmp/all.csv" --over-tasks --resamples 0 --baseline "$2" --metric near_oracle_ratio --metric oracle_energy_ratio \
    --metric qos_violation_ratio --format csv |
    LEAD=$1 LEAD_NAMES=case table %.5g metric policy tasks pairs mean mean_ci95 difference difference_ci95 >"$tmp/limits.csv"
  rm "$tmp"/*/*/results.csv "$tmp/all.csv"
}

tabulate_limits() {
  local count
  mkdir "$tmp/tables"
  for count in "${sample_counts[@]}"; do cat "$work/samples/$count/limits.csv"; done |
    awk 'NR == 1 || !/^case,/' >"$tmp/tables/samples.csv"
  cp "$work/unseen/limits.csv" "$tmp/tables/unseen_states.csv"
}

# The printed reward against the one that punishes misses: the same learner otherwise, and as the paper has it.
tabulate_unpunished() {
  local phone environment
  mkdir "$tmp/tables"
  awk 'FNR > 1 || NR == 1' "$work"/main/*.still.50/joined.csv >"$tmp/all.csv"
  for environment in all "${static[@]}" "${dynamic[@]}"; do
    only_rows all "$([[ $environment == all ]] && echo all || echo "|$environment|")" "$tmp/all.csv" |
      awk -F, '$3 == "policy" || $3 ~ /^autoscale/ || $3 == "oracle"' >"$tmp/some.csv"
    "$sim" --quiet compare "$tmp/some.csv" --over-tasks --resamples 0 --baseline autoscale --metric qos_violation_ratio \
      --metric energy_mj_per_inference --format csv |
      LEAD=$environment LEAD_NAMES=environment table %.5g metric policy tasks mean mean_ci95 baseline_mean baseline_mean_ci95 difference \
        difference_ci95 geometric_mean geometric_mean_low95 geometric_mean_high95
  done | awk 'NR == 1 || !/^environment,/' >"$tmp/tables/printed_reward.csv"
  rm "$tmp/all.csv" "$tmp/some.csv"
}

# A signal that steps, once within a bin of the state.
simulate_drift() {
  local count=()
  ((!quick)) || count=(--replications 4)
  note run adaptation/step ${count[@]+"${count[@]}"} --seed "$seed"
  "$sim" --quiet run adaptation/step ${count[@]+"${count[@]}"} --seed "$seed" --jobs "$jobs" --requests "$tmp/requests.csv" >/dev/null
}

experiment_6() {
  local count of=() main=()
  for count in "${sample_counts[@]}"; do
    step "samples/$count" --file "$parts/04_training.sh" -- simulate_samples "$count"
    of+=(--of "samples/$count")
  done
  step unseen --file "$parts/04_training.sh" -- simulate_unseen
  step limits "${of[@]}" --of unseen -- tabulate_limits
  if [[ ,$only, == *,2,* ]]; then
    for phone in "${phones[@]}"; do main+=(--of "main/$phone.still.50"); done
    step printed_reward "${main[@]}" -- tabulate_unpunished
  fi
  ((report)) || return 0
  plot samples --of limits -- "$parts/plot_samples.py" "$work/limits/tables/samples.csv"
  step drift -- simulate_drift
  plot drift --of drift -- "$root/scripts/plot_adaptation.py" "$work/drift/requests.csv" --policy autoscale_frozen \
    --policy autoscale_online --policy oracle --bin 6 --step 60 --step 120 --step 180 --step 240 \
    --title "A signal that steps: at 60 and 120 s the state shows it, at 180 s it does not"
}
