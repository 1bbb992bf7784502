#!/usr/bin/env bash
# Killed at any time and called again, scripts/reproduce writes the bytes of a run that was left alone, and repeats no finished step.
source "$SOURCE_DIR/tests/support/cli.sh"
[[ -z ${SANITIZED-} ]] || { echo "skipped: takes hours with sanitizers; cli.scenarios simulates its scenarios"; exit 77; }
command -v python3 >/dev/null || exit 77

# Every simulation takes a moment, so that no run is over before its signal comes.
printf '#!/bin/sh\nsleep 0.1\nexec "%s" "$@"\n' "$AUTOSCALE_SIM" >slow
chmod +x slow
export AUTOSCALE_SIM=$scratch/slow
reproduce() { "$SOURCE_DIR/scripts/reproduce" --quick --no-report --only 6 "$@"; }

last_command="reproduce"
reproduce --out whole 2>err || { fail "a whole run"; cat err; }
steps=$(grep -c '^\[' err)
((steps >= 5)) || fail "only $steps steps"

# Kills the run when it has said that its step K is done; SIGNAL reaches what it has started too, as Ctrl-C does.
killed() { # SIGNAL K
  local pid
  # In a group of its own, and with signals that a shell's background jobs ignore.
  python3 -c 'import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.setsid(); os.execv(sys.argv[1], sys.argv[1:])' \
    "$SOURCE_DIR/scripts/reproduce" --quick --no-report --only 6 --out killed 2>err </dev/null &
  pid=$!
  until (($(grep -c '^\[' err) >= $2)) || ! kill -0 $pid 2>/dev/null; do sleep 0.02; done
  sleep "0.0$((RANDOM % 10))"
  if [[ $1 == INT ]]; then kill -s INT -- -$pid; else kill -s "$1" $pid; fi 2>/dev/null
  wait $pid && fail "a run that gets SIG$1 after $2 steps succeeds"
}
killed KILL 1
[[ -z $(find killed -maxdepth 1 -name report.md) ]] || fail "a report of half a run"
killed INT 1
killed TERM 1
reproduce --out killed 2>err || { fail "the run that goes on"; cat err; }
says err "steps were done before"
diff -r whole/tables killed/tables >differences || { fail "tables differ"; head -5 differences; }
[[ -z $(find killed -name '*.tmp*' -o -name .new) ]] || fail "temporary files are left"

# Nothing to do: nothing is done. A step whose stamp is another is done again, and gets the same stamp: what reads it stays.
reproduce --out killed 2>err
grep -q '^\[' err && fail "a finished step is repeated"
echo other >killed/.work/samples/10/.stamp
reproduce --out killed 2>err
[[ $(grep '^\[' err) == *"] samples/10 ("* && $(grep -c '^\[' err) == 1 ]] || { fail "not that step alone"; cat err; }
diff -r whole/tables killed/tables >differences || fail "tables differ after a step was repeated"

# One run at a time in a folder.
exec 8>killed/.work/lock
flock 8
reproduce --out killed 2>err && fail "two runs in one folder"
says err "is in use by another run"
finish
