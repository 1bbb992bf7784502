# Steps that are not repeated. A step is a command that fills the folder $tmp; when it has succeeded, the folder
# gets a stamp and its name, .work/NAME, in one rename. It is skipped while the stamp is that of the same command, program,
# data files, script, and steps before. Sourced by scripts/reproduce.

work=$out/.work
names=() done_steps=0 skipped_steps=0 planning=0

digest() { sha256sum | cut -c1-64; }

# Of the program and of all that it reads: whatever changes there, everything is done again.
digest_inputs() {
  sha256sum <"$sim"
  find models configs scenarios traces -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
}

# step NAME [--of STEP]... [--file FILE]... -- COMMAND...
# Runs COMMAND, a function of this script or a program, with tmp as the folder to fill. What it reads are the folders
# $work/STEP and, beside the data, FILE; both are part of the stamp.
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
  done_steps=$((done_steps + 1))
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
  local start=$SECONDS code=0
  tmp=$folder.tmp.$$ # what a killed run left behind may still be written to
  rm -rf "$folder"
  mkdir -p "$tmp"
  set +e # a shell of its own, in which errors end the step
  (set -e; "$@") </dev/null 9>&-
  code=$?
  set -e
  if ((code != 0)); then
    ((code > 128)) && exit "$code"
    echo "reproduce: step $name failed: $*" >&2
    exit 1
  fi
  echo "$stamp" >"$tmp/.stamp"
  mv "$tmp" "$folder"
  local total=${#names[@]}
  printf '[%*d/%d] %s (%d s, %d s in all)\n' ${#total} "$done_steps" "$total" "$name" \
    $((SECONDS - start)) "$SECONDS" >&2
}

# run_steps FUNCTION: counts the steps of FUNCTION, then does them.
run_steps() {
  mkdir -p "$work"
  exec 9>"$work/lock"
  flock --nonblock 9 || {
    echo "reproduce: $work is in use by another run" >&2
    exit 1
  }
  find "$work" -depth -path '*.tmp.*' -delete
  trap 'exit 130' INT
  trap 'exit 143' TERM
  inputs=$(digest_inputs | digest)
  planning=1
  "$1"
  planning=0
  "$1"
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
