#!/bin/sh
# Fifty stops of nights at places drawn by a seed, each night run again and compared with an undisturbed twin
# (tests/harness/crashes.py). scripts/soak does a thousand and more.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
[ -n "${PGHOST:-}" ] || skip "needs the private cluster; run it through ctest, or set PGHOST"
[ -x "$(dirname "${VIGIE_PROGRAM:?}")/tests/vigie_faults" ] || skip "vigie_faults was not built"
exec /usr/bin/python3 "$root/tests/harness/crashes.py" --kills 50 --seed 1
