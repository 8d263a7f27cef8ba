#!/bin/sh
# The Airflow DAG of packaging/airflow: held against the program everywhere, run in a real Airflow where there is one.
# VIGIE_TEST_AIRFLOW is the folder of a virtual environment with Airflow (pip install apache-airflow: 900 MB, minutes; so no
# test installs it).
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
command -v python3 >/dev/null || skip "needs python3"
python3 "$root/tests/harness/airflow_dag.py" structure "$root/packaging/airflow/vigie_nightly.py" "${VIGIE_PROGRAM:?}"

python=${VIGIE_TEST_AIRFLOW:-}/bin/python
if [ ! -x "$python" ]; then
    echo "the DAG compiles and agrees with the program; not run: VIGIE_TEST_AIRFLOW names no virtual environment with Airflow"
    exit 0
fi
use_program
"$vigie" init --quiet >/dev/null
"$vigie" simulate --quiet --load --shipments 1500 --from 2026-01-05 --to 2026-04-10 --seed 3
printf 'output: %s\n' "$work/out" >"$work/vigie.yaml"
printf 'currency: nothing\n' >"$work/bad.yaml"
printf '#!/bin/sh\necho nothing to do\nexit 99\n' >"$work/nothing"
chmod +x "$work/nothing"

mkdir "$work/dags"
cp "$root/packaging/airflow/vigie_nightly.py" "$work/dags"
export AIRFLOW_HOME="$work/airflow" AIRFLOW__CORE__LOAD_EXAMPLES=False AIRFLOW__CORE__DAGS_FOLDER="$work/dags"
export AIRFLOW__LOGGING__LOGGING_LEVEL=WARNING VIGIE_CONFIG="$work/vigie.yaml" BAD_CONFIG="$work/bad.yaml" NOTHING="$work/nothing"
VIGIE_PROGRAM=$(command -v "$vigie")
export VIGIE_PROGRAM
"${VIGIE_TEST_AIRFLOW:?}/bin/airflow" db migrate >"$work/said" 2>&1 || { cat "$work/said" && exit 1; }
"$python" "$root/tests/harness/airflow_dag.py" run >"$work/said" 2>&1 || { tail -n 60 "$work/said" && exit 1; }
tail -n 1 "$work/said"
expect "the night has its report" 1 "$(find "$work/out/2026-04-08" -name night.html | wc -l)"
expect "each step is a run" 6 "$(sql "select count(*) from vigie.run where state = 'done'")"
conclude
