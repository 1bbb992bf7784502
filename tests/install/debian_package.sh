#!/usr/bin/env bash
# The Debian package is built, installs into a scratch root and runs the quickstart there.
source "$SOURCE_DIR/tests/support/cli.sh" || exit 1
build=$(dirname "$(dirname "$AUTOSCALE_SIM")")
for tool in cpack dpkg-deb dpkg-shlibdeps; do
  command -v "$tool" >/dev/null || { echo "skipped: no $tool (Debian: cmake, dpkg-dev)"; exit 77; }
done
[[ -f $build/libautoscale_sim.a ]] || { echo "skipped: no library in $build"; exit 77; }
unset AUTOSCALE_SIM_DATA

last_command="cpack -G DEB"
cpack -G DEB --config "$build/CPackConfig.cmake" -B "$scratch/package" >cpack.log 2>&1 ||
  { fail "$last_command"; tail cpack.log; finish; }
package=$(echo package/*.deb)
[[ -f $package ]] || { fail "$last_command: no package"; finish; }

dpkg-deb --field "$package" >fields
says fields "Package: autoscale-sim" "Section: science"
depends=$(dpkg-deb --field "$package" Depends)
for name in libc6 libstdc++6 libfmt9 libsvm3; do
  [[ $depends == *$name* ]] || fail "does not depend on $name: $depends"
done
dpkg-deb --contents "$package" | awk '{ print $6 }' >contents
says contents ./usr/bin/autoscale-sim ./usr/share/zsh/vendor-completions/_autoscale-sim \
  ./usr/share/bash-completion/completions/autoscale-sim ./usr/share/man/man1/autoscale-sim.1
grep -vE '^\./(usr/.*)?$' contents && fail "files outside /usr"

# dpkg installs as root only; what it would unpack runs all the same.
root=$scratch/root
mkdir -p root/var/lib/dpkg/{info,updates}
touch root/var/lib/dpkg/status
last_command="dpkg --root"
if [[ $(id -u) == 0 ]]; then
  # Its dependencies are those of the system outside the scratch root.
  dpkg --root="$root" --force-depends --install "$package" >dpkg.log 2>&1 ||
    { fail "$last_command"; cat dpkg.log; }
  [[ $(dpkg-query --root="$root" --show --showformat='${db:Status-Status}' autoscale-sim) == installed ]] ||
    fail "$last_command: is not installed"
else
  dpkg-deb --extract "$package" "$root" || fail "dpkg-deb --extract"
fi

expect 0 run quickstart --format csv; cp out built.csv
AUTOSCALE_SIM=$root/usr/bin/autoscale-sim
expect 0 run quickstart; says out "quickstart" "autoscale"; empty err
expect 0 run quickstart --format csv; same out built.csv
expect 0 list scenarios; says out paper/s4
finish
