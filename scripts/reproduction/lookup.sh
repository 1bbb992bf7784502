# Values of the tables of a step, for the report.

# cell FORMAT TABLE COLUMN KEY=VALUE...: of the one row that fits; "-" where it is empty. No row, or two, is an error.
cell() {
  local format=$1 table=$2 column=$3
  shift 3
  awk -F, -v format="$format" -v column="$column" -v table="$table" -v keys="$(printf '%s\n' "$@")" '
    NR == 1 { for (i = 1; i <= NF; ++i) at[$i] = i; n = split(keys, pair, "\n")
      for (i = 1; i <= n; ++i) { split(pair[i], kv, "="); key[i] = kv[1]; value[i] = kv[2] } next }
    { for (i = 1; i <= n; ++i) if ($(at[key[i]]) != value[i]) next
      found = $(at[column]); ++rows }
    END { if (rows != 1) { gsub("\n", " ", keys); print rows + 0 " rows of " table " fit " keys >"/dev/stderr"; exit 1 }
      if (found == "") print "-"; else printf format "\n", found }' "$tmp/tables/$table.csv"
}

# efficiency MODE GROUP BASELINE POLICY: "geometric (low to high) / arithmetic".
efficiency() {
  awk -F, -v group="$2" -v baseline="$3" -v policy="$4" '
    NR == 1 { for (i = 1; i <= NF; ++i) at[$i] = i; next }
    $(at["group"]) == group && $(at["metric"]) == "inferences_per_joule" && $(at["baseline_policy"]) == baseline && $(at["policy"]) == policy {
      printf "%.2f (%.2f to %.2f) / %.2f\n", $(at["geometric_mean"]), $(at["geometric_mean_low95"]), $(at["geometric_mean_high95"]),
        $(at["arithmetic_mean"]); ++n }
    END { if (n == 0) print "-"; if (n > 1) exit 1 }' "$tmp/tables/efficiency_$1.csv"
}

violations() { # MODE GROUP POLICY: "% ±"
  local column=mean policy=$3 baseline=cpu_only
  if [[ $policy == cpu_only ]]; then column=baseline_mean policy=oracle; fi
  awk -F, -v group="$2" -v column="$column" -v policy="$policy" '
    NR == 1 { for (i = 1; i <= NF; ++i) at[$i] = i; next }
    $(at["group"]) == group && $(at["metric"]) == "qos_violation_ratio" && $(at["baseline_policy"]) == "cpu_only" && $(at["policy"]) == policy {
      printf "%.1f ±%.1f\n", 100 * $(at[column]), 100 * $(at[column "_ci95"]); ++n }
    END { if (n == 0) print "-"; if (n > 1) exit 1 }' "$tmp/tables/efficiency_$1.csv"
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (a ~ /^[0-9.]+$/ && b ~ /^[0-9.]+$/ && b > 0) printf "%.2f\n", a / b; else print "-" }'; }

# Networks whose best place in ENVIRONMENT is another than in S1, as "3 of 30: cpu to gpu 2, ...".
moves() {
  awk -F, -v wanted="$1" '
    $1 == "s1" { before[$2, $3] = $4 }
    $1 == wanted { after[$2, $3] = $4 }
    END { for (k in after) { ++n; if (after[k] != before[k]) { ++m; ++kind[before[k] " to " after[k]] } }
      text = sprintf("%d of %d", m, n)
      count = 0; for (k in kind) order[++count] = sprintf("%02d %s", 99 - kind[k], k)
      for (i = 2; i <= count; ++i) { v = order[i]; for (j = i - 1; j > 0 && order[j] > v; --j) order[j + 1] = order[j]; order[j + 1] = v }
      for (i = 1; i <= count; ++i) { k = substr(order[i], 4); text = text (i == 1 ? ": " : ", ") k " " kind[k] }
      print text }' "$tmp/tables/oracle_places.csv"
}

# Of one phone in ENVIRONMENT: "dsp 5, gpu 3".
places() {
  awk -F, -v phone="$1" -v wanted="$2" '
    $1 == wanted && $2 == phone { ++n[$4] }
    END { m = split("cpu gpu dsp tablet cloud", name, " "); for (i = 1; i <= m; ++i) if (n[name[i]]) { printf "%s%s %d", s, name[i], n[name[i]]; s = ", " } print "" }' \
    "$tmp/tables/oracle_places.csv"
}

# Sum of layer latencies of KIND on PLACE over the same on cpu/fp32, networks that both have, of PHONE.
kind_ratio() { # PHONE KIND PLACE
  awk -F, -v phone="$1" -v kind="$2" -v place="$3" '
    $1 == phone && $4 == kind { ms[$3, $2] = $5; nets[$2] = 1 }
    END { for (n in nets) if ((place, n) in ms && ms["cpu/fp32", n] > 0) { a += ms[place, n]; b += ms["cpu/fp32", n] }
      if (b > 0) printf "%.2f\n", a / b; else print "-" }' "$tmp/tables/layer_kinds.csv"
}

# A CSV table (columns by name) as markdown.
as_markdown() { # TABLE COLUMN...
  local file=$tmp/tables/$1.csv
  shift
  table %.6g "$@" <"$file" | awk -F, -v OFS=' | ' '{ $1 = $1; print "| " $0 " |" } NR == 1 { line = "|"; for (i = 1; i <= NF; ++i) line = line "---|"; print line }'
}
