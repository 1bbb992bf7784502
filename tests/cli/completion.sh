#!/usr/bin/env bash
# The completion scripts complete: loaded into bash, and into zsh where there is one.
source "$SOURCE_DIR/tests/support/cli.sh" || exit 1
PATH=$(dirname "$AUTOSCALE_SIM"):$PATH

expect 2 completion; says err "SHELL"
expect 2 completion bsh; says err "did you mean 'bash'?"
expect 0 completion bash; cp out autoscale-sim.bash; empty err
expect 0 completion zsh; cp out _autoscale-sim; empty err
mkdir folder && touch my.json folder/inner.json

# completes "WORD WORD ..." EXPECTED...: every EXPECTED is offered for the last word.
cat >complete.bash <<'BASH'
source ./autoscale-sim.bash
function=$(complete -p autoscale-sim | sed -n 's/.*-F \([^ ]*\) .*/\1/p')
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
"$function"
printf '%s\n' "${COMPREPLY[@]}"
BASH
offered() {
  last_command="completion of: $*"
  bash --norc complete.bash "$@" >offers 2>complaints </dev/null
  [[ ! -s complaints ]] || { fail "$last_command"; cat complaints; }
}
offers() {
  local word
  for word in "$@"; do
    grep -qxF -- "$word" offers || { fail "$last_command: no '$word'"; cat offers; }
  done
}
offers_no() {
  local word
  for word in "$@"; do
    grep -qxF -- "$word" offers && { fail "$last_command: '$word'"; cat offers; }
  done
}

offered autoscale-sim ""; offers run check list train schema completion man; offers_no --data
offered autoscale-sim r; offers run; offers_no check
offered autoscale-sim --; offers --data --quiet --version --help
offered autoscale-sim run --; offers --policy --set --seed --out --jobs --quiet; offers_no --save
offered autoscale-sim run ""; offers quickstart paper/s1 my.json folder; offers_no --policy
offered autoscale-sim run paper/; offers paper/s4; offers_no quickstart
offered autoscale-sim run quickstart --policy o; offers oracle oracle_binned; offers_no autoscale
offered autoscale-sim run quickstart --format ""; offers table json csv; offers_no quickstart
offered autoscale-sim run quickstart --format = j; offers json; offers_no csv
offered autoscale-sim run quickstart --format =; offers json csv
offered autoscale-sim run --online q; offers quickstart
offered autoscale-sim run quickstart --out ""; offers folder; offers_no my.json
offered autoscale-sim run quickstart --requests m; offers my.json
offered autoscale-sim --data folder run quickstart --seed ""; offers_no quickstart my.json
offered autoscale-sim --data ""; offers folder; offers_no my.json run
offered autoscale-sim list ""; offers policies devices assumptions
offered autoscale-sim list policies ""; offers_no devices
offered autoscale-sim schema policy a; offers autoscale
offered autoscale-sim train quickstart --save m; offers my.json
offered autoscale-sim compare --metric energy_; offers energy_mj_per_inference
offered autoscale-sim compare f; offers folder
offered autoscale-sim explain quickstart --network mob; offers mobilenet_v3
offered autoscale-sim run quickstart --expect m; offers my.json

# Every option of the help is completed.
expect 0 --help
mapfile -t commands < <(sed -n '/^Subcommands:/,$s/^  \([a-z]\+\) .*/\1/p' out)
((${#commands[@]} >= 9)) || fail "only ${#commands[@]} commands in --help"
for command in "${commands[@]}"; do
  expect 0 "$command" --help
  mapfile -t options < <(grep -oE '^ +(-[a-z],)?--[a-z-]+' out | grep -oE -- '--[a-z-]+')
  ((${#options[@]} > 0)) || fail "$command --help lists no options"
  offered autoscale-sim "$command" --
  offers "${options[@]}"
done

if ! command -v zsh >/dev/null; then
  echo "zsh: skipped, not installed"
  finish
fi
# A terminal of its own: types the words and TAB, and prints what zsh shows.
cat >complete.zsh <<'ZSH'
zmodload zsh/zpty
zpty z zsh -f -i
answer() { # until the marker comes back
  local chunk all=""
  while zpty -r z chunk "*$1*"; do
    all+=$chunk
    [[ $chunk == *$1* ]] && break
  done
  print -r -- "$all"
}
zpty -w z "PS1= PROMPT2= ; stty -echo; fpath=($PWD \$fpath); autoload -Uz compinit; compinit -u -d $PWD/dump; zstyle ':completion:*' list-prompt ''; zstyle ':completion:*' menu no; LISTMAX=10000; setopt no_beep; COLUMNS=400; LINES=200; bindkey '^I' complete-word"
zpty -w z 'print READ""Y'
answer READY >/dev/null
zpty -w z 'bindkey "^X^L" list-choices'
zpty -n -w z "$1"$'\C-x\C-l'
sleep ${2:-2}
zpty -n -w z $'\C-u'
zpty -w z 'print DON""E'
answer DONE
ZSH
zsh -n _autoscale-sim || fail "zsh -n"
typed() {
  last_command="zsh completion of: $1"
  timeout 60 zsh -f complete.zsh "$1" >offers 2>complaints </dev/null || fail "$last_command: zsh failed"
}
typed "autoscale-sim "; says offers run check completion
typed "autoscale-sim run --"; says offers --policy --replications "Independent repetitions"
typed "autoscale-sim run quickstart --policy o"; says offers oracle_binned
typed "autoscale-sim run quickstart --format "; says offers table json csv
typed "autoscale-sim compare --metric energy_g"; says offers energy_gpu_mj
typed "autoscale-sim run "; says offers quickstart paper/s1 my.json
grep -qiE 'not found|bad|error' offers complaints && { fail "zsh complains"; cat offers complaints; }
finish
