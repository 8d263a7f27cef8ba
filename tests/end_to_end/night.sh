#!/bin/sh
# Nights of a simulated merchant on a real server: the same night twice changes nothing, one worker and two agree, a
# rerun after kill -9 ends like an undisturbed night, an older night leaves newer cases alone, the lock and the
# signals have their exit codes, and the digest reaches a mail server once.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_program

"$vigie" init --quiet
"$vigie" simulate --quiet --load --shipments 4000 --from 2026-01-05 --to 2026-04-10 --seed 3

# Everything a night may write, but for wall clocks and the runs themselves.
state() {
    for table in learned learned_cohort learned_day learned_clock watch unsettled night finding incident incident_night flow forecast outcome promise_day scorecard scorecard_night cases claim claim_refusal claim_document; do
        sql "select * from vigie.$table" | sort | sha256sum
    done
    sql "select shipment_id, as_of, event, case_number, kind_before, kind_after, state_after, actor, note from vigie.case_event" |
        sort | sha256sum
    sql "select shipment_id, ground, position, state_from, state_to, as_of, actor, amount_minor, note from vigie.claim_move" |
        sort | sha256sum
    sql "select message_key, subject, body_text, body_html from vigie.outbox" | sort | sha256sum
}
files() { (cd "$work/out" && find . -path ./runs -prune -o -type f -exec sha256sum {} + | sort -k 2); }
code() { "$@" >"$work/said" 2>&1 && echo 0 || echo $?; }

# 1. The same night twice.
"$vigie" nightly --quiet --as-of 2026-04-08
expect "there are cases" t "$(sql "select count(*) > 10 from vigie.cases")"
expect "there are lost parcels" t "$(sql "select count(*) > 0 from vigie.cases where kind = 'lost'")"
expect "a part of a file is left" "" "$(find "$work/out" -name '*.part')"
state >"$work/first"
files >"$work/first.files"
"$vigie" nightly --quiet --as-of 2026-04-08
state >"$work/second"
files >"$work/second.files"
expect "a rerun changes nothing in the database" "" "$(diff "$work/first" "$work/second")"
expect "a rerun changes no file" "" "$(diff "$work/first.files" "$work/second.files")"

# 2. Any number of workers, any size of page, any time zone of the machine.
for variant in "1 20000" "3 500"; do
    set -- $variant
    TZ=America/New_York "$vigie" nightly --quiet --as-of 2026-04-08 --set source.workers="$1" --set source.page_shipments="$2"
    state >"$work/variant"
    files >"$work/variant.files"
    expect "$1 workers, pages of $2: database" "" "$(diff "$work/first" "$work/variant")"
    expect "$1 workers, pages of $2: files" "" "$(diff "$work/first.files" "$work/variant.files")"
done

# Carriers that the source spells in several ways are one segment.
expect "one name for a carrier" 0 "$(sql "select count(*) from vigie.learned_cohort where carrier like '%DHL%' or carrier like '%-%'")"

# 3. The next night: cases go on under their numbers; nothing is opened twice.
"$vigie" nightly --quiet --as-of 2026-04-09
expect "a case number is used once" 0 \
    "$(sql "select count(*) - count(distinct case_number) from vigie.cases")"
expect "cleared cases name the scan" 0 \
    "$(sql "select count(*) from vigie.case_event where event = 'cleared' and note = ''")"
state >"$work/first"

# 4. An older night gets its own list and disturbs nothing newer that somebody may have been told of (order.sh has the others).
sql "update vigie.night set filled_in = false"
sql "select * from vigie.cases order by 1" >"$work/cases"
"$vigie" nightly --quiet --as-of 2026-04-01
expect "an older night leaves the cases alone" "" "$(sql "select * from vigie.cases order by 1" | diff "$work/cases" -)"
expect "an older night has a report" 1 "$(find "$work/out/2026-04-01" -name night.html | wc -l)"
expect "an older night sends nothing" 0 "$(sql "select count(*) from vigie.outbox")"

# 5. Killed anywhere, run again: the end state is that of an undisturbed night. The twin has the same nights behind it.
PGOPTIONS="-c client_min_messages=warning" createdb -T "$PGDATABASE" "${PGDATABASE}_twin"
"$vigie" nightly --quiet --as-of 2026-04-10 --set database.url="dbname=${PGDATABASE}_twin" --set output="$work/twin"
for wait in 0.05 0.15 0.3 0.5 0.8; do
    "$vigie" nightly --quiet --as-of 2026-04-10 >/dev/null 2>&1 &
    sleep $wait
    kill -9 $! 2>/dev/null || true
    wait $! 2>/dev/null || true
done
"$vigie" nightly --quiet --as-of 2026-04-10
state >"$work/mine"
PGDATABASE=${PGDATABASE}_twin state >"$work/theirs"
expect "killed and run again: database" "" "$(diff "$work/theirs" "$work/mine")"
expect "killed runs are marked" 0 "$(sql "select count(*) from vigie.run where state = 'running'")"
expect "killed and run again: files" "" \
    "$(diff -r "$work/out/2026-04-10" "$work/twin/2026-04-10" 2>&1 | head -n 5)"
dropdb "${PGDATABASE}_twin"

# 6. One run at a time: the second one says who holds the lock.
sql "select pg_advisory_lock(hashtextextended('vigie run vigie', 0)); select pg_sleep(600)" >/dev/null 2>&1 &
holder=$!
await "the lock" "select count(*) > 0 from pg_locks where $here and granted"
expect "a second run ends with 11" 11 "$(code "$vigie" detect --as-of 2026-04-10)"
expect "and says who holds the lock" 1 "$(grep -c 'another run holds the lock.*process' "$work/said")"
sql "select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep%' and datname = current_database() and pid <> pg_backend_pid()" >/dev/null || true
wait $holder 2>/dev/null || true

# 7. SIGTERM cancels what the server is doing, marks the run and exits 143; a rerun finishes.
sql "create function slow(timestamptz) returns timestamptz language sql as 'select \$1 from pg_sleep(60)';
     create view slow_scans as select shipment_id, slow(occurred_at) as occurred_at, code, milestone from vigie_source.scans"
"$vigie" learn --quiet --as-of 2026-04-10 --set source.scans=public.slow_scans >"$work/said" 2>&1 &
running=$!
await "the server's work" "select count(*) > 0 from pg_stat_activity where datname = current_database() and application_name = 'vigie learn' and wait_event = 'PgSleep'"
kill -TERM $running
wait $running && ended=0 || ended=$?
expect "SIGTERM" 143 "$ended"
expect "the run is marked" aborted "$(sql "select state from vigie.run order by run_number desc limit 1")"
expect "and its step" aborted "$(sql "select state from vigie.run_step order by run_number desc limit 1")"
expect "its exit code is kept" 143 "$(sql "select exit_code from vigie.run order by run_number desc limit 1")"

# 8. What is asked wrongly, and what is missing.
expect "nothing learned" 1 "$(code "$vigie" detect --as-of 2026-03-03)"
expect "says what to do" 1 "$(grep -c 'run vigie learn' "$work/said")"
expect "no server" 75 "$(code env PGHOST="$work" "$vigie" detect --as-of 2026-04-10 --set database.attempts=2)"
expect "it was tried again" 1 "$(grep -c 'trying again.*attempt=1' "$work/said")"
expect "no schema" 2 "$(code "$vigie" detect --as-of 2026-04-10 --set database.schema=elsewhere)"
expect "no relation" 2 "$(code "$vigie" learn --as-of 2026-04-10 --set source.scans=public.nowhere)"
expect "unknown step" 2 "$(code "$vigie" nightly --as-of 2026-04-10 --only lern)"
expect "a dry run writes nothing" "$(sql "select count(*) from vigie.run")" \
    "$("$vigie" nightly --quiet --dry-run --as-of 2026-04-10 && sql "select count(*) from vigie.run")"
rehearsed=$(code "$vigie" nightly --dry-run --as-of 2026-04-12)
expect "nor does that of a night that is new" "0 0" "$rehearsed $(sql "select count(*) from vigie.learned where as_of > '2026-04-12'")"
expect "and says what it cannot rehearse" 5 "$(grep -c 'not rehearsed' "$work/said")"

# 9. The summary that a scheduler keeps is one line of JSON.
"$vigie" nightly --quiet --as-of 2026-04-10 --format json >"$work/summary"
expect "one line" 1 "$(wc -l <"$work/summary")"
expect "that is JSON" nightly "$(python3 -c 'import json, sys; print(json.load(sys.stdin)["job"])' <"$work/summary")"

# 10. The digest reaches a real mail server, once, however often the night runs.
use_sinks
sink smtp_sink.py accept post
mail() {
    "$vigie" alert --quiet --as-of 2026-04-10 "$@" --set alerts.smtp_url="$(cat "$work/post.url")" \
        --set alerts.from=vigie@example.org --set alerts.to=ops@example.org
}
mail
expect "a long past night sends nothing by itself" 0 "$(sql "select count(*) from vigie.outbox")"
mail --deliver
mail --deliver
expect "one message" 1 "$(find "$work/post/mail/new" -type f | wc -l)"
"$vigie" nightly --quiet --as-of 2026-04-10 --deliver --set alerts.smtp_url=smtp://127.0.0.1:1 \
    --set alerts.from=vigie@example.org --set alerts.to=other@example.org 2>/dev/null && ended=0 || ended=$?
expect "no mail server: done but incomplete" 3 "$ended"
expect "the message waits" "pending 1" "$(sql "select state || ' ' || attempts from vigie.outbox where recipient = 'other@example.org'")"

# 11. A claim that could not be asserted yet is in the bordereau of the night of its opening, and in no other.
drafts=$(sql "select count(*) from vigie.claim where state = 'draft' and missing = ''")
"$vigie" nightly --quiet --as-of 2026-05-20
expect "some claims had to wait" t "$(test "$drafts" -gt 0 && echo t)"
expect "and became ready by themselves" t "$(sql "select count(*) > 0 from vigie.claim_move where state_from = 'draft'
    and state_to = 'ready' and note like 'loss may be asserted from 2026-0%'")"
expect "no claim waits beyond its opening" 0 \
    "$(sql "select count(*) from vigie.claim where state = 'draft' and missing = '' and opens_on <= '2026-05-20'")"
expect "a bordereau lists what became ready in its night, and what was drafted anew" "" "$(sql "select * from
    (select as_of, count(*) from vigie.claim_move where state_to = 'ready' group by 1) moved left join
    (select as_of, sum(claim_count) from vigie.claim_document where file_name like 'bordereau-%.csv' group by 1) listed using (as_of)
    where coalesce(sum, 0) < count")"
expect "a passed deadline bars nothing, and says so" t \
    "$(grep -q 'has passed by the cautious reading' "$work"/out/2026-04-08/night.json && echo t)"
sql "select distinct unnest(array[deadline_clause, bar_clause, bar_source]) from vigie.claim" | grep . >"$work/withheld"
printf '%s\n' cautio deadline barred 'the right end' >>"$work/withheld"
expect "but not to the carrier" "" "$(grep -rliFf "$work/withheld" "$work"/out/*/claims | head -n 5)"
expect "only the law bars" 0 "$(sql "select count(*) from vigie.claim where state = 'time_barred' and barred_after >= '2026-05-20'")"
conclude
