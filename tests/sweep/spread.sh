#!/usr/bin/env bash
# The one-liners of docs/batch.md: a sweep as shards by GNU parallel and by Snakemake, against one process; Snakemake goes
# on after a shard was killed. Each is skipped where it is not installed.
source "$SOURCE_DIR/tests/support/cli.sh" || exit 1
mkdir bin && ln -s "$AUTOSCALE_SIM" bin/autoscale-sim
PATH=$PWD/bin:$PATH
expect 0 sweep signal --out one
mkdir work && cd work || exit 1  # out is a file above
tried=0

if command -v parallel >/dev/null; then
  tried=$((tried + 1)) last_command="parallel"
  line=$(grep -om1 'parallel autoscale-sim.*out/merged' "$SOURCE_DIR/docs/batch.md") || fail "docs/batch.md has no line for GNU parallel"
  bash -euo pipefail -c "$line" >said 2>&1 || { fail "GNU parallel"; cat said; }
  diff -r ../one out/merged >&2 || fail "GNU parallel: other bytes than one process"
  rm -rf out
else
  echo "without GNU parallel"
fi

if command -v snakemake >/dev/null; then
  tried=$((tried + 1)) last_command="snakemake"
  line=$(grep -om1 'snakemake --snakefile .*' "$SOURCE_DIR/docs/batch.md" | sed "s|docs/|$SOURCE_DIR/docs/|") || fail "docs/batch.md has no line for Snakemake"
  # A program that dies in the middle of shard 2, once.
  rm ../bin/autoscale-sim
  cat >../bin/autoscale-sim <<SCRIPT
#!/bin/sh
case "\$*" in *"--shard 2/"*) [ -e died ] || { touch died; exec timeout -s KILL 0.05 "$AUTOSCALE_SIM" "\$@"; } ;; esac
exec "$AUTOSCALE_SIM" "\$@"
SCRIPT
  chmod +x ../bin/autoscale-sim
  HOME=$scratch bash -euo pipefail -c "$line" >said 2>&1 && echo "shard 2 was done before it was killed"
  [[ -e died ]] || fail "no shard was killed"
  HOME=$scratch bash -euo pipefail -c "$line" >said 2>&1 || { fail "snakemake"; cat said; }
  diff -r --exclude=.snakemake_timestamp ../one out/snake/results >&2 || fail "snakemake: other bytes than one process"
else
  echo "without Snakemake"
fi
((tried > 0)) || { ((failures == 0)) && exit 77; }
finish
