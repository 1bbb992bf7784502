#!/usr/bin/env bash
# The traces of traces/ are what scripts/make_traces makes of their models, byte for byte; and the models are what it
# fits to the recordings, where these are there.
source "$SOURCE_DIR/tests/support/cli.sh"

AUTOSCALE_SIM=$AUTOSCALE_SIM "$SOURCE_DIR/scripts/make_traces" --into "$PWD" 2>err || { fail make_traces; cat err; }
made=0
for trace in "$SOURCE_DIR"/traces/*.csv; do
  same "$trace" "$(basename "$trace")"
  made=$((made + 1))
done
((made == 6)) || fail "$made traces, not 6"

data=$SOURCE_DIR/../shared/data/traces
if [[ -r $data/README.md ]]; then
  mkdir tree && cp -r "$SOURCE_DIR/scripts" "$SOURCE_DIR/models" "$SOURCE_DIR/configs" "$SOURCE_DIR/scenarios" tree
  mkdir -p tree/traces/models
  AUTOSCALE_SIM=$AUTOSCALE_SIM tree/scripts/make_traces --fit "$(cd "$data" && pwd)" 2>err || { fail "make_traces --fit"; cat err; }
  for model in "$SOURCE_DIR"/traces/models/*.json; do same "$model" "tree/traces/models/$(basename "$model")"; done
else
  echo "fitting the models anew is skipped: there is no ../shared/data/traces"
fi
finish
