#!/bin/sh
# Installs the build folder aside and compiles a small program against it through pkg-config: shared, static, and as C++.
# Prints TAP.
#   run.sh BUILD
set -u
here=$(cd "$(dirname "$0")" && pwd)
build=${1:-build}
prefix=$(meson introspect "$build" --buildoptions |
    python3 -c 'import json, sys; print(next(o["value"] for o in json.load(sys.stdin) if o["name"] == "prefix"))')
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
number=0
failures=0
try() {
    title=$1
    shift
    number=$((number + 1))
    if said=$("$@" 2>&1); then
        echo "ok $number - $title"
    else
        failures=$((failures + 1))
        echo "not ok $number - $title"
        echo "$said" | tail -n 20 | sed 's/^/#   /'
    fi
}
flags() {
    PKG_CONFIG_SYSROOT_DIR=$stage PKG_CONFIG_LIBDIR=$pc:$(pkg-config --variable pc_path pkg-config) pkg-config "$@" interdict |
        sed "s|$stage$stage|$stage|g; s|-[IL]$stage/usr/include/|-I/usr/include/|g; s|-L$stage/usr/lib/|-L/usr/lib/|g"
}
# shellcheck disable=SC2046  # words of flags
compile() {
    case $1 in
    shared) cc -std=c17 -Wall -Wextra -Werror "$here/use.c" -o "$stage/shared" $(flags --cflags --libs) ;;
    c++) c++ -x c++ -std=c++17 -Wall -Wextra -Werror "$here/use.c" -o "$stage/c++" $(flags --cflags --libs) ;;
    static) cc -std=c17 "$here/use.c" -o "$stage/static" $(flags --cflags) "$lib/libinterdict.a" $(flags --static --libs) ;;
    esac
}
answers() {
    [ "$(LD_LIBRARY_PATH=$lib "$stage/$1" 'IMO 9074729')" = IMO9074729 ] && ! LD_LIBRARY_PATH=$lib "$stage/$1" 9074728 >"$stage/out" &&
        grep -q '^malformed input: ' "$stage/out"
}
soname() {
    readelf -d "$lib/libinterdict.so" | grep -q 'SONAME.*\[libinterdict\.so\.[0-9][0-9]*\]'
}

try 'meson install' env DESTDIR="$stage" meson install -C "$build" --no-rebuild
pc=$(dirname "$(find "$stage" -name interdict.pc)")
lib=$(dirname "$pc")
[ -d "$stage$prefix" ] || echo "# nothing under $prefix"
try 'the shared library has a soname' soname
for way in shared c++ static; do
    try "a program compiles: $way" compile "$way"
    try "it answers: $way" answers "$way"
done
[ ! -x "$stage$prefix/bin/interdict" ] || try 'the installed program runs' "$stage$prefix/bin/interdict" --version
echo "1..$number"
[ "$failures" = 0 ]
