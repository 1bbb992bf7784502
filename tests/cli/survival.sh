#!/usr/bin/env bash
# Output survives: full disks, folders that cannot be written to, closed pipes, signals in the middle
# of a run. Never a half file, nothing temporary left, and finished replications kept.
source "$SOURCE_DIR/tests/support/cli.sh" || exit 1

nothing_temporary() { # FOLDER
  local left
  left=$(find "$1" -name '.*.tmp')
  [[ -z $left ]] || fail "$last_command: left behind: $left"
}

# ---- full disk, and folders that cannot be written to ---------------------------------------------

mounted=()
cleanup() {
  for folder in "${mounted[@]}"; do umount "$folder"; done
  rm -rf "$scratch"
}
trap cleanup EXIT
mount_small() { # FOLDER OPTIONS
  mkdir -p "$1"
  [[ $(id -u) == 0 ]] && mount -t tmpfs -o "$2" tmpfs "$1" 2>/dev/null && mounted+=("$scratch/$1")
}

if mount_small full size=64k; then
  expect 0 run quickstart --policy cpu_only --replications 1 --out full/old
  cp -r full/old old
  expect 2 run quickstart --out full/old --format csv
  empty out; says err "--out: cannot write to \"full/old/" "No space left on device"
  diff -r old full/old >/dev/null || fail "$last_command: the earlier results are not untouched"
  nothing_temporary full
  expect 2 run quickstart --requests full/r.csv
  empty out; says err '--requests: cannot write to "full/r.csv": No space left on device'
  [[ ! -e full/r.csv ]] || fail "$last_command: half a file"
  nothing_temporary full
  expect 2 train quickstart --save full/table.json
  says err '--save: cannot write to "full/table.json": No space left on device'
  [[ ! -e full/table.json ]] || fail "$last_command: half a file"
  nothing_temporary full
else
  echo "full tmpfs: skipped, cannot mount one"
fi
if [[ -w /dev/full ]]; then
  expect 2 run quickstart --requests /dev/full; empty out; says err '"/dev/full": No space left on device'
  for command in "run quickstart" "check quickstart" "list policies" "schema scenario" man; do
    last_command="$command > /dev/full"
    # shellcheck disable=SC2086
    "$AUTOSCALE_SIM" $command >/dev/full 2>err
    [[ $? == 2 ]] || fail "$last_command: wrong exit code"
    says err "cannot write to standard output: No space left on device"
  done
fi

if [[ $(id -u) != 0 ]]; then
  mkdir -m 555 readonly
elif mount_small readonly ro; then
  echo "read-only folder: a read-only file system"
fi
if [[ -d readonly && ! -w readonly ]]; then
  for option in --out=readonly --out=readonly/below --requests=readonly/r.csv; do
    expect 2 run quickstart "$option"
    empty out; says err "${option%%=*}: cannot" "\"${option#*=}\": "
  done
else
  echo "read-only folder: skipped, root may write everywhere"
fi

# ---- closed pipes ----------------------------------------------------------------------------------

# Standard output whose reader is gone.
closed_pipe() {
  mkfifo pipe
  : <pipe &
  exec 3>pipe
  wait $!
  rm pipe
}
for command in "run quickstart" "run quickstart --format csv" "check paper/s1" "list latencies" "--help" man; do
  closed_pipe
  last_command="$command | (nobody)"
  # shellcheck disable=SC2086
  "$AUTOSCALE_SIM" $command >&3 2>err
  code=$?
  exec 3>&-
  [[ $code == 141 ]] || fail "$last_command: exit code $code, not 141"
  empty err
done
closed_pipe
last_command="run --out, to a closed pipe"
"$AUTOSCALE_SIM" run quickstart --out piped >&3 2>err
exec 3>&-
[[ -s piped/manifest.json ]] || fail "$last_command: results are lost"
last_command="an error message to a closed pipe"
closed_pipe
"$AUTOSCALE_SIM" run nowhere 2>&3
[[ $? == 2 ]] || fail "$last_command: wrong exit code"
exec 3>&-

# ---- signals ---------------------------------------------------------------------------------------

# interrupt SIGNAL SECONDS ARGUMENT...: sends the signal after a while; exit code in $code. Shells
# start background jobs with SIGINT ignored, which env undoes.
interrupt() {
  local signal=$1 seconds=$2
  shift 2
  last_command="autoscale-sim $* (SIG$signal)"
  env --default-signal=INT,TERM,HUP "$AUTOSCALE_SIM" "$@" >out 2>err </dev/null &
  local program=$!
  sleep "$seconds"
  kill -s "$signal" $program 2>/dev/null
  wait $program 2>/dev/null
  code=$?
}

many=(run quickstart --replications 10000 --jobs 2)
declare -A code_of=([INT]=130 [TERM]=143 [HUP]=129)
for signal in INT TERM HUP; do
  for seconds in 1 4 15; do # until some replication is finished, on slow machines too
    rm -rf kept kept.csv
    interrupt $signal $seconds "${many[@]}" --out kept --requests kept.csv --format csv
    [[ -e kept/manifest.json ]] && break
  done
  [[ $code == "${code_of[$signal]}" ]] || fail "$last_command: exit code $code"
  empty out
  finished=$(sed -n 's/.*"finished_replications": \([0-9]*\).*/\1/p' kept/manifest.json)
  says kept/manifest.json '"complete": false' '"replications": 10000'
  says err "interrupted by SIG$signal: $finished of 10000 replications of scenario 'quickstart' are finished" \
    'kept in "kept"'
  ((finished > 0)) || fail "$last_command: nothing is finished"
  nothing_temporary .
  says kept/summary.json "\"replications\": $finished"
done

# What is kept is what an uninterrupted run writes, byte for byte, and all policies have it.
last=$(cut -d, -f5 kept/results.csv | sed 1d | sort -n | tail -1)
expect 0 run quickstart --replications $((last + 1)) --out whole --requests whole.csv
says whole/manifest.json '"complete": true'
for file in results.csv ../kept.csv; do
  whole=${file/kept/whole}
  [[ $(wc -l <"kept/$file") -gt 1 ]] || fail "$file is empty"
  awk 'NR == FNR { known[$0]; next } !($0 in known)' "whole/$whole" "kept/$file" >different
  [[ ! -s different ]] || { fail "$file has other rows"; head -3 different; }
done
[[ $(($(wc -l <kept/results.csv) - 1)) == $((finished * 5 * 3)) ]] || fail "rows of unfinished replications"
[[ $(($(wc -l <kept.csv) - 1)) == $((finished * 5 * 200)) ]] || fail "requests of unfinished replications"
if ((finished == last + 1)); then
  same kept/results.csv whole/results.csv
  same kept/summary.json whole/summary.json
  same kept.csv whole.csv
fi

# In the middle of one endless run, while it is simulated and while it is trained.
for change in /workload/0/inferences=1e9 /training/inferences_per_state=1e9; do
  for seconds in 1 4 15; do # until the run has begun, on slow machines too
    start=$SECONDS
    interrupt TERM $seconds run quickstart --set "$change" --out nothing --requests nothing.csv
    [[ -s err ]] && break
  done
  [[ $code == 143 ]] || fail "$last_command: exit code $code"
  ((SECONDS - start < 30)) || fail "$last_command: took $((SECONDS - start)) s to end"
  empty out; says err "0 of 3 replications" "nothing of it is kept"
  [[ ! -e nothing.csv && -z $(ls -A nothing) ]] || fail "$last_command: left something behind"
done
# A scenario that was complete before stays complete, and its requests are kept.
expect 0 check quickstart --set /workload/0/inferences=1e9 --set /name=endless
cp out endless.json
for seconds in 3 15 60; do
  interrupt TERM $seconds run quickstart endless.json paper/s1 --out both --requests both.csv
  [[ -e both/quickstart/manifest.json ]] && break
done
[[ $code == 143 ]] || fail "$last_command: exit code $code"
says both/quickstart/manifest.json '"complete": true'
[[ -z $(find both/endless both/s1 -type f) ]] || fail "$last_command: wrote what was not finished"
[[ $(wc -l <both.csv) == 3001 ]] || fail "$last_command: requests of the finished scenario"
says err "scenario 'endless'" "1 further scenario did not begin"

# train has nothing to keep.
for seconds in 1 4 15; do
  interrupt TERM $seconds train quickstart --save table.json --set /training/inferences_per_state=1e9
  [[ -s err ]] && break
done
[[ $code == 143 ]] || fail "$last_command: exit code $code"
says err "interrupted"
[[ ! -e table.json ]] || fail "$last_command: half a file"
nothing_temporary .

# What was ignored when the program started stays ignored.
last_command="run with SIGINT ignored"
env --ignore-signal=INT "$AUTOSCALE_SIM" run quickstart --replications 60 --out ignored >out 2>err &
sleep 0.3
kill -s INT $! 2>/dev/null
wait $! || fail "$last_command: did not finish"
says ignored/manifest.json '"complete": true'

# ---- names -----------------------------------------------------------------------------------------

expect 2 run quickstart --out ''; empty out; says err "--out: is empty"
expect 2 run quickstart --requests ''; says err "--requests: is empty"
expect 2 train quickstart --save ''; says err "--save: is empty"
expect 2 --data '' run quickstart; says err "--data: is empty"
ln -s folder/file link && mkdir folder
expect 0 run quickstart --requests link
[[ -L link && -s folder/file ]] || fail "a link to a file to be is replaced"
expect 2 run quickstart --requests ./nowhere/../nowhere/r.csv
says err '--requests: cannot write to "./nowhere/../nowhere/r.csv": No such file or directory'
mkdir -p deep/down
for path in ./deep/../broken.json deep/down/../../broken.json; do
  echo '{"name": 1}' >broken.json
  expect 2 check "$path"; says err "autoscale-sim: $path: /name:"
done
finish
