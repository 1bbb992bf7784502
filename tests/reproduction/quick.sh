#!/usr/bin/env bash
# scripts/reproduce --quick: golden results with tolerances, and a report where its tools are.
source "$SOURCE_DIR/tests/support/cli.sh"
command -v python3 >/dev/null || exit 77
[[ -z ${SANITIZED-} ]] || { echo "skipped: takes hours with sanitizers; cli.scenarios simulates its scenarios"; exit 77; }
last_command="reproduce --quick"
options=(--no-report)
if /usr/bin/python3 -c 'import matplotlib' 2>/dev/null && command -v pandoc >/dev/null; then options=(); fi
"$SOURCE_DIR/scripts/reproduce" --quick "${options[@]}" --out r 2>err || { fail "exit code $?"; tail -20 err; finish; }
python3 "$SOURCE_DIR/scripts/reproduction/golden.py" r/tables "$SOURCE_DIR/results/reproduction/quick" >out || { fail "results moved"; cat out; }
tail -1 out
if ((${#options[@]} == 0)); then
  says r/report.md "energy efficiency over Edge (CPU FP32), average | 9.8 | paper" "## 6. What breaks AutoScale"
  grep -q '| *|' r/report.md && { fail "an empty cell in the report"; grep -n '| *|' r/report.md | head -5; }
  grep -Eq 'nan|inf[^eo]' r/report.md && fail "not a number in the report"
  # Self-contained: pictures inside, nothing to fetch.
  grep -q 'src="data:image/svg' r/report.html || fail "no picture in report.html"
  grep -Eq '(src|href)="(https?:|figures/)' r/report.html && fail "report.html refers to other files"
  while IFS= read -r picture; do [[ -s r/$picture ]] || fail "$picture is not there"; done < <(grep -o 'figures/[a-z0-9_]*\.svg' r/report.md)
  python3 -c 'import json; m = json.load(open("r/manifest.json")); assert m["rerun"] == "scripts/reproduce --quick" and len(m["steps"]) > 20' ||
    fail "manifest.json"
  grep -q "$scratch" r/manifest.json r/report.md && fail "a folder of this machine is published"
fi
finish
