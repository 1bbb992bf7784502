#!/usr/bin/env bash
# The schema of traces says of CSV files, read by Python, what the program says of them.
source "$SOURCE_DIR/tests/support/cli.sh" || exit 1
expect 0 schema trace; empty err; cp out trace.json
expect 0 schema trace_model; empty err; cp out trace_model.json

# "$schema" may stand in a model.
sed '0,/{/s|{|{"$schema": "trace_model.json",|' "$SOURCE_DIR/traces/models/indoor_walk.json" >model.json
expect 0 generate model.json --duration-s 10 --out walk.csv

python=""
for candidate in python3 /usr/bin/python3; do
  "$candidate" -c 'import jsonschema' 2>/dev/null && python=$candidate && break
done
if [[ -z $python ]]; then
  echo "skipped: no python3 with jsonschema (Debian: python3-jsonschema)"
  ((failures == 0)) || exit 1
  exit 77
fi
"$python" "$SOURCE_DIR/tests/cli/trace_schema.py" "$SOURCE_DIR" . || fail "schemas and traces"
finish
