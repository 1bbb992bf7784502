# The sections of the report: tables, figures, what they say.

figure() { printf '\n![%s](figures/%s.svg)\n' "$2" "$1"; }

report_head() {
  cat <<TEXT
# AutoScale, reproduced

Written by \`scripts/reproduce$( ((quick)) && echo ' --quick')\`: seed $seed, $replications replications with common random numbers ($learning_replications for learning curves,
$sensitivity_replications for sensitivity). How figures are averaged and what their intervals mean: [docs/statistics.md](../../docs/statistics.md). Nothing was tuned to the paper's results.
manifest.json has every command; tables/ has every figure as CSV, figures/ each picture as SVG and PNG.
TEXT
}

report_characterisation() {
  cat <<'TEXT'

## 1. Characterisation

What each place would cost, as the oracle expects it (without noise). Relative to the phone's CPU at FP32, highest V/F step.
TEXT
  figure targets_energy "Energy by place, network and phone"
  figure targets_latency "Latency by place, network and phone"
  figure layer_kinds "Latency by kind of layer"
  echo
  as_markdown best_targets phone network best_at_50 energy_over_cpu_at_50 best_at_65 energy_over_cpu_at_65 verdict_at_65
  figure sweep_cpu "Energy over the CPU load of co-runners"
  figure sweep_memory "Energy over the memory load of co-runners"
  figure sweep_wifi "Energy over the Wi-Fi signal"
  figure sweep_wifi_direct "Energy over the Wi-Fi Direct signal"
}

# All policies of a mode: efficiency over CPU and cloud, violations, S and D.
main_table() { # MODE
  local policy
  echo "| policy | S1-S5 over CPU | over cloud | late (%) | D1-D4 over CPU | over cloud | late (%) |"
  echo "|---|---|---|---|---|---|---|"
  echo "| cpu_only | 1 | - | $(violations "$1" S1-S5 cpu_only) | 1 | - | $(violations "$1" D1-D4 cpu_only) |"
  while IFS= read -r policy; do
    echo "| $policy | $(efficiency "$1" S1-S5 cpu_only "$policy") | $(efficiency "$1" S1-S5 cloud_only "$policy") | $(violations "$1" S1-S5 "$policy") |" \
      "$(efficiency "$1" D1-D4 cpu_only "$policy") | $(efficiency "$1" D1-D4 cloud_only "$policy") | $(violations "$1" D1-D4 "$policy") |"
  done < <(awk -F, '$5 == "cpu_only" && $3 == "S1-S5" && !seen[$6]++ { print $6 }' "$tmp/tables/efficiency_$1.csv")
}

report_main() {
  local mode
  cat <<'TEXT'

## 2. Main result

Energy efficiency (inferences per joule) relative to Edge (CPU FP32) and to Cloud: geometric mean (95 % interval) / arithmetic mean over three phones, ten networks (nine
when streaming) and the environments. Late: share of requests that missed the QoS, mean over the same tasks. Per phone, environment and network: tables/efficiency_*.csv, tables/networks_*.csv.
TEXT
  figure efficiency "Energy efficiency and QoS violations"
  figure environments "Energy efficiency by environment"
  for mode in still_50 still_65 streaming_50 streaming_65; do
    [[ -e $tmp/tables/efficiency_$mode.csv ]] || continue # --quick leaves one out
    printf '\n### %s, accuracy level %s\n\n' "$([[ $mode == still* ]] && echo 'One image at a time' || echo Streaming)" "${mode#*_}"
    main_table $mode
  done
}

report_selection() {
  local policy
  cat <<'TEXT'

## 3. Selection accuracy

Share of decisions that have no more violations than the oracle's and at most 5 % more expected energy (near), and of those for the very same target (exact).
TEXT
  figure selection "How often policies decide like the oracle"
  figure confusion "Places taken against the oracle's"
  echo
  echo "| policy | near, S1-S5 (%) | exact (%) | near, D1-D4 (%) | exact (%) |"
  echo "|---|---|---|---|---|"
  while IFS= read -r policy; do
    echo "| $policy | $(share S1-S5 near_oracle_ratio "$policy") | $(share S1-S5 oracle_match_ratio "$policy") |" \
      "$(share D1-D4 near_oracle_ratio "$policy") | $(share D1-D4 oracle_match_ratio "$policy") |"
  done < <(awk -F, 'NR > 1 && !seen[$3]++ { print $3 }' "$tmp/tables/selection.csv")
  report_order
}

# Where a trained AutoScale needs less energy than the oracle, by more than half a percent of both.
report_order() {
  cat <<'TEXT'

### Is the oracle ahead?

Of all tasks (phone, environment, network): in how many the oracle needs no more energy than AutoScale; in how many AutoScale needs less because it is late more often, which the oracle puts first; and
in how many it needs less without being late more often.

| requests, accuracy level | tasks | the oracle needs no more | AutoScale less, and later | less, not later | which |
|---|---|---|---|---|---|
TEXT
  local mode
  for mode in still_50 still_65 streaming_50 streaming_65; do
    [[ ! -e $tmp/tables/networks_$mode.csv ]] || order_of "$mode"
  done
  cat <<'TEXT'

What is left is explained: the oracle takes the next request to use the same radio, and a tail to end with its upload. In D3 it takes MobileBERT to the tablet whenever Wi-Fi is at its weakest, comes back
with the next request, and pays Wi-Fi Direct's whole tail: 86 mJ instead of the 26 mJ expected. AutoScale has learned by then that the cloud, weak or not, is cheaper. It also has seen service noise: it is
late less often than the oracle where what is expected to take just under the limit takes longer at times.
TEXT
}

order_of() { # MODE
  awk -F, -v mode="${1/_/, }" '
    NR > 1 && $3 != "all" && ($4 == "oracle" || $4 == "autoscale") {
      task = $1 " " $2 " " $3
      efficiency[task, $4] = $5; late[task, $4] = $8
      if (!seen[task]++) tasks[++count] = task
    }
    END {
      for (i = 1; i <= count; ++i) {
        t = tasks[i]
        if (efficiency[t, "autoscale"] <= 1.005 * efficiency[t, "oracle"]) { ++ahead; continue }
        if (late[t, "autoscale"] > late[t, "oracle"] + 0.005) { ++later; continue }
        which = which (which == "" ? "" : ", ") t
        ++left
      }
      printf "| %s | %d | %d | %d | %d | %s |\n", mode, count, ahead, later, left, left ? which : "-"
    }' "$tmp/tables/networks_$1.csv"
}

share() { # GROUP METRIC POLICY
  awk -F, -v group="$1" -v metric="$2" -v policy="$3" '$1 == group && $2 == metric && $3 == policy { printf "%.1f ±%.1f\n", 100 * $6, 100 * $7 }' \
    "$tmp/tables/selection.csv"
}

report_training() {
  cat <<'TEXT'

## 4. Training

As in the paper: 100 inferences of every network in every runtime state.

TEXT
  as_markdown training phone policy inferences runtime_states saved_bytes
  cat <<'TEXT'

Learning curves: untrained, learning and exploring while they are judged, in S1. Converged: 14 of 20 requests of one network in a row are near the oracle; a learner that never gets there
counts with all the inferences it had.
TEXT
  figure learning "Learning curves on the Mi 8 Pro"
  figure transfer "Learning curves with and without a transferred table"
  for phone in "${phones[@]}"; do
    echo
    as_markdown "convergence_$phone" phone policy learners never_ratio mean_inferences quartile_1 median quartile_3 near_oracle_ratio
  done
  printf '\nMemory of what each policy has learned after training (0: it learns nothing); times are in [host.md](host.md).\n\n'
  awk -F, 'NR == 1 || $3 > 0' "$tmp/tables/footprint.csv" >"$tmp/tables/footprint_shown.csv"
  as_markdown footprint_shown device policy policy_bytes
  printf '\nLearners judged on a network that they were not trained on: section 6.\n'
}

report_sensitivity() {
  cat <<'TEXT'

## 5. Sensitivity

One assumption at a time, over the range that configs/reproduction/sensitivity.tsv gives with its reason; S1 to S5, three phones, ten networks. Bars are the arithmetic mean, as the paper presumably
averaged.
TEXT
  figure tornado_cpu "Tornado chart of the efficiency over the CPU"
  figure tornado_cloud "Tornado chart of the efficiency over the cloud"
  echo
  survive cpu_only 9.8
  survive cloud_only 1.6
  echo "* Assumed figures that were not varied, with the reason of each: tables/sensitivity_left_out.csv."
  report_joint
}

report_joint() {
  cat <<'TEXT'

All at once: a Latin hypercube over the same ranges, every parameter of the list being drawn anew in every point (alternatives, such as another radio table or reward, in equal shares with what is
assumed). What was drawn: tables/joint_points.csv; what came of it: tables/joint.csv.
TEXT
  figure joint "Share of points that reach a ratio"
  printf '\nEnergy efficiency of a policy over a baseline in these points:\n\n'
  as_markdown joint_summary baseline_policy policy average points least q05 median q95 greatest share_above_1
  printf '\nWhat the arithmetic mean of AutoScale hangs on most: rank correlation with the parameter (Spearman; of alternatives the correlation ratio on ranks, without a sign).\n\n'
  awk -F, 'NR == 1 || ++n[$1] <= 8' "$tmp/tables/joint_ranks.csv" >"$tmp/tables/joint_ranks_shown.csv"
  as_markdown joint_ranks_shown baseline_policy parameter rank_correlation
}

# The range of a conclusion over all points.
survive() { # BASELINE PAPER
  awk -F, -v baseline="$1" -v paper="$2" '
    NR == 1 { for (i = 1; i <= NF; ++i) at[$i] = i; next }
    $(at["metric"]) != "inferences_per_joule" || $(at["policy"]) != "autoscale" || $(at["baseline_policy"]) != baseline { next }
    { a = $(at["arithmetic_mean"]); g = $(at["geometric_mean"]); ++n
      if (n == 1 || a < low) { low = a; low_of = $1 " " $3 } if (n == 1 || a > high) { high = a; high_of = $1 " " $3 }
      if (n == 1 || g < glow) glow = g; if (n == 1 || g > ghigh) ghigh = g
      above += g > 1 }
    END { printf "* over %s: arithmetic mean from %.3g (%s) to %.3g (%s), geometric from %.3g to %.3g; the paper has %s. AutoScale is ahead (geometric mean above 1) in %d of %d points.\n",
      baseline, low, low_of, high, high_of, glow, ghigh, paper, above, n }' "$tmp/tables/sensitivity.csv"
}

report_limits() {
  cat <<'TEXT'

## 6. What breaks AutoScale

### States that hide what matters

`oracle_binned` is the best that any table over AutoScale's states could do, `oracle_binned_shared` with one table for all service classes; the oracle's 100 % minus theirs is lost to
aliasing, the rest to learning: see the table of section 3. MobileNet v3 and SSD MobileNet v3 share a state.

### Misses that the printed reward does not punish

The same requests under both rewards; differences are paired, in percentage points. Energy: geometric mean of the ratio to `autoscale`.

| environments | autoscale, late (%) | autoscale_paper, late (%) | difference | energy |
|---|---|---|---|---|
TEXT
  local environment
  for environment in all "${static[@]}" "${dynamic[@]}"; do unpunished "$environment"; done
  cat <<'TEXT'

### Few samples

TEXT
  figure samples "Training inferences"
  cat <<'TEXT'

### States never trained

Trained under strong signals and without co-runners alone, judged in S1 to S5: an unseen state is answered by the nearest one of the same network.

TEXT
  as_markdown unseen_states metric policy tasks mean mean_ci95 difference
  cat <<'TEXT'

### Networks never trained

Leave one network out: each learner is trained on the others and judged on the one left out, in a changing environment (scenario reproduction/predictors_variance). Energy: times the oracle's. Where
fewer requests are in time, less energy is no merit. Per network: tables/left_out.csv.

| policy | networks | energy, trained | left out | late, trained (%) | left out | near the oracle, trained (%) | left out |
|---|---|---|---|---|---|---|---|
TEXT
  left_out_means
  cat <<'TEXT'

### Drift

A signal steps from strong to weak and back, and then (180 s) to a level in the same bin of the state: a frozen table does not follow, a learner that goes on learning leaves the bad target and does not come back.
TEXT
  figure drift "A learner after steps of the signal"
}

# Means over the networks, by policy in the order of the table.
left_out_means() {
  awk -F, '
    NR == 1 { for (i = 1; i <= NF; ++i) at[$i] = i; next }
    { p = $(at["policy"]); if (!(p in n)) order[++k] = p; ++n[p]
      for (c in at) sum[p, c] += $(at[c]) }
    function mean(p, c, scale) { return scale * sum[p, c] / n[p] }
    END { for (i = 1; i <= k; ++i) { p = order[i]
      printf "| %s | %d | %.3f | %.3f | %.1f | %.1f | %.1f | %.1f |\n", p, n[p], mean(p, "trained_energy_ratio", 1),
        mean(p, "left_out_energy_ratio", 1), mean(p, "trained_late_ratio", 100), mean(p, "left_out_late_ratio", 100),
        mean(p, "trained_near_ratio", 100), mean(p, "left_out_near_ratio", 100) } }' "$tmp/tables/left_out.csv"
}

unpunished() { # ENVIRONMENT
  awk -F, -v wanted="$1" '
    NR == 1 { for (i = 1; i <= NF; ++i) at[$i] = i; next }
    $1 != wanted || $(at["policy"]) != "autoscale_paper" { next }
    $(at["metric"]) == "qos_violation_ratio" { late = sprintf("%.1f | %.1f | %+.1f ±%.1f", 100 * $(at["baseline_mean"]), 100 * $(at["mean"]),
      100 * $(at["difference"]), 100 * $(at["difference_ci95"])) }
    $(at["metric"]) == "energy_mj_per_inference" { energy = sprintf("%.3f (%.3f to %.3f)", $(at["geometric_mean"]), $(at["geometric_mean_low95"]),
      $(at["geometric_mean_high95"])) }
    END { printf "| %s | %s | %s |\n", toupper(wanted), late, energy }' "$tmp/tables/printed_reward.csv"
}
