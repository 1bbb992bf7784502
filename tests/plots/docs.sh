#!/usr/bin/env bash
# Every shell block of docs/plots.md runs as printed, from the project's folder.
source "$SOURCE_DIR/tests/support/plots.sh"
mkdir path && ln -s "$AUTOSCALE_SIM" path/autoscale-sim && PATH=$scratch/path:$PATH
export AUTOSCALE_SIM_DATA=$SOURCE_DIR
ln -s "$SOURCE_DIR/scripts" scripts
awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$SOURCE_DIR/docs/plots.md" >commands
[[ $(grep -c '^scripts/plot_' commands) -ge 9 ]] || fail "the page has lost its commands"
while IFS= read -r line; do
  [[ $line == scripts/setup* ]] && continue # would install
  last_command=$line
  bash -c "$line" >said 2>&1 || { fail "$line"; cat said; }
  for picture in $(grep -oE 'out/[a-z0-9-]+\.(png|svg|pdf)$' <<<"$line"); do
    [[ -s $picture ]] || fail "$line: no $picture"
  done
done <commands
finish
