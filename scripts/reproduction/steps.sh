# Steps that are not repeated. A step is a command that fills the folder $tmp; when it has succeeded, the folder
# gets a stamp and its name, .work/NAME, in one rename. It is skipped while the stamp is that of the same command, program,
# data files, script, and steps before. Sourced by scripts/reproduce.

work=$out/.work
names=() planning=0 skipped_steps=0 finished_steps=0
beside=$((jobs > 1 ? 2 : 1)) # steps at a time: while one simulates with all threads, another has one to draw or compare with
declare -A running=() started=() stamps=() # of the steps that are running, by name: process, when, stamp

digest() { sha256sum | cut -c1-64; }

# Of the program and of all that it reads: whatever changes there, everything is done again.
digest_inputs() {
  sha256sum <"$sim"
  find models configs scenarios traces -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
}

# step NAME [--of STEP]... [--file FILE]... -- COMMAND...
# Runs COMMAND, a function of this script or a program, with tmp as the folder to fill; it may still run when the next step
# begins. What it reads are the folders $work/STEP, which are complete by then, and, beside the data, FILE; both are part of the stamp.
step() {
  local name=$1 folder=$work/$1 stamp of=() files=("$parts/steps.sh" "$parts/settings.sh" "$parts/simulate.sh" "${BASH_SOURCE[1]}") f
  shift
  while [[ $1 != -- ]]; do
    case $1 in --of) of+=("$2") ;; --file) files+=("$2") ;; esac
    shift 2
  done
  shift
  if ((planning)); then
    names+=("$name")
    return
  fi
  for f in ${of[@]+"${of[@]}"}; do
    while [[ -n ${running[$f]-} ]]; do finish_any_step; done
  done
  stamp=$({
    echo "$inputs $quick"
    printf '%s\0' "$@"
    cat "${files[@]}"
    for f in ${of[@]+"${of[@]}"}; do cat "$work/$f/.stamp"; done
  } | digest)
  if [[ -f $folder/.stamp && $(<"$folder/.stamp") == "$stamp" ]]; then
    skipped_steps=$((skipped_steps + 1))
    return
  fi
  while ((${#running[@]} >= beside)); do finish_any_step; done
  tmp=$folder.tmp.$$ # what a killed run left behind may still be written to
  rm -rf "$folder"
  mkdir -p "$tmp"
  stamps[$name]=$stamp started[$name]=$SECONDS
  set -m # in a process group of its own, which stop_steps ends
  (set -e; "$@") </dev/null 9>&- &
  running[$name]=$!
  set +m
}

# Waits for a running step and puts its folder in place; ends the script if it failed.
finish_step() { # NAME
  local name=$1 code=0 total=${#names[@]}
  wait -f "${running[$name]}" || code=$?
  unset "running[$name]"
  if ((code != 0)); then
    echo "reproduce: step $name failed" >&2
    exit 1
  fi
  echo "${stamps[$name]}" >"$work/$name.tmp.$$/.stamp"
  mv "$work/$name.tmp.$$" "$work/$name"
  finished_steps=$((finished_steps + 1))
  printf '[%*d/%d] %s (%d s, %d s in all)\n' ${#total} $((finished_steps + skipped_steps)) "$total" "$name" \
    $((SECONDS - started[$name])) "$SECONDS" >&2
}

finish_any_step() {
  local name ended=''
  wait -fn -p ended "${running[@]}" || true # its exit code is asked for again
  for name in "${!running[@]}"; do
    [[ ${running[$name]} != "$ended" ]] || finish_step "$name"
  done
}

stop_steps() {
  local name
  for name in "${!running[@]}"; do kill -- "-${running[$name]}" 2>/dev/null || true; done
}

# What killed runs left; their processes may still be writing to it.
remove_leftovers() { find "$work" -depth -path '*.tmp.*' -delete 2>/dev/null || true; }

# run_steps FUNCTION: counts the steps of FUNCTION, then does them.
run_steps() {
  mkdir -p "$work"
  exec 9>"$work/lock"
  flock --nonblock 9 || {
    echo "reproduce: $work is in use by another run" >&2
    exit 1
  }
  remove_leftovers
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap stop_steps EXIT
  inputs=$(digest_inputs | digest)
  planning=1
  "$1"
  planning=0
  "$1"
  while ((${#running[@]})); do finish_any_step; done
  remove_leftovers
  ((skipped_steps == 0)) || echo "reproduce: $skipped_steps of ${#names[@]} steps were done before" >&2
}

# place KIND FILE...: puts files into the folder $out/KIND, each complete or not at all.
place() {
  local kind=$1 file
  shift
  mkdir -p "$out/$kind"
  for file in "$@"; do
    cp "$file" "$out/$kind/.new"
    mv "$out/$kind/.new" "$out/$kind/$(basename "$file")"
  done
}

# publish: every table and figure of the steps, and the report last. What no step makes any more goes.
publish() {
  local name kind file
  local -A wanted=()
  for name in "${names[@]}"; do
    for kind in tables figures; do
      for file in "$work/$name/$kind"/*; do
        [[ -f $file ]] || continue
        place $kind "$file"
        wanted[$kind/$(basename "$file")]=1
      done
    done
  done
  ((report)) || return 0
  for file in "$out"/tables/* "$out"/figures/*; do
    [[ -n ${wanted[${file#"$out"/}]-} ]] || rm "$file"
  done
  place . "$work"/report/{policies.json,manifest.json,host.md,report.md,report.html}
  echo "reproduce: written to $out" >&2
}
