#!/usr/bin/env bash
# Enormous inputs: two million samples are read, imported, fitted and written right and within the memory that
# docs/traces.md states; what is no trace at all is refused before it fills memory.
source "$SOURCE_DIR/tests/support/cli.sh"
command -v python3 >/dev/null || exit 77
python3 "$SOURCE_DIR/tests/cli/enormous.py" || fail "enormous inputs"
finish
