# For tests of the program, which source this: a scratch folder as working directory, the program's
# output in the files out and err, and checks that count failures. AUTOSCALE_SIM is the program.
set -uo pipefail
: "${AUTOSCALE_SIM:?the program to test}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
failures=0

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# expect CODE ARGUMENT...: runs the program and checks its exit code.
expect() {
  local wanted=$1 code=0
  shift
  "$AUTOSCALE_SIM" "$@" >out 2>err </dev/null || code=$?
  last_command="autoscale-sim $*"
  [[ $code == "$wanted" ]] || { fail "$last_command: exit code $code, not $wanted"; cat err; }
}

# says FILE TEXT...: every TEXT is in FILE, word for word.
says() {
  local file=$1 text
  shift
  for text in "$@"; do
    grep -qF -- "$text" "$file" || { fail "$last_command: $file lacks '$text'"; cat "$file"; }
  done
}

empty() {
  [[ ! -s $1 ]] || { fail "$last_command: $1 is not empty"; cat "$1"; }
}

same() {
  cmp -s "$1" "$2" || { fail "$last_command: $1 and $2 differ"; diff "$1" "$2" | head -5; }
}

finish() {
  ((failures == 0)) || exit 1
  exit 0
}
