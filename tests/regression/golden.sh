#!/usr/bin/env bash
# The golden results of results/golden: the same but for rounding.
source "$SOURCE_DIR/tests/support/cli.sh" || exit 1

count=0
while read -r name arguments; do
  [[ -z $name || $name == \#* ]] && continue
  read -ra words <<<"$arguments"
  expect 0 "${words[@]}" --expect "$SOURCE_DIR/results/golden/$name.json" --gate rounding --format csv
  says err "(gate rounding)"
  count=$((count + 1))
done <"$SOURCE_DIR/results/golden/runs"
((count >= 5)) || fail "only $count golden results"
[[ $(ls "$SOURCE_DIR"/results/golden/*.json | wc -l) == "$count" ]] || fail "a golden file that no run of the list writes"
finish
