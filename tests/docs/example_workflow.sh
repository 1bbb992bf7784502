#!/usr/bin/env bash
# docs/examples: the script makes golden results, passes what did not change, fails what is worse; the workflow calls it.
source "$SOURCE_DIR/tests/support/cli.sh" || exit 1
mkdir bin ci && ln -s "$AUTOSCALE_SIM" bin/autoscale-sim
cp "$SOURCE_DIR"/docs/examples/judge_policy ci
PATH=$PWD/bin:$PATH
last_command=judge_policy

bash ci/judge_policy golden out >said || fail "making golden results"; says said "made golden"
bash ci/judge_policy golden out >said || fail "an unchanged policy"; says said "**Pass**"
says out/verdict.xml 'failures="0"'
sed -i 's|--replications|--set /links/wifi/signal/constant_dbm=-80 --replications|' ci/judge_policy
code=0; bash ci/judge_policy golden out >said || code=$?
[[ $code == 1 ]] || fail "exit code $code of a policy that is worse"
says said "**Fail**"; says out/verdict.md "| quickstart | cloud\\_only | all |" "moved"; says out/verdict.xml "<failure"

# Every command of the workflow that is ours is one that was run above.
workflow=$SOURCE_DIR/docs/examples/policy-regression.yml
says "$workflow" "run: bash ci/judge_policy golden out" "out/verdict.md"
for python in python3 /usr/bin/python3; do
  "$python" -c 'import yaml' 2>/dev/null || continue
  "$python" - "$workflow" <<'PYTHON' || fail "the workflow's form"
import sys, yaml
job = yaml.safe_load(open(sys.argv[1]))["jobs"]["judge"]
assert [("run" in s) != ("uses" in s) for s in job["steps"]] == [True] * 5
PYTHON
  break
done
finish
