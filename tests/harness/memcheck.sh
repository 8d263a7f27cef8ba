#!/bin/sh
# Two nights of a small simulated merchant, and what people ask after them, under valgrind: no wrong access, no value that was
# never set, no leak. For scripts/soak valgrind, which builds a program whose arenas give each object memory of its own.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
command -v valgrind >/dev/null || skip "valgrind is not installed"
use_program
cd "$work"
program=$vigie
cat >vigie.yaml <<END
merchant: {name: Maison Test, email: litiges@example.org}
metrics: {textfile: $work/vigie.prom}
lineage: {file: $work/events}
claims: {drop_folder: $work/drop}
alerts:
  smtp_url: "smtp://127.0.0.1:1"
  from: vigie@example.org
  to: [ops@example.org]
  channels: [{name: drop, type: folder, folder: $work/letters}]
  rules: [{name: each, channel: drop, frequency: immediately}]
END
# watched EXITS ARGUMENT...: one run under valgrind, which ends with 99 when it finds something
watched() {
    exits=$1 ended=0
    shift
    valgrind --quiet --leak-check=full --show-leak-kinds=definite,possible --errors-for-leak-kinds=definite,possible \
        --suppressions="$root/tests/harness/valgrind.supp" --error-exitcode=99 --log-file="$work/valgrind.log" \
        "$program" "$@" --config vigie.yaml >"$work/said" 2>&1 || ended=$?
    case " $exits " in
        *" $ended "*) echo "clean: vigie $*" ;;
        *) expect "vigie $*" "exit code $exits" "$ended"; head -n 60 "$work/valgrind.log" || true; tail -n 5 "$work/said" ;;
    esac
}
watched 0 init
watched 0 simulate --load --shipments 300 --from 2026-01-05 --to 2026-04-05 --until 2026-04-05 --dirty 0.02
watched "0 3" check --as-of 2026-03-20
watched "0 3" nightly --as-of 2026-03-20 --deliver  # nobody takes the mail
watched "0 3" nightly --as-of 2026-03-21 --deliver --set source.workers=1
watched "0 3" nightly --as-of 2026-03-21 --deliver --if-exists resume
watched 0 cases list
watched 0 claims
watched 0 incidents
watched 0 explain --as-of 2026-03-21 "$(sql "select tracking_number from vigie.cases join vigie_source.shipments using (shipment_id) limit 1")"
watched 0 runs list
watched 0 export "$work/state"
watched 0 prune
expect "there were cases, claims and papers" t "$(sql "select (select count(*) from vigie.cases) > 0 and (select count(*) from vigie.claim_document) > 5")"
conclude
