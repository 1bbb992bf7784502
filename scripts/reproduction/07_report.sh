# The report: report.md and report.html from the tables and figures of all steps, a manifest, and host.md, which alone holds wall-clock times.

source "$parts/lookup.sh"
source "$parts/report_paper.sh"
source "$parts/report_results.sh"

check_report_tools() {
  if /usr/bin/python3 -c 'import matplotlib' 2>/dev/null && command -v pandoc >/dev/null; then return; fi
  echo "reproduce: the report needs matplotlib and pandoc: scripts/setup --report installs them; --no-report does without" >&2
  exit 1
}

# Everything in one folder, as it will be published, so that names are found.
gather() {
  local name kind file
  mkdir "$tmp/tables" "$tmp/figures"
  for name in "${names[@]}"; do
    for kind in tables figures; do
      for file in "$work/$name/$kind"/*; do
        [[ ! -f $file ]] || ln -sf "$file" "$tmp/$kind/"
      done
    done
  done
}

json_text() { sed 's/\\/\\\\/g; s/"/\\"/g; s/\t/ /g'; }

write_manifest() {
  local name separator='' line first version
  version=$("$sim" --version)
  {
    echo '{'
    echo "  \"program\": \"$(head -1 <<<"$version" | json_text)\","
    echo "  \"rerun\": \"scripts/reproduce$( ((quick)) && echo ' --quick')\","
    echo "  \"seed\": $seed,"
    echo "  \"replications\": $replications,"
    echo "  \"inputs\": \"$inputs\","
    echo '  "steps": ['
    for name in "${names[@]}"; do
      [[ -f $work/$name/commands ]] || continue
      printf '%s    {"step": "%s", "commands": [' "$separator" "$name"
      first=''
      while IFS= read -r line; do
        printf '%s\n      "%s"' "$first" "$(json_text <<<"$line")"
        first=,
      done <"$work/$name/commands"
      printf ']}'
      separator=$',\n'
    done
    printf '\n  ]\n}\n'
  } >"$tmp/manifest.json"
  echo "$policies" >"$tmp/policies.json"
}

# Of the runs of experiment 2 in S1: wall-clock times of this machine, which no second run repeats.
write_host() {
  local phone
  {
    echo '# Times on the machine of this run'
    echo
    echo 'Measured with the wall clock while the machine did other things too; the one file here that a second run does not repeat. docs/performance.md has careful figures.'
    echo
    echo '| phone | policy | decision (ns) | update (ns) | training inferences |'
    echo '|---|---|---|---|---|'
    for phone in "${phones[@]}"; do
      awk -v phone="$phone" -F'[:,]' '
        function text() { v = $2; gsub(/[ "]/, "", v); return v }
        /"name"/ { name = text() } /"decision_ns"/ { d = text() } /"update_ns"/ { u = text() }
        /"training_inferences"/ { printf "| %s | %s | %.0f | %.0f | %s |\n", phone, name, d, u, text() }' \
        "$work/main/$phone.still.50/r/s1/timing.json"
    done
  } >"$tmp/host.md"
}

make_report() {
  gather
  write_manifest
  write_host
  {
    report_head
    report_paper
    report_characterisation
    report_main
    report_selection
    report_training
    report_sensitivity
    report_limits
  } >"$tmp/report.md"
  (
    cd "$tmp" || exit
    pandoc --from gfm --to html5 --standalone --self-contained --metadata pagetitle='AutoScale, reproduced' \
      --include-in-header "$parts/report_style.html" --output report.html report.md
  )
  rm -r "$tmp/tables" "$tmp/figures"
}

write_report() {
  local name of=()
  for name in ${names[@]+"${names[@]}"}; do
    [[ $name == report ]] || of+=(--of "$name")
  done
  step report "${of[@]}" --file "$parts/lookup.sh" --file "$parts/report_paper.sh" --file "$parts/report_results.sh" \
    --file "$parts/report_style.html" -- make_report
}
