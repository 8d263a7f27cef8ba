# Shell functions that the scripts share; sourced, never run. Works in any POSIX sh.
#   root=$(cd "$(dirname "$0")/.." && pwd) && . "$root/scripts/lib.sh"
# shellcheck shell=sh disable=SC2154 # root is set by who sources

# Say what went wrong under the script's own name, and end it.
fail() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

# Run a command as root: as it stands when we are root already, through sudo otherwise.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        fail "\"$1\" needs root, and there is no sudo; run scripts/install-packages as root first"
    fi
}

# Configure and build one preset of CMakePresets.json: build_preset NAME [TARGET...]. The compiler's words go to
# build/NAME.log and are shown only when it failed.
build_preset() {
    (
        preset=$1
        shift
        cd "$root" && mkdir -p build || exit 1
        { cmake --preset "$preset" && cmake --build --preset "$preset" -j "${VIGIE_JOBS:-2}" ${1:+--target "$@"}; } \
            >"build/$preset.log" 2>&1 && exit 0
        grep -nE -A 12 'error|FAILED' "build/$preset.log" | head -n 60 >&2
        fail "preset $preset does not build; all of it in build/$preset.log"
    )
}

# The folder of a private cluster below the build folder; elsewhere when the path is too long for a socket, which
# holds 107 bytes. tests/CMakeLists.txt does the same.
cluster_folder() {
    if [ ${#1} -gt 85 ]; then
        echo "/var/tmp/vigie-$(printf '%s' "$1" | md5sum | cut -c 1-12)"
    else
        echo "$1"
    fi
}

# Start the private cluster in FOLDER and point libpq's environment at it: cluster_use FOLDER.
cluster_use() {
    PGHOST=$(cluster_folder "$1")
    PGPORT=54329
    PGUSER=vigie_test
    PGDATABASE=postgres
    export PGHOST PGPORT PGUSER PGDATABASE
    unset PGSERVICE PGHOSTADDR PGPASSWORD PGOPTIONS
    "$root/scripts/cluster" start "$PGHOST"
}

# Tracked shell scripts: those named .sh and those that begin with a shell's name.
shell_scripts() {
    (cd "$root" && git ls-files -z -co --exclude-standard | xargs -0 grep -lIE '^#!.*\b(ba)?sh$' --; git ls-files 'scripts/*.sh') |
        sort -u
}

# Make the Debian package of what is built in BUILD, into FOLDER: package_make BUILD FOLDER. $package is then its path.
package_make() {
    mkdir -p "$2"
    folder=$(cd "$2" && pwd)
    rm -f "$folder"/vigie_*.deb
    cmake --build "$root/$1" --target vigie manual >"$folder/build.log" 2>&1 ||
        { tail -n 20 "$folder/build.log" >&2; fail "$1 does not build"; }
    (cd "$folder" && cpack -G DEB --config "$root/$1/CPackConfig.cmake" -B "$folder" >"$folder/cpack.log" 2>&1) ||
        { tail -n 20 "$folder/cpack.log" >&2; fail "cpack failed"; }
    # shellcheck disable=SC2034 # who called it reads it
    package=$(ls "$folder"/vigie_*.deb)
}
