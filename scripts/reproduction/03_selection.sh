# Experiment 3: how often a policy decides like the oracle, and which places it takes for which. The runs are those of experiment 2.

# Shares of decisions over tasks, S1-S5 and D1-D4, every phone.
average_selection() {
  local phone environment metric
  mkdir "$tmp/tables"
  awk 'FNR > 1 || NR == 1' "$work"/main/*.still.50/joined.csv >"$tmp/all.csv"
  {
    selection "S1-S5" all "$(piped "${static[@]}")"
    selection "D1-D4" all "$(piped "${dynamic[@]}")"
    for phone in "${phones[@]}"; do
      for environment in "${static[@]}" "${dynamic[@]}"; do
        selection "$phone ${environment^^}" "|$phone|" "|$environment|"
      done
    done
  } | awk 'NR == 1 || !/^group,/' >"$tmp/tables/selection.csv"
  rm "$tmp/all.csv"
}

selection() { # NAME PHONES SCENARIOS
  only_rows "$2" "$3" "$tmp/all.csv" >"$tmp/group.csv"
  "$sim" --quiet compare "$tmp/group.csv" --over-tasks --resamples 0 --baseline oracle --metric near_oracle_ratio --metric oracle_match_ratio \
    --metric oracle_energy_ratio --metric qos_violation_ratio --format csv |
    LEAD=$1 LEAD_NAMES=group table %.5g metric policy tasks pairs mean mean_ci95 difference difference_ci95
  rm "$tmp/group.csv"
}

tabulate_confusion() {
  local files=() strict=()
  mkdir "$tmp/tables"
  for phone in "${phones[@]}"; do
    for environment in "${static[@]}"; do files+=("$work/main/$phone.still.50/r/$environment/summary.json"); done
    strict+=("$work/main/$phone.still.65/r/s1/summary.json")
  done
  /usr/bin/python3 "$parts/confusion.py" "${files[@]}" >"$tmp/tables/confusion.csv"
  {
    /usr/bin/python3 "$parts/confusion.py" --places "${files[@]}"
    /usr/bin/python3 "$parts/confusion.py" --places "${strict[@]}" | sed '1d; s/^s1,/s1_accuracy_65,/'
  } >"$tmp/tables/oracle_places.csv"
}

experiment_3() {
  local phone of=()
  for phone in "${phones[@]}"; do of+=(--of "main/$phone.still.50" --of "main/$phone.still.65"); done
  step selection "${of[@]}" -- average_selection
  step confusion "${of[@]}" --file "$parts/confusion.py" -- tabulate_confusion
  ((report)) || return 0
  plot confusion --of confusion -- "$parts/plot_confusion.py" "$work/confusion/tables/confusion.csv"
  plot selection --of selection -- "$parts/plot_selection.py" "$work/selection/tables/selection.csv"
}
