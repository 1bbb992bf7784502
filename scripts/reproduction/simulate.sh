# How scripts/reproduce calls the program: always the same seed, replications and policies, and each call written down.

list=$root/configs/reproduction/policies.tsv
metrics=(inferences_per_joule energy_mj_per_inference qos_violation_ratio accuracy_violation_ratio near_oracle_ratio
  oracle_match_ratio oracle_energy_ratio)

# The policies as JSON, for --set /policies=...
policy_json() {
  "$sim" list policies | awk -F'\t' -v list="$list" '
    function add(entry) { json = json (json == "" ? "" : ", ") entry }
    BEGIN { while ((getline line < list) > 0) {
        n = split(line, f, "\t")
        if (f[1] == "variant" && n == 3) variants[f[2]] = f[3]
        else if (f[1] == "without" && n == 3) without[f[2]] = 1
        else if (line !~ /^#/) { print list ": not understood: " line >"/dev/stderr"; exit bad = 1 }
        if (f[1] == "variant") order[++k] = f[2] } }
    NR > 1 { split($0, word, " "); if (!(word[1] in without)) add("\"" word[1] "\"") }
    END { if (bad) exit 1
      for (i = 1; i <= k; ++i) { v = variants[order[i]]; sub(/^\{/, "{\"name\": \"" order[i] "\", ", v); add(v) }
      print "[" json "]" }'
}

# note COMMAND...: for the manifest.
note() {
  local word line=autoscale-sim
  for word in "$@"; do
    [[ $word == "/policies=$policies" ]] && word='/policies=@policies.json'
    word=${word//"$work"/.work} # no folder of this machine
    [[ $word =~ ^[A-Za-z0-9_./=,@:+-]+$ ]] || word="'$word'"
    line+=" $word"
  done
  echo "$line" >>"$tmp/commands"
}

# simulate FOLDER ARGUMENT...: a run, its results in $tmp/FOLDER; into a folder for each scenario, if there are several.
simulate() {
  local folder=$1
  shift
  note run "$@" --seed "$seed"
  "$sim" --quiet run "$@" --seed "$seed" --jobs "$jobs" --out "$tmp/$folder" --format csv >/dev/null
}

# explain FILE ARGUMENT...: the first decision, as JSON.
explain() {
  local file=$1
  shift
  note explain "$@" --seed "$seed"
  "$sim" --quiet explain "$@" --seed "$seed" --request 0 --format json >"$tmp/$file"
}

# joined RESULTS.csv...: one header, the columns that are compared.
joined() {
  awk -F, -v OFS=, -v wanted="scenario device policy network replication ${metrics[*]}" '
    FNR == 1 { n = split(wanted, name, " "); for (i = 1; i <= NF; ++i) at[$i] = i; if (NR > 1) next }
    { line = $(at[name[1]]); for (i = 2; i <= n; ++i) line = line OFS $(at[name[i]]); print line }' "$@"
}

# only PHONES SCENARIOS FILE: the rows of these, each "all" or "|a|b|".
only_rows() {
  awk -F, -v phones="$1" -v scenarios="$2" '
    NR == 1 || ((phones == "all" || index(phones, "|" $2 "|")) && (scenarios == "all" || index(scenarios, "|" $1 "|")))' "$3"
}

# table FORMAT NAME...: CSV from stdin, with columns by name; numbers with FORMAT. LEAD, if set, stands before each row, LEAD_NAMES
# before the header.
table() {
  local format=$1
  shift
  awk -F, -v format="$format" -v lead="${LEAD-}" -v lead_names="${LEAD_NAMES-}" -v wanted="$*" '
    function shown(x) { return x ~ /^[-+]?[0-9.]+(e[-+]?[0-9]+)?$/ ? sprintf(format, x) : x }
    NR == 1 { n = split(wanted, name, " "); for (i = 1; i <= NF; ++i) at[$i] = i
      for (i = 1; i <= n; ++i) if (!(name[i] in at)) { print "no column " name[i] >"/dev/stderr"; exit 1 } }
    { line = NR == 1 ? lead_names : lead
      for (i = 1; i <= n; ++i) line = line (line == "" ? "" : ",") (NR == 1 ? name[i] : shown($(at[name[i]])))
      print line }'
}

# plot NAME [--of STEP]... -- SCRIPT ARGUMENT...: a step that draws figures/NAME.svg and .png.
plot() {
  local name=$1 options=()
  shift
  while [[ $1 != -- ]]; do
    options+=("$1" "$2")
    shift 2
  done
  shift
  step "figures/$name" "${options[@]}" --file "$1" --file "$root/scripts/plotting.py" --file "$parts/figures.py" -- draw "$name" "$@"
}

draw() { # NAME SCRIPT ARGUMENT...
  local name=$1
  shift
  mkdir "$tmp/figures"
  PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=$work/matplotlib /usr/bin/python3 "$@" --dpi 110 --out "$tmp/figures/$name.svg" \
    --out "$tmp/figures/$name.png" 2>"$tmp/messages" || {
    cat "$tmp/messages" >&2
    return 1
  }
  rm "$tmp/messages"
}
