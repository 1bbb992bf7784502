# For tests of scripts/plot_*.py, which source this: cli.sh, and the plots if matplotlib is there.
source "$SOURCE_DIR/tests/support/cli.sh"
python=/usr/bin/python3
"$python" -c 'import matplotlib' 2>/dev/null || {
  echo "skipped: no matplotlib (scripts/setup --plots installs it)"
  exit 77
}
export PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=$scratch/matplotlib

# plot CODE SCRIPT ARGUMENT...: runs scripts/SCRIPT.py and checks its exit code.
plot() {
  local wanted=$1 script=$2 code=0
  shift 2
  last_command="$script.py $*"
  "$SOURCE_DIR/scripts/$script.py" "$@" >out 2>err </dev/null || code=$?
  [[ $code == "$wanted" ]] || { fail "$last_command: exit code $code, not $wanted"; cat err; }
}

# refuses TEXT SCRIPT ARGUMENT...: exit code 2, nothing on stdout, one line on stderr that has TEXT.
refuses() {
  local text=$1
  shift
  plot 2 "$@"
  empty out
  [[ $(wc -l <err) == 1 ]] || { fail "$last_command: not one line on stderr"; cat err; }
  says err "$text"
}

# draws SCRIPT "TEXT|TEXT..." ARGUMENT...: PNG, SVG and PDF with the right magic bytes, the SVG with every
# TEXT as text and the same bytes when drawn again.
draws() {
  local script=$1 texts=$2 text
  shift 2
  rm -f p.png p.svg p.pdf again.svg
  plot 0 "$script" "$@" --out p.png --out p.svg --out p.pdf
  says err "wrote p.png" "wrote p.svg" "wrote p.pdf"
  [[ $(head -c 8 p.png | od -An -tx1 | tr -d ' \n') == 89504e470d0a1a0a ]] || fail "$last_command: no PNG"
  [[ $(head -c 5 p.pdf) == %PDF- ]] || fail "$last_command: no PDF"
  grep -q '<svg ' p.svg || fail "$last_command: no SVG"
  "$python" - "$texts" <<'PY' || fail "$last_command: text is missing in the SVG"
import sys
import xml.etree.ElementTree as xml
texts = {"".join(t.itertext()).strip() for t in xml.parse("p.svg").iter("{http://www.w3.org/2000/svg}text")}
for wanted in sys.argv[1].split("|"):
    assert any(wanted in text for text in texts), (wanted, sorted(texts))
PY
  plot 0 "$script" "$@" --out again.svg
  same p.svg again.svg
}
