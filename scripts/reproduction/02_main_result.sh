# Experiment 2: energy efficiency and QoS violations of all policies, per phone, network and environment, streaming and not, both
# accuracy requirements. A task is a network in an environment on a phone.

static_streaming=(streaming s2_streaming s3_streaming s4_streaming s5_streaming)
dynamic_streaming=(d1_streaming d2_streaming d3_streaming d4_streaming)

simulate_main() { # PHONE MODE LEVEL
  local scenarios=("${static[@]}" "${dynamic[@]}") sets=()
  [[ $2 == streaming ]] && scenarios=("${static_streaming[@]}" "${dynamic_streaming[@]}")
  if [[ $3 == 65 ]]; then
    sets=("${accuracy_65[@]}")
    [[ $2 == streaming ]] || sets+=("${accuracy_65_mobilebert[@]}")
  fi
  simulate r "${scenarios[@]/#/paper/}" --set "/device=$1" --set "/policies=$policies" ${sets[@]+"${sets[@]}"} \
    --replications "$replications"
  joined "$tmp"/r/*/results.csv | sed 's/^streaming,/s1_streaming,/; s/_streaming,/,/' >"$tmp/joined.csv"
  rm "$tmp"/r/*/results.csv # the rows that are compared are in joined.csv
}

# Ratios to BASELINE of one group of tasks, a row per policy.
group() { # NAME PHONES SCENARIOS BASELINE FILE MODE,LEVEL
  only_rows "$2" "$3" "$5" >"$tmp/group.csv"
  "$sim" --quiet compare "$tmp/group.csv" --over-tasks --resamples 0 --baseline "$4" --metric inferences_per_joule \
    --metric qos_violation_ratio --format csv >"$tmp/group.out"
  table %.5g metric baseline_policy policy tasks tasks_left_out pairs mean mean_ci95 baseline_mean baseline_mean_ci95 difference \
    difference_ci95 geometric_mean geometric_mean_low95 geometric_mean_high95 arithmetic_mean arithmetic_mean_ci95 \
    ratio_of_totals <"$tmp/group.out" | sed "1s/^/mode,accuracy,group,/; 1!s/^/$6,$1,/"
  rm "$tmp/group.csv" "$tmp/group.out"
}

piped() { local IFS='|'; echo "|$*|"; }

average_main() { # MODE LEVEL
  local phone environment baseline all=$tmp/all.csv lead=$1,$2
  mkdir "$tmp/tables"
  awk 'FNR > 1 || NR == 1' "$work"/main/*."$1.$2/joined.csv" >"$all"
  {
    for baseline in cpu_only cloud_only; do
      group "S1-S5" all "$(piped "${static[@]}")" $baseline "$all" "$lead"
      group "D1-D4" all "$(piped "${dynamic[@]}")" $baseline "$all" "$lead"
      group "S1-S5 D1-D4" all all $baseline "$all" "$lead"
      group "S1-S5 without S4" all "$(piped s1 s2 s3 s5)" $baseline "$all" "$lead"
      for phone in "${phones[@]}"; do
        group "$phone S1-S5" "|$phone|" "$(piped "${static[@]}")" $baseline "$all" "$lead"
        group "$phone D1-D4" "|$phone|" "$(piped "${dynamic[@]}")" $baseline "$all" "$lead"
        for environment in "${static[@]}" "${dynamic[@]}"; do
          group "$phone ${environment^^}" "|$phone|" "|$environment|" $baseline "$all" "$lead"
        done
      done
    done
  } | awk 'NR == 1 || !/^mode,/' >"$tmp/tables/efficiency_$1_$2.csv"
  rm "$all"
}

# Every policy, network and environment: efficiency over the CPU and violations, means over replications.
tabulate_networks() { # MODE LEVEL
  local phone
  mkdir "$tmp/tables"
  for phone in "${phones[@]}"; do
    "$sim" --quiet compare "$work/main/$phone.$1.$2/joined.csv" --baseline cpu_only --by-network \
      --metric inferences_per_joule --metric qos_violation_ratio --format csv |
      table %.3g scenario network policy metric mean baseline_mean difference_ci95 ratio ratio_low95 ratio_high95 |
      awk -F, -v OFS=, -v phone="$phone" '
        NR == 1 { next }
        { key = $1 OFS $2 OFS $3 }
        $4 == "inferences_per_joule" { efficiency[key] = $8 OFS $9 OFS $10; next }
        { if (!(($1, $2) in seen)) { seen[$1, $2] = 1; print phone, $1, $2, "cpu_only,1,1,1", $6, 0 }
          print phone, key, efficiency[key], $5, $7 }'
  done | sed '1i phone,environment,network,policy,efficiency,efficiency_low95,efficiency_high95,qos_violation_ratio,difference_to_cpu_only_ci95' \
    >"$tmp/tables/networks_$1_$2.csv"
}

experiment_2() {
  local phone mode level of
  for mode in still streaming; do
    for level in 50 65; do
      [[ $quick$mode$level != 1streaming65 ]] || continue
      of=()
      for phone in "${phones[@]}"; do
        step "main/$phone.$mode.$level" -- simulate_main "$phone" "$mode" "$level"
        of+=(--of "main/$phone.$mode.$level")
      done
      step "efficiency/$mode.$level" "${of[@]}" -- average_main "$mode" "$level"
      step "networks/$mode.$level" "${of[@]}" -- tabulate_networks "$mode" "$level"
    done
  done
  ((report)) || return 0
  plot efficiency --of efficiency/still.50 --of efficiency/streaming.50 -- "$parts/plot_efficiency.py" \
    "$work/efficiency/still.50/tables/efficiency_still_50.csv" "$work/efficiency/streaming.50/tables/efficiency_streaming_50.csv"
  plot environments --of efficiency/still.50 -- "$parts/plot_environments.py" \
    "$work/efficiency/still.50/tables/efficiency_still_50.csv"
}
