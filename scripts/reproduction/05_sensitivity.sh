# Experiment 5: how far 9.8x and 1.6x move when assumptions are changed (configs/reproduction/sensitivity.tsv), S1 to S5, common
# random numbers: one at a time, and all of them at once (a Latin hypercube, joint.py).

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

# The policy list has the learner once, so /policy reaches it alone. Changes: KIND WHAT VALUE each, one a line.
simulate_changed() { # CHANGES REPLICATIONS
  local phone scenario kind what value options=() data=() changed=()
  while IFS=$'\t' read -r kind what value; do
    [[ $kind != data ]] || changed+=("$what" "$value")
  done <<<"$1"
  if ((${#changed[@]})); then
    /usr/bin/python3 "$parts/vary.py" "$root" "$tmp/data" "${changed[@]}"
    data=(--data "$tmp/data")
    echo "# the assumed figures ${changed[*]}, in a copy of the data (vary.py)" >>"$tmp/commands"
  fi
  for phone in "${phones[@]}"; do
    for scenario in "${static[@]}"; do
      mapfile -t options < <(while IFS=$'\t' read -r kind what value; do
        [[ $kind != set ]] || settings_for "$scenario" "$what" "$value"
      done <<<"$1")
      note run "paper/$scenario" --set "/device=$phone" --set "/policies=$sensitivity_policies" ${options[@]+"${options[@]}"} \
        --replications "$2" --seed "$seed"
      "$sim" --quiet ${data[@]+"${data[@]}"} run "paper/$scenario" --set "/device=$phone" \
        --set "/policies=$sensitivity_policies" ${options[@]+"${options[@]}"} --seed "$seed" --jobs "$jobs" \
        --replications "$2" --format csv >"$tmp/$phone.$scenario.csv"
    done
  done
}

simulate_point() { # KIND WHAT VALUE
  simulate_changed "$1"$'\t'"$2"$'\t'"$3" "$sensitivity_replications"
  joined "$tmp"/*.csv >"$tmp/all"
  for baseline in cpu_only cloud_only; do
    "$sim" --quiet compare "$tmp/all" --over-tasks --resamples 0 --baseline $baseline --metric inferences_per_joule --metric qos_violation_ratio \
      --metric near_oracle_ratio --format csv | awk -F, '$3 == "policy" || $3 == "autoscale" || $3 == "oracle"' >"$tmp/over_$baseline.csv"
  done
  rm -rf "$tmp"/*.s?.csv "$tmp/all" "$tmp/data"
}

# Points FIRST to LAST of the hypercube, and what becomes of each.
simulate_joint() { # FIRST LAST
  local point baseline changes
  for ((point = $1; point <= $2; ++point)); do
    changes=$(awk -F'\t' -v OFS='\t' -v point="$point" '$1 == point { print $2, $3, $4 }' "$work/sensitivity/joint_points/changes")
    simulate_changed "$changes" "$joint_replications"
    joined "$tmp"/*.csv >"$tmp/all"
    for baseline in cpu_only cloud_only; do
      "$sim" --quiet compare "$tmp/all" --over-tasks --resamples 0 --baseline $baseline --metric inferences_per_joule \
        --metric qos_violation_ratio --metric near_oracle_ratio --format csv |
        LEAD=$point LEAD_NAMES=point table %.5g metric baseline_policy policy mean geometric_mean arithmetic_mean |
        awk -F, '$4 == "autoscale" || $4 == "oracle"' >>"$tmp/rows"
    done
    rm -rf "$tmp"/*.s?.csv "$tmp/all" "$tmp/data"
  done
}

draw_joint() {
  mkdir "$tmp/tables"
  /usr/bin/python3 "$parts/joint.py" draw "$sensitivity_list" "$joint_points" "$tmp/changes" "$tmp/tables/joint_points.csv"
}

tabulate_joint() {
  mkdir "$tmp/tables"
  { echo point,metric,baseline_policy,policy,mean,geometric_mean,arithmetic_mean
    cat "$work"/sensitivity/joint.*/rows | sort -t, -k1,1n -s; } >"$tmp/tables/joint.csv"
  /usr/bin/python3 "$parts/joint.py" summarise "$tmp/tables/joint.csv" "$work/sensitivity/joint_points/tables/joint_points.csv" \
    "$tmp/tables/joint_summary.csv" "$tmp/tables/joint_ranks.csv"
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
  local when name low high what why point first last of=(--of sensitivity/nominal) joint=()
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
  step sensitivity/joint_points --file "$parts/joint.py" --file "$sensitivity_list" -- draw_joint
  for ((first = 1; first <= joint_points; first += 10)); do
    last=$((first + 9 < joint_points ? first + 9 : joint_points))
    step "sensitivity/joint.$first" --of sensitivity/joint_points --file "$parts/vary.py" -- simulate_joint $first $last
    joint+=(--of "sensitivity/joint.$first")
  done
  step joint_table "${joint[@]}" --file "$parts/joint.py" -- tabulate_joint
  ((report)) || return 0
  plot joint --of joint_table -- "$parts/plot_joint.py" "$work/joint_table/tables/joint.csv"
  plot tornado_cpu --of sensitivity_table -- "$parts/plot_tornado.py" "$work/sensitivity_table/tables/sensitivity.csv" \
    --baseline cpu_only --paper 9.8
  plot tornado_cloud --of sensitivity_table -- "$parts/plot_tornado.py" "$work/sensitivity_table/tables/sensitivity.csv" \
    --baseline cloud_only --paper 1.6
}
