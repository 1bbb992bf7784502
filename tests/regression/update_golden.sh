#!/usr/bin/env bash
# scripts/update_golden: nothing without a reason, nothing where nothing moved, otherwise results and the reason.
source "$SOURCE_DIR/tests/support/cli.sh" || exit 1
command -v python3 >/dev/null || exit 77

mkdir -p copy/results copy/scripts
cp -r "$SOURCE_DIR"/results/golden copy/results; cp "$SOURCE_DIR"/scripts/update_golden copy/scripts; cp "$SOURCE_DIR"/CHANGELOG.md copy
export AUTOSCALE_SIM
update() { copy/scripts/update_golden "$@" >said 2>&1; }

update && fail "without a reason"; says said "without a --reason"
update --reason "  " && fail "with an empty reason"
update --reason "Because." nonsense && fail "an unknown name"; says said 'no golden result "nonsense"'
update --reason "Because." || fail "nothing moved"; says said "nothing moved"
diff -r copy/results/golden "$SOURCE_DIR/results/golden" >&2 || fail "what did not move is left alone"
same copy/CHANGELOG.md "$SOURCE_DIR/CHANGELOG.md"

sed -i '/^quickstart /s/$/ --set \/workload\/0\/qos_ms=20/' copy/results/golden/runs
update --reason "The light network is due in 20 ms." || { fail "an update"; cat said; }
says said "quickstart:" "moved" "written: quickstart"
cmp -s copy/results/golden/quickstart.json "$SOURCE_DIR/results/golden/quickstart.json" && fail "results are written"
same copy/results/golden/s4.json "$SOURCE_DIR/results/golden/s4.json"
[[ $(diff copy/CHANGELOG.md "$SOURCE_DIR/CHANGELOG.md" | grep -c '^[<>]') == 1 ]] || fail "one line of the changelog"
grep -A1 '^### Results' copy/CHANGELOG.md >section
says section "- The light network is due in 20 ms. (golden results: quickstart)"
update --reason "Again." && says said "nothing moved"
finish
