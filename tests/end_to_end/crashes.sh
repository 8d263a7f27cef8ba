#!/bin/sh
# Fifty stops of nights in ways and at places drawn by a seed, each night run again and compared with an undisturbed twin
# (tests/harness/crashes.py), then faults that the server itself raises, in each step (tests/harness/server_faults.py). Its cluster
# is its own, because the server is stopped as well. scripts/soak does a thousand stops and more.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/scripts/lib.sh"
. "$root/tests/harness/lib.sh"
[ -x "$(dirname "${VIGIE_PROGRAM:?}")/tests/vigie_faults" ] || skip "vigie_faults was not built"
cluster=$(dirname "$VIGIE_PROGRAM")/crashes
trap '"$root/scripts/cluster" remove "$PGHOST"' EXIT
trap 'exit 130' INT TERM
"$root/scripts/cluster" remove "$(cluster_folder "$cluster")"  # of a run that was killed
cluster_use "$cluster"
/usr/bin/python3 "$root/tests/harness/crashes.py" --kills "${1:-50}" --seed 1 --cluster "$PGHOST"
/usr/bin/python3 "$root/tests/harness/server_faults.py"
