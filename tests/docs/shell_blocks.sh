#!/usr/bin/env bash
# Every fenced shell block of README, CONTRIBUTING and docs runs as it stands, from the project's root. Scripts that
# install, build or test for minutes are stood in for: they must exist, be executable and be free of syntax
# errors. docs/adding-a-policy.md, which changes the tree, has a test of its own.
source "$SOURCE_DIR/tests/support/cli.sh"
build=$(dirname "$(dirname "$AUTOSCALE_SIM")")

# A tree of links with the program where the pages say it is.
make_tree() { # FOLDER
  local entry script
  mkdir -p "$1/scripts" "$1/build" "$1/bin"
  for entry in "$SOURCE_DIR"/*; do
    case ${entry##*/} in build | scripts | out) ;; *) ln -s "$entry" "$1/" ;; esac
  done
  ln -s "$build" "$1/build/release"
  ln -s "$build" "$1/build/ci"
  ln -s "$AUTOSCALE_SIM" "$1/bin/autoscale-sim"
  for script in "$SOURCE_DIR"/scripts/*; do
    case ${script##*/} in
      run) printf '#!/bin/sh\nexec "%s" run "$@"\n' "$AUTOSCALE_SIM" ;;
      plot_* | plotting*.py) ;;
      *) printf '#!/bin/sh\n[ -x "%s" ] && { head -1 "%s" | grep -qv bash || bash -n "%s"; }\n' "$script" "$script" "$script" ;;
    esac >"$1/scripts/${script##*/}"
    [[ -s $1/scripts/${script##*/} ]] && chmod +x "$1/scripts/${script##*/}" ||
      { rm "$1/scripts/${script##*/}"; ln -s "$script" "$1/scripts/"; }
  done
}

plots=1
/usr/bin/python3 -c 'import matplotlib' 2>/dev/null || { plots=0; echo "without matplotlib: blocks that plot are left out"; }
blocks=0
cd "$SOURCE_DIR" && pages=(README.md CONTRIBUTING.md scenarios/README.md docs/*.md) && cd "$scratch" || exit 1
for page in "${pages[@]}"; do
  [[ $page == docs/adding-a-policy.md ]] && continue
  mkdir "page" && awk -v out=page/block '
    /^```/ { if (inside) { inside = 0; close(file) } else { language = substr($0, 4); inside = 1
             file = out (language ~ /^(sh|bash|shell|console)$/ ? sprintf("-%02d", ++n) : "") } next }
    inside && file != out { print > file }' "$SOURCE_DIR/$page"
  make_tree tree
  for block in page/block-*; do
    [[ -e $block ]] || continue
    if ((!plots)) && grep -q 'plot_' "$block"; then continue; fi
    blocks=$((blocks + 1))
    last_command="$page, $(head -1 "$block")"
    (cd tree && PATH=$PWD/bin:$PATH timeout $((TIMEOUT_S / 2)) bash -euo pipefail "../$block") >out 2>&1 </dev/null ||
      { fail "exit code $?"; cat "$block" out; }
  done
  rm -rf page tree
done
((blocks >= 9)) || fail "only $blocks blocks: are the fences still found?"
echo "$blocks blocks"
finish
