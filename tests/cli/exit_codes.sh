#!/usr/bin/env bash
# Exit codes, and who talks where: data on stdout, errors on stderr.
source "$SOURCE_DIR/tests/support/cli.sh"

expect 0 --help; says out "run" "check" "list" "train"; empty err
expect 0 run --help; says out "--policy" "--set" "--jobs"; empty err
expect 0 --version; says out "autoscale-sim " "commit " "build)"; empty err

expect 2; empty out; says err "see autoscale-sim --help"
expect 2 rnu quickstart; empty out; says err 'there is no command "rnu"' "did you mean 'run'?"
expect 2 run; empty out
expect 2 run quickstart --polcy random; empty out; says err "did you mean '--policy'?"
expect 2 run quickstart --format xml; empty out; says err "--format" "xml"
expect 2 run quickstart --jobs 0; empty out; says err "--jobs"
expect 2 run quickstart --replications 0; empty out; says err "--replications"
expect 2 run quickstart --seed -1; empty out; says err "--seed" "-1"
expect 2 list nonsense; empty out; says err "nonsense"
expect 2 --data nowhere run quickstart; empty out; says err "--data" "nowhere"

expect 0 run quickstart; says out "quickstart" "autoscale" "mJ/inf."; empty err
expect 0 run quickstart --quiet; empty err
expect 0 --quiet run quickstart; empty err
expect 0 check quickstart; empty err

if [[ -w /dev/full ]]; then
  last_command="run quickstart > /dev/full"
  "$AUTOSCALE_SIM" run quickstart >/dev/full 2>err && fail "a full disk was not noticed"
  says err "cannot write to standard output"
fi
finish
