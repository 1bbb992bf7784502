#!/usr/bin/env bash
# All mistakes at once, each with its place and what to write instead.
source "$SOURCE_DIR/tests/support/cli.sh"

expect 2 run quickstrat nowhere.json
empty out
says err "did you mean 'quickstart'?" 'there is no file "nowhere.json"'

expect 2 run quickstart --policy orcale --policy zzz
says err '"orcale"' "did you mean 'oracle'?" '"zzz"' "known policies"

expect 2 check quickstart --set /qos=3 --set /workload/0/qos_ms=-1
says err "/qos: unknown key" "/workload/0/qos_ms: expected a number above 1e-06, got -1"

# Of files that are named, of roles, and of policies, together.
expect 2 check quickstart --set /device=xeon_p100 --set /cloud=mi8pro --set /workload/0/network=foo \
  --set /policies/0=bar --set /links/wifi/radio=baz
empty out
says err '"xeon_p100" is a cloud, not a phone' '"mi8pro" is a phone, not a cloud' \
  '/workload/0/network: there is no network "foo"' '/policies/0: there is no policy "bar"' \
  '/links/wifi/radio: there is no radio "baz"'

# Beside mistakes of the scenario itself, of which what could be read is looked up.
expect 2 check quickstart --set /workload/0/qos=3 --set /device=mi9pro --set /workload/1/network=foo --set /policies/0=bar \
  --set /cloud=7 --set /links/wifi_direct/radio=
empty out
says err '/workload/0/qos: unknown key' '/device: there is no device "mi9pro"' '/workload/1/network: there is no network "foo"' \
  '/policies/0: there is no policy "bar"' '/cloud: expected a string, got 7' '/links/wifi_direct/radio: must not be empty'
[[ $(wc -l <err) == 6 ]] || { fail "a mistake was told twice, or made up"; cat err; }
expect 2 check quickstart --set /workload/7/qos_ms=3 --set /device=mi9pro
says err '/workload/7' '/device: there is no device "mi9pro"'
expect 2 check walking --set /policies/0= --set /links/wifi/signal/trace=
says err '/policies/0: must not be empty' '/links/wifi/signal/trace: must not be empty'
[[ $(wc -l <err) == 2 ]] || { fail "what could not be read was looked up"; cat err; }
expect 2 check quickstart --set /workload/0/qos=3 --set /policy/epsilon=0.1 --set '/policies=["cpu_only", {"policy":7}]'
says err '/workload/0/qos: unknown key' '/policies/1/policy: expected a string, got 7'
[[ $(wc -l <err) == 2 ]] || { fail "keys are blamed although a policy could not be read"; cat err; }
expect 2 run quickstart --policy cpu_only --set /workload/0/qos=3 --set /policies/0=bar --set /cloud=x
says err '/workload/0/qos: unknown key' '/cloud: there is no device "x"'
[[ $(wc -l <err) == 2 ]] || { fail "a policy that is not selected is checked"; cat err; }
# Keys of a policy that nobody knows are not blamed.
expect 2 check quickstart --set '/policies=["autoscle"]' --set '/policy={"learning_rate_ratio":0.9}'
says err '/policies/0: there is no policy "autoscle"'
[[ $(wc -l <err) == 1 ]] || { fail "keys of an unknown policy are blamed"; cat err; }

# Of several scenarios, too.
expect 2 check quickstart paper/s1 --set /seed=x
[[ $(grep -c 'seed' err) == 2 ]] || { fail "one error per scenario"; cat err; }

expect 2 run quickstart --set '/policies=[]'; says err "/policies: names no policy"
expect 2 run quickstart --set '/policy={"nonsense": 1}'; says err "/policy/nonsense"
expect 2 run quickstart --set '/policies=[{"policy":"cpu_only","trained":false},{"policy":"oracle","evaluation":"online"}]'
says err '/policies/0/trained: policy "cpu_only" learns nothing' '/policies/1/evaluation: policy "oracle" learns nothing'
expect 2 check quickstart --set '/policies=[{"policy":"svr","config":{"records_count":100000,"penalty":0}},{"policy":"knn","config":{"labels":"places"}}]'
says err '/policies/0/config/records_count: 100000 is outside [1, 4096]' '/policies/0/config/penalty: expected a number above 0' \
  '/policies/1/config/labels: ' "did you mean 'place'?"
expect 2 check quickstart --set '/policies=[{"policy":"bayesian_optimization","config":{"acquisition":"ei"}},{"policy":"linear_regression","config":{"lamda":1}}]'
says err '/policies/0/config/acquisition: ' 'expected_improvement' '/policies/1/config/lamda: unknown key' "did you mean 'lambda'?"
expect 2 check quickstart --set '/training/leave_out=["mobilenet_v2"]'
says err '/training/leave_out/0: no workload has the network "mobilenet_v2"' "did you mean 'mobilenet_v3'?"
expect 2 check quickstart --set '/links={}'; says err "/cloud" "/edge_peer"

# Of what a learner leaves out: names, lists of them, and where the slip was made.
expect 2 check quickstart --set '/policies=[{"policy":"autoscale","config":{"features_left_out":["wfi"],"q_value_bits":"12","reward_terms_left_out":"energy","lambda":0.5}},{"policy":"sarsa","config":{"lambda":1.5,"q_value_bits":16}}]'
says err '/policies/0/config/features_left_out/0: "wfi" is not one of "conv"' "did you mean 'wifi'?" \
  '/policies/0/config/q_value_bits: "12" is not one of "32", "16", "8"' \
  '/policies/0/config/reward_terms_left_out: expected a list, got "energy"' '/policies/0/config/lambda: unknown key' \
  '/policies/1/config/lambda: 1.5 is outside [0, 1]' '/policies/1/config/q_value_bits: expected one of "32", "16", "8", got 16'
expect 2 check quickstart --set '/policy={"features_left_out":["cpu","wifi","cpu"]}'
says err '/policy/features_left_out/2: "cpu" is listed twice'

# Of the command line: unknown commands and options, values, what is missing.
expect 2 rnu quickstart --polcy x --format xml --jobs 0
empty out
says err 'there is no command "rnu"; did you mean '"'run'?" "no option --polcy; did you mean '--policy'?" \
  '--format: "xml" is not one of table, json, csv' '--jobs: expected a whole number from 1 to 4096, got "0"' \
  "see autoscale-sim run --help"
expect 2 run --formt=jsn --replications=-3 --seed; empty out
says err "no option --formt; did you mean '--format'?" "--replications: expected" '"-3"' "--seed needs a value" \
  "run needs SCENARIO"
expect 2 run quickstart --format jsn --quite
says err '"jsn" is not one of' "did you mean 'json'?" "did you mean '--quiet'?"
expect 2 list polices extra; says err "did you mean 'policies'?" 'no further argument, but got "extra"'
expect 2 train quickstart --policy random --policy autoscale
says err "--policy is given 2 times" "train needs --save"
expect 2 xyzzy --wat; says err 'there is no command "xyzzy"; known commands: run' "no option --wat"

# Seeds are 64 bits, and decimal.
expect 0 check quickstart --seed 18446744073709551615; says out '"seed": 18446744073709551615'
expect 0 check quickstart --seed 010; says out '"seed": 10'
for seed in 18446744073709551616 99999999999999999999999 1e3 0x10 1.5 -0 "" " 1"; do
  expect 2 check quickstart --seed "$seed"; empty out; says err "--seed: expected a whole number" "\"$seed\""
done

# Files are named as the user did; those of names from the current folder, when they are below it.
file=/links/wifi/signal/trace/file
for named in "$SOURCE_DIR/scenarios/commuter.json" ./mine.json ../"${PWD##*/}"/mine.json; do
  cp "$SOURCE_DIR/scenarios/commuter.json" mine.json
  expect 2 check "$named" --set $file=nowhere; says err "autoscale-sim: $named: $file: there is no trace \"nowhere\""
done
build=$(dirname "$(dirname "$(realpath "$AUTOSCALE_SIM")")")
expect 2 check commuter --set $file=nowhere; says err "autoscale-sim: $build/share/autoscale-sim/scenarios/commuter.json: $file"
cd "$build" && expect_here=$("$AUTOSCALE_SIM" check commuter --set $file=nowhere 2>&1)
cd "$scratch" || exit 1
[[ $expect_here == "autoscale-sim: share/autoscale-sim/scenarios/commuter.json: $file"* ]] || fail "from here: $expect_here"

echo '{"name": "x", "device": }' >broken.json
expect 2 check broken.json; says err "broken.json"
finish
