#!/usr/bin/env bash
# The manual page is troff without warnings and names every command and option.
source "$SOURCE_DIR/tests/support/cli.sh" || exit 1

expect 0 man; empty err
cp out page.1
if ! command -v groff >/dev/null; then
  echo "skipped: no groff (Debian: groff-base)"
  exit 77
fi
groff -man -ww -Tascii -P-c -P-b -P-u -P-o page.1 >page.txt 2>warnings
[[ ! -s warnings ]] || { fail "groff warns"; cat warnings; }
[[ $(awk 'length($0) > 80' page.txt | wc -l) == 0 ]] || fail "lines wider than a terminal"

expect 0 --help
mapfile -t commands < <(sed -n '/^Subcommands:/,$s/^  \([a-z]\+\) .*/\1/p' out)
((${#commands[@]} >= 7)) || fail "only ${#commands[@]} commands in --help"
last_command="man"
for command in "${commands[@]}"; do
  says page.txt "autoscale-sim $command" "   $command"
  "$AUTOSCALE_SIM" "$command" --help >help
  for option in $(grep -oE '^ +(-[a-z],)?--[a-z-]+' help | grep -oE -- '--[a-z-]+'); do
    says page.txt "$option"
  done
done
says page.txt NAME SYNOPSIS "EXIT STATUS" AUTOSCALE_SIM_DATA "--data DIR"

if man -l page.1 >/dev/null 2>&1; then
  MANWIDTH=80 man -l page.1 >shown 2>complaints
  says shown "simulator of edge-cloud"
  empty complaints
fi
finish
