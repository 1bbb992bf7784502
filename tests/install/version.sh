#!/usr/bin/env bash
# What --version says of the sources: the commit, and whether they differ from it. A new source
# file counts, a note beside the sources does not.
source "$SOURCE_DIR/tests/support/cli.sh" || exit 1
command -v git >/dev/null || { echo "skipped: no git"; exit 77; }

export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
mkdir -p tree/sim/base
cp "$SOURCE_DIR/sim/base/version.h.in" tree/sim/base
echo build >tree/.gitignore
git -C tree init -q && git -C tree add . && git -C tree commit -qm first

# modified EXPECTED: what the build would record now.
modified() {
  cmake -D GIT=git -D SOURCE_DIR="$scratch/tree" -D OUTPUT="$scratch/version.h" -D VERSION=1.2.3 \
    -D BUILD_TYPE=Release -D "COMPILER=GNU 1" -D INSTALL_DATA_DIR=/data \
    -P "$SOURCE_DIR/cmake/write_version.cmake" || fail "write_version.cmake"
  last_command="the version of a tree with $2"
  says version.h "kGitModified = $1;" "kGitCommit = \"$(git -C tree rev-parse --short=12 HEAD)\"" '"1.2.3"'
}
modified false "nothing new"
touch tree/notes.txt
modified false "a note"
touch tree/sim/base/new.cpp
modified true "a new source file"
git -C tree add . && git -C tree commit -qm second
modified false "a commit"
echo >>tree/sim/base/version.h.in
modified true "a change"

expect 0 --version
[[ $(wc -l <out) == 1 ]] || fail "--version is one line"
grep -qE '^autoscale-sim [0-9.]+ \(commit ([0-9a-f]{12}|unknown)(, modified)?, (GNU|Clang) [0-9.]+, [A-Z][A-Za-z]* build\)$' out ||
  { fail "--version"; cat out; }
finish
