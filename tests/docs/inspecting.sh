#!/usr/bin/env bash
# Every shell block of docs/inspecting.md runs as printed, in order.
source "$SOURCE_DIR/tests/support/cli.sh"
mkdir path && ln -s "$AUTOSCALE_SIM" path/autoscale-sim && PATH=$scratch/path:$PATH
export AUTOSCALE_SIM_DATA=$SOURCE_DIR
awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$SOURCE_DIR/docs/inspecting.md" >commands
[[ $(grep -c '^autoscale-sim ' commands) -ge 7 ]] || fail "the page has lost its commands"
while IFS= read -r line; do
  last_command=$line
  bash -c "$line" >said 2>&1 || { fail "$line"; cat said; }
done <commands
[[ -s decision.json && -s out/weak/results.csv ]] || fail "the commands left nothing behind"
finish
