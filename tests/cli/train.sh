#!/usr/bin/env bash
# What train saves is what run loads.
source "$SOURCE_DIR/tests/support/cli.sh"

expect 0 train quickstart --save table.json; empty out; says err "trained autoscale with"
[[ -s table.json ]] || fail "no table"
expect 0 --quiet train quickstart --save again.json; empty err
same table.json again.json
expect 0 train quickstart --save other.json --seed 2
cmp -s table.json other.json && fail "another seed learned the same"

expect 0 run quickstart --policy autoscale --set /policy/load=table.json
says out autoscale
expect 2 run quickstart --policy autoscale --set /policy/load=nowhere.json; says err "nowhere.json"

# A table goes back to the rule that made it.
for policy in sarsa double_q; do
  expect 0 --quiet train quickstart --policy $policy --save $policy.json
  expect 0 run quickstart --policy $policy --set /policy/load=$policy.json; says out $policy
  expect 2 run quickstart --policy autoscale --set /policy/load=$policy.json
  says err "was learned by $policy, not by q_learning" "load it in policy \"$policy\""
done
expect 2 run quickstart --policy sarsa --set /policy/load=table.json; says err 'load it in policy "autoscale"'
expect 2 run quickstart --policy autoscale --set /policy/load=table.json --set '/policy/features_left_out=["wifi"]'
says err 'was learned with features_left_out [], not ["wifi"]'
# Predictors save the records that they learn from.
few=(--set /training/inferences_per_state=3)
for policy in linear_regression svr svm knn bayesian_optimization; do
  expect 0 train quickstart --policy $policy --save records.json "${few[@]}"; says err "trained $policy with"
  expect 0 run quickstart --policy $policy "${few[@]}" --replications 1 --format csv; cp out trained.csv
  expect 0 run quickstart --policy $policy --set /policy/load=records.json --replications 1 --format csv
  [[ $policy == bayesian_optimization ]] || same out trained.csv
done
expect 2 run quickstart --policy knn --set /policy/load=table.json; says err "table.json: /autoscale_records"
expect 2 run quickstart --policy knn --set /policy/load=records.json --set /device=moto_x_force
says err "/targets/0: this phone has no target"

expect 2 train quickstart --save t.json --policy oracle; says err "does not learn"
expect 2 train quickstart --save nowhere/t.json; says err "--save"
expect 2 train quickstart; says err "--save"
finish
