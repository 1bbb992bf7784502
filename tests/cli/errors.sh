#!/usr/bin/env bash
# All mistakes at once, each with its place and what to write instead.
source "$SOURCE_DIR/tests/support/cli.sh"

expect 2 run quickstrat nowhere.json
empty out
says err "did you mean 'quickstart'?" 'there is no file "nowhere.json"'

expect 2 run quickstart --policy orcale --policy zzz
says err '"orcale"' "did you mean 'oracle'?" '"zzz"' "known policies"

expect 2 check quickstart --set /qos=3 --set /workload/0/qos_ms=-1
says err "/qos: unknown key" "/workload/0/qos_ms: expected a number above 0, got -1"

# Of files that are named, of roles, and of policies, together.
expect 2 check quickstart --set /device=xeon_p100 --set /cloud=mi8pro --set /workload/0/network=foo \
  --set /policies/0=bar --set /links/wifi/radio=baz
empty out
says err '"xeon_p100" is a cloud, not a phone' '"mi8pro" is a phone, not a cloud' \
  '/workload/0/network: there is no network "foo"' '/policies/0: there is no policy "bar"' \
  '/links/wifi/radio: there is no radio "baz"'

# Of several scenarios, too.
expect 2 check quickstart paper/s1 --set /seed=x
[[ $(grep -c 'seed' err) == 2 ]] || { fail "one error per scenario"; cat err; }

expect 2 run quickstart --set '/policies=[]'; says err "/policies: names no policy"
expect 2 run quickstart --set '/policy={"nonsense": 1}'; says err "/policy/nonsense"
expect 2 check quickstart --set '/links={}'; says err "/cloud" "/edge_peer"

echo '{"name": "x", "device": }' >broken.json
expect 2 check broken.json; says err "broken.json"
finish
