#!/usr/bin/env bash
# Installs into a scratch prefix and works there alone: the program, completions, manual page,
# documents with their links, and a consumer project that adds a policy of its own.
source "$SOURCE_DIR/tests/support/cli.sh" || exit 1
build=$(dirname "$(dirname "$AUTOSCALE_SIM")")
[[ -f $build/libautoscale_sim.a ]] || { echo "skipped: no library in $build"; exit 77; }
unset AUTOSCALE_SIM_DATA

last_command="cmake --install"
cmake --install "$build" --prefix "$scratch/prefix" >install.log 2>&1 ||
  { fail "$last_command"; tail install.log; finish; }
for file in bin/autoscale-sim share/man/man1/autoscale-sim.1 \
  share/bash-completion/completions/autoscale-sim share/zsh/site-functions/_autoscale-sim \
  share/autoscale-sim/scenarios/quickstart.json share/autoscale-sim/models/devices/mi8pro.json \
  include/autoscale-sim/sim/policies/registry.h include/autoscale-sim/sim/base/version.h \
  share/doc/autoscale-sim/{README.md,LICENSE,docs/reference.md,results/paper/README.md}; do
  [[ -s prefix/$file ]] || fail "$file is not installed"
done
bash -n prefix/share/bash-completion/completions/autoscale-sim || fail "the completion for bash"

# The installed program finds the installed data, and gives what the built one gives.
program=$AUTOSCALE_SIM
expect 0 run quickstart --format csv; cp out built.csv
AUTOSCALE_SIM=$scratch/prefix/bin/autoscale-sim
expect 0 run quickstart --format csv; same out built.csv
cp prefix/share/autoscale-sim/scenarios/{quickstart,own}.json
expect 0 list scenarios; says out own

# Nothing in it names the machine that built it.
for file in bin/autoscale-sim share/man/man1/autoscale-sim.1; do
  grep -qaF -e "$SOURCE_DIR" -e "$build" "prefix/$file" && fail "$file holds a path of the build"
done
find prefix/lib* prefix/include -type f -print0 |
  xargs -0 grep -laF -e "$SOURCE_DIR/" -e "$build/" >holds_paths
[[ ! -s holds_paths ]] || { fail "files that hold paths of the build"; cat holds_paths; }

# Relative links of every document lead somewhere.
links=0
while IFS=$'\t' read -r page link; do
  links=$((links + 1))
  [[ -e $(dirname "$page")/${link%%#*} ]] || fail "$page links to $link, which is not installed"
done < <(find prefix/share/doc -name '*.md' -print0 | xargs -0 awk '
  /^```/ { code = !code }
  !code {
    text = $0
    while (match(text, /\]\([^)]+\)/)) {
      link = substr(text, RSTART + 2, RLENGTH - 3)
      if (link !~ /^[a-z]+:/ && link !~ /^#/) print FILENAME "\t" link
      text = substr(text, RSTART + RLENGTH)
    }
  }')
((links >= 8)) || fail "only $links links were found in the documents"

# A project that knows the prefix only.
last_command="the consumer project"
compiler=$(sed -n 's/^CMAKE_CXX_COMPILER:[^=]*=//p' "$build/CMakeCache.txt")
{
  cmake -G Ninja -S "$SOURCE_DIR/tests/install/consumer" -B consumer -DCMAKE_PREFIX_PATH="$scratch/prefix" \
    -DCMAKE_CXX_COMPILER="$compiler" && cmake --build consumer
} >consumer.log 2>&1 || { fail "$last_command does not build"; tail -30 consumer.log; finish; }
grep -q 'warning:' consumer.log && { fail "$last_command: warnings"; cat consumer.log; }
consumer/study >study.csv 2>study.err || { fail "$last_command does not run"; cat study.err; }
says study.csv "quickstart,mi8pro,fastest,all,0," "quickstart,mi8pro,near,mobilenet_v3,1,"
# The policies that ship are linked as well, and give the same numbers.
grep ',cpu_only,[^,]*,[01],' built.csv >expected
grep ',cpu_only,' study.csv >got
same got expected
AUTOSCALE_SIM=$program
finish
