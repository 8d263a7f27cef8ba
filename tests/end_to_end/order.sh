#!/bin/sh
# Nights of the past in any order end in the state of those in order: all rows and all files, by SHA-256. What somebody was told
# of, or acted upon, is not touched any more.
#   order.sh [NIGHTS]    how many: 3, more (scripts/soak) in an order that is drawn
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_program
nights=${1:-3}
first=2026-03-01
apart=$([ "$nights" -gt 5 ] && echo 1 || echo 4)  # days: promises end between few nights, too, and watch lists are forgotten
known=$(date -u -d "$first + $((nights > 30 ? nights : 30)) days" +%F)
"$vigie" init --quiet >/dev/null
"$vigie" simulate --quiet --load --shipments $((900 + 10 * nights)) --from 2026-01-05 --to "$(date -u -d "$known + 5 days" +%F)" --until "$known" --seed 3
other=${PGDATABASE}_other
createdb -T "$PGDATABASE" "$other"
days() { for i in $(seq 0 $((nights - 1))); do date -u -d "$first + $((i * apart)) days" +%F; done; }

there() { psql -X -q -At -v ON_ERROR_STOP=1 -d "$other" -c "$1"; }
in_other() { "$vigie" "$@" --set database.url="dbname=$other" --set output="$work/there"; }

for day in $(days); do "$vigie" nightly --quiet --as-of "$day"; done
night_state "$PGDATABASE" "$work/out" >"$work/in_order"
for table in cases case_event claim claim_document finding forecast outcome promise_day flow scorecard; do
    expect "there are rows of $table to compare" t "$(sql "select count(*) > 0 from vigie.$table")"
done
expect "nothing was sent" 0 "$(sql "select count(*) from vigie.outbox")"
# The later first, so that the list of what the other watched is forgotten still. What was learned is forgotten by the week and learned
# again.
for day in $(days | sed '$d' | tac); do "$vigie" nightly --quiet --as-of "$day"; done
expect "older nights, run again, know nothing of newer ones and take nothing from them" "" \
    "$(night_state "$PGDATABASE" "$work/out" | diff "$work/in_order" - | grep '^[<>]' | grep -vE '^[<>] (learned|watch|unsettled)' || true)"
is_alike() { night_state "$other" "$work/there" | diff "$work/in_order" - || true; }

# 1. By a loop, the latest night first, and one of them step by step, as Airflow does it: it breaks off when the night that comes
# late was judged.
last=$(days | tail -n 1)
others=$(days | sed '1d;$d' | shuf --random-source="$root/tests/end_to_end/order.sh")
in_other nightly --quiet --as-of "$last" --run-key "k$last"
for step in learn detect; do in_other nightly --only $step --quiet --as-of "$first" --run-key "k$first" 2>>"$work/said"; done
expect "the other waits" 1 "$(there "select count(*) from vigie.night_again")"
expect "and is not done" 0 "$(in_other nightly --quiet --as-of "$last" --skip-if-done --dry-run 2>/dev/null && echo 0 || echo $?)"
for step in claim submit alert report; do in_other nightly --only $step --quiet --as-of "$first" --run-key "k$first"; done
expect "it waits no more" 0 "$(there "select count(*) from vigie.night_again")"
# Few come one by one; many are put in line, and the next one does them all.
[ "$nights" -le 5 ] || for day in $others; do in_other nightly --quiet --as-of "$day" --run-key "k$day" --defer; done
for day in $others; do in_other nightly --quiet --as-of "$day" --run-key "k$day" --if-exists resume 2>>"$work/said" || expect "the night of $day" 0 $?; done
expect "nights in any order end alike" "" "$(is_alike)"
expect "the log said why it took so long" 2 "$(grep -c 'nights are done again' "$work/said")"
expect "each keeps the name that its scheduler gave it" 0 "$(there "select count(*) from vigie.run r
    where run_key <> 'k' || (as_of at time zone 'Europe/Paris')::date")"
expect "all are done" 99 "$(in_other nightly --quiet --as-of "$last" --skip-if-done --run-key "k$last" && echo 0 || echo $?)"

# 2. What people did stays, and is unknown to the night before it; an older night gets its list, and leaves cases and claims alone.
later=$(there "select max(case_number) from vigie.cases where state = 'open'")
in_other cases snooze "$later" --until 2100-01-01 >/dev/null
in_other nightly --quiet --as-of "$last" 2>>"$work/said"
expect "what was put off later was open that night" "" "$(night_state "$other" "$work/there" | diff "$work/in_order" - | grep '\./'"$last" || true)"
number=$(there "select min(case_number) from vigie.cases where state = 'open'")
in_other cases dismiss "$number" --reason "the customer has it" >/dev/null
cases=$(there "select md5(string_agg(c::text, '|' order by shipment_id)) from vigie.cases c")
in_other nightly --as-of 2026-02-25 2>"$work/said" >/dev/null
expect "cases stay" "$cases" "$(there "select md5(string_agg(c::text, '|' order by shipment_id)) from vigie.cases c")"
expect "and it says so" 1 "$(grep -c 'told of or worked upon' "$work/said")"
expect "the night has its list" t "$(there "select count(*) > 0 from vigie.finding where as_of < '2026-02-26'")"

# 3. A night in line that cannot be done in its order any more is told of as what it is.
in_other nightly --quiet --as-of 2026-02-26 --defer
in_other nightly --as-of "$(date -u -d "$last + 1 day" +%F)" 2>"$work/said" >/dev/null
expect "one in line, and not this one, is older than others" "1 0" \
    "$(grep -c 'nights in line are older than some that were told of or worked upon: .* in_line=1' "$work/said") $(grep -c 'newer=' "$work/said")"
expect "it gets its list, too" "t 0" "$(there "select count(*) > 0, (select count(*) from vigie.night_again) from vigie.finding
    where as_of between '2026-02-26' and '2026-02-27'" | tr '|' ' ')"
conclude
