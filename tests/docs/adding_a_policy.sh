#!/usr/bin/env bash
# Compiles the policy of docs/adding-a-policy.md exactly as printed, links it to the built library and
# asks it for decisions. Skipped (77) where there is no built library or no compiler.
set -euo pipefail
SOURCE_DIR=${SOURCE_DIR:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
if [[ -z ${BUILD_DIR:-} ]]; then
  BUILD_DIR=$(dirname "$(dirname "${AUTOSCALE_SIM:-/bin/none}")")
fi
library=$BUILD_DIR/libautoscale_sim.a
compiler=${CXX:-c++}
[[ -f $library ]] || { echo "no $library" >&2; exit 77; }
command -v "$compiler" >/dev/null || { echo "no $compiler" >&2; exit 77; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The one block of C++ on the page.
awk '/^```cpp$/ { inside = 1; next } /^```$/ { inside = 0 } inside' \
  "$SOURCE_DIR/docs/adding-a-policy.md" >"$scratch/nearest.cpp"
grep -q 'RegisterPolicy<Nearest>' "$scratch/nearest.cpp"

cat >"$scratch/main.cpp" <<'CPP'
#include <cstdio>

#include "sim/policies/registry.h"
#include "tests/policies/small_world.h"

using namespace autoscale;

int main() {
  PolicySpec spec;
  spec.name = spec.policy = "nearest";
  spec.config_json = R"({"min_rssi_dbm": -75})";
  const test::SmallWorld world;
  Diagnostics diagnostics;
  const auto policy = make_policy(spec, "{}", world.context(), "", diagnostics);
  diagnostics.throw_if_any();
  for (const double dbm : {-74.0, -76.0}) {
    std::printf("%s\n", to_string(world.targets[policy->choose(test::observe(0, 0, 0, dbm))].site));
  }
}
CPP

# A library built with sanitizers is linked with them; an object compiled without them fits.
flags=(-std=c++20 -O0 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -ffp-contract=off)
link=()
if grep -q '^AUTOSCALE_SANITIZE:STRING=.\+' "$BUILD_DIR/CMakeCache.txt" 2>/dev/null; then
  link+=("-fsanitize=$(sed -n 's/^AUTOSCALE_SANITIZE:STRING=//p' "$BUILD_DIR/CMakeCache.txt")")
fi
"$compiler" "${flags[@]}" -I "$SOURCE_DIR" -I "$BUILD_DIR/generated" \
  "$scratch/nearest.cpp" "$scratch/main.cpp" \
  -Wl,--whole-archive "$library" -Wl,--no-whole-archive -lfmt -lsvm -pthread "${link[@]}" \
  -o "$scratch/nearest"

said=$("$scratch/nearest")
expected=$(printf 'cloud\nphone')
if [[ $said != "$expected" ]]; then
  printf 'expected:\n%s\ngot:\n%s\n' "$expected" "$said" >&2
  exit 1
fi
