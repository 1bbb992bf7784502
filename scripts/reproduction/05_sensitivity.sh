# Experiment 5: how far 9.8x and 1.6x move when one assumption is changed at a time (configs/reproduction/sensitivity.tsv), S1 to S5,
# common random numbers. Joint variation (Latin hypercube) needs `autoscale-sim sweep`, which there is not yet.

sensitivity_list=$root/configs/reproduction/sensitivity.tsv
sensitivity_policies='["autoscale", "cpu_only", "cloud_only", "oracle"]'

# WHAT and VALUE as options of one scenario, one word a line.
settings_for() { # SCENARIO WHAT VALUE
  local word scenarios
  for word in $2; do
    scenarios=${word%%:/*}
    [[ $word == *:/* ]] || scenarios=$1
    [[ ,$scenarios, == *,$1,* ]] || continue
    word=/${word#*/}
    [[ $word == *=* ]] || word+="=$3"
    printf '%s\n' --set "$word"
  done
}

# The policy list has the learner once, so /policy reaches it alone.
simulate_point() { # KIND WHAT VALUE
  local phone scenario options=() data=()
  if [[ $1 == data ]]; then
    /usr/bin/python3 "$parts/vary.py" "$root" "$tmp/data" "$2" "$3"
    data=(--data "$tmp/data")
    echo "# the assumed figures $2, $3, in a copy of the data (vary.py)" >>"$tmp/commands"
  fi
  for phone in "${phones[@]}"; do
    for scenario in "${static[@]}"; do
      options=()
      [[ $1 != set ]] || mapfile -t options < <(settings_for "$scenario" "$2" "$3")
      note run "paper/$scenario" --set "/device=$phone" --set "/policies=$sensitivity_policies" ${options[@]+"${options[@]}"} \
        --seed "$seed"
      "$sim" --quiet ${data[@]+"${data[@]}"} run "paper/$scenario" --set "/device=$phone" \
        --set "/policies=$sensitivity_policies" ${options[@]+"${options[@]}"} --seed "$seed" --jobs "$jobs" \
        --replications "$sensitivity_replications" --format csv >"$tmp/$phone.$scenario.csv"
    done
  done
  joined "$tmp"/*.csv >"$tmp/all"
  for baseline in cpu_only cloud_only; do
    "$sim" --quiet compare "$tmp/all" --over-tasks --baseline $baseline --metric inferences_per_joule --metric qos_violation_ratio \
      --metric near_oracle_ratio --format csv | awk -F, '$3 == "policy" || $3 == "autoscale" || $3 == "oracle"' >"$tmp/over_$baseline.csv"
  done
  rm -rf "$tmp"/*.s?.csv "$tmp/all" "$tmp/data"
}

# NAME SIDE VALUE FOLDER, one row of the table.
point_row() {
  local baseline
  for baseline in cpu_only cloud_only; do
    LEAD="$1,$2,$3" LEAD_NAMES=parameter,side,value table %.5g metric baseline_policy policy mean geometric_mean geometric_mean_low95 \
      geometric_mean_high95 arithmetic_mean arithmetic_mean_ci95 <"$work/sensitivity/$4/over_$baseline.csv"
  done
}

tabulate_sensitivity() {
  local when name low high what why
  mkdir "$tmp/tables"
  {
    point_row nominal nominal '' nominal
    while IFS=$'\t' read -r when name low high what why; do
      [[ $low == - ]] || point_row "$name" low "$low" "$(point_name "$name").low"
      [[ $high == - ]] || point_row "$name" high "$high" "$(point_name "$name").high"
    done < <(varied)
  } | awk 'NR == 1 || !/^parameter,/' >"$tmp/tables/sensitivity.csv"
  /usr/bin/python3 "$parts/vary.py" --left-out "$root" "$sensitivity_list" >"$tmp/tables/sensitivity_left_out.csv"
}

# Lines of the list that are varied; awk, because read joins empty fields.
varied() {
  awk -F'\t' -v OFS='\t' -v quick="$quick" '!/^#/ && $1 != "none" && (!quick || $1 == "quick") { if ($1 == "") $1 = "full"; print }' \
    "$sensitivity_list"
}
point_name() { tr -cs 'A-Za-z0-9\n' _ <<<"${1,,}" | sed 's/^_//; s/_$//'; }

experiment_5() {
  local when name low high what why point of=(--of sensitivity/nominal)
  step sensitivity/nominal -- simulate_point nominal '' ''
  while IFS=$'\t' read -r when name low high what why; do
    point=sensitivity/$(point_name "$name")
    if [[ $low != - ]]; then
      step "$point.low" --file "$parts/vary.py" -- simulate_point "${what%% *}" "${what#* }" "$low"
      of+=(--of "$point.low")
    fi
    if [[ $high != - ]]; then
      step "$point.high" --file "$parts/vary.py" -- simulate_point "${what%% *}" "${what#* }" "$high"
      of+=(--of "$point.high")
    fi
  done < <(varied)
  step sensitivity_table "${of[@]}" --file "$parts/vary.py" --file "$sensitivity_list" -- tabulate_sensitivity
  ((report)) || return 0
  plot tornado_cpu --of sensitivity_table -- "$parts/plot_tornado.py" "$work/sensitivity_table/tables/sensitivity.csv" \
    --baseline cpu_only --paper 9.8
  plot tornado_cloud --of sensitivity_table -- "$parts/plot_tornado.py" "$work/sensitivity_table/tables/sensitivity.csv" \
    --baseline cloud_only --paper 1.6
}
