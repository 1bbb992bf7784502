#!/usr/bin/env bash
# The printed schemas are valid, accept what ships and refuse what is wrong by shape; `$schema` keys
# are read; docs/reference.md is what the program prints.
source "$SOURCE_DIR/tests/support/cli.sh" || exit 1

expect 0 schema; says out scenario device network radio sweep regression trace trace_model "policy NAME"; empty err
expect 2 schema scenaro; empty out; says err '"scenaro"' "did you mean 'scenario'?"
expect 2 schema policy; empty out; says err "autoscale" "oracle"
expect 2 schema policy orcale; empty out; says err "did you mean 'oracle'?"
expect 2 schema trace mi8pro; empty out; says err '"mi8pro"'
expect 2 schema device mi8pro; empty out; says err '"mi8pro"'

mkdir schemas
for kind in scenario device network radio sweep regression trace trace_model; do
  expect 0 schema "$kind"; empty err
  cp out "schemas/$kind.json"
done
expect 0 list policies
for name in $(awk 'NR > 1 && /^[a-z]/ { print $1 }' out); do
  expect 0 schema policy "$name"
  cp out "schemas/policy_$name.json"
done
[[ -s schemas/policy_autoscale.json && -s schemas/policy_oracle.json ]] || fail "schemas of policies"

# $schema: a string, in the outermost object of a scenario, a profile and a policy configuration.
with_schema() { # FILE VALUE: the file with "$schema" as first key
  sed "0,/{/s|{|{\"\$schema\": $2,|" "$1"
}
mkdir -p own && cp -r "$SOURCE_DIR"/{models,configs,scenarios} own
for file in scenarios/quickstart models/devices/mi8pro models/networks/mobilenet_v3 \
  configs/radios/wifi_5ghz configs/policies/autoscale_paper; do
  with_schema "$SOURCE_DIR/$file.json" '"https://example.org/s.json"' >"own/$file.json"
done
tuned=(--set '/policies/0={"policy": "autoscale", "config": "autoscale_paper"}')
expect 0 check quickstart "${tuned[@]}"; cp out without
expect 0 --data own check quickstart "${tuned[@]}"; same out without
cp out again.json
expect 0 check again.json; same out without
for file in scenarios/quickstart models/devices/mi8pro configs/policies/autoscale_paper; do
  cp "own/$file.json" kept
  with_schema "$SOURCE_DIR/$file.json" 7 >"own/$file.json"
  expect 2 --data own check quickstart "${tuned[@]}"
  empty out; says err "$file.json: /\$schema: expected a string, got 7"
  cp kept "own/$file.json"
done
expect 2 check quickstart --set '/links/$schema="x"'; says err "/links/\$schema: unknown key"

expect 0 schema --format markdown
same out "$SOURCE_DIR/docs/reference.md"
expect 2 schema device --format markdown; empty out

python=""
for candidate in python3 /usr/bin/python3; do
  "$candidate" -c 'import jsonschema' 2>/dev/null && python=$candidate && break
done
if [[ -z $python ]]; then
  echo "skipped: no python3 with jsonschema (Debian: python3-jsonschema)"
  ((failures == 0)) || exit 1
  exit 77
fi
"$python" "$SOURCE_DIR/tests/cli/schema.py" "$SOURCE_DIR" schemas || fail "schemas and files"
finish
