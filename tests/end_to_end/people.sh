#!/bin/sh
# What people do, with the program itself: simulate a merchant, live through some nights, look at cases, act on them,
# have parcels explained, look at what ran.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_database
cd "$work"
unset VIGIE_CONFIG COLUMNS || true

vigie() { "$VIGIE_PROGRAM" "$@" --set "database.url=dbname=$PGDATABASE" --set "output=$work/out"; }
# said WHAT EXIT WORDS ARGUMENT...: the command ends with EXIT and says WORDS, on either stream
said() {
    what=$1 wanted=$2 words=$3
    shift 3
    status=0
    vigie "$@" >said 2>&1 || status=$?
    expect "$what: exit code" "$wanted" "$status"
    grep -qF -e "$words" said || expect "$what" "$words" "$(cat said)"
}
field() { python3 -c 'import json, sys
value = json.load(sys.stdin)
for key in sys.argv[1].split("."):
    value = value[int(key) if key.isdigit() else key]
print(json.dumps(value) if isinstance(value, (dict, list)) else value)' "$1"; }
plan="--seed 7 --shipments 6000 --from 2026-03-01 --to 2026-05-31 --as-of 2026-06-06"

# --- Simulate ---------------------------------------------------------------------------------------------------------
said "nowhere to go" 2 'expected either --out FOLDER or --load' simulate
said "both ways" 2 'expected either --out FOLDER or --load' simulate --load --out x
said "no plain tables yet" 2 'run vigie init' simulate --load --shipments 10
vigie init >said 2>&1
# shellcheck disable=SC2086 # words of the plan
vigie simulate --load $plan --dirty 0.02 >said 2>&1
shipments=$(sql "select count(*) from vigie_source.shipments")
scans=$(sql "select count(*) from vigie_source.scans")
expect "all labels are there" 6000 "$shipments"
expect "each has its truth" 6000 "$(sql "select count(*) from vigie_source.simulated_truth join vigie_source.shipments using (shipment_id)")"
expect "it says how many" 1 "$(grep -c "^made 6,000 shipments of 2026-03-01 to 2026-05-31 with $(echo "$scans" | sed 's/\(...\)$/,\1/') scans" said)"
expect "no scan twice: the index is back" 1 "$(sql "select count(*) from pg_indexes where indexname = 'scans_once'")"
expect "nothing of the future" 0 "$(sql "select count(*) from vigie_source.scans where recorded_at > '2026-06-06 22:00:00Z'")"
expect "learning may skip the table" t "$(sql "select relallvisible = relpages from pg_class where oid = 'vigie_source.scans'::regclass")"
said "full tables are left alone" 2 'hold rows already (shipments, scans, simulated_truth)' simulate --load --shipments 10
said "the same ids cannot join" 1 'duplicate key' simulate --load --append --shipments 10
expect "and nothing of them is left" "$shipments $scans" "$(sql "select (select count(*) from vigie_source.shipments) || ' ' || (select count(*) from vigie_source.scans)")"
expect "with the index in place" 1 "$(sql "select count(*) from pg_indexes where indexname = 'scans_once'")"
# shellcheck disable=SC2086
said "a rehearsal" 0 'would make 6,000 shipments' simulate --out rehearsal $plan --dry-run
expect "writes nothing" absent "$([ -e rehearsal ] && echo there || echo absent)"

# The same plan as files: the same parcels as in the tables; and importing them changes nothing.
# shellcheck disable=SC2086
vigie simulate --out files $plan --dirty 0.02 >said 2>&1
expect "three whole files" "scans.csv shipments.csv truth.csv" "$(cd files && echo *)"
copy_of() { psql -X -q -At -c "copy (select $1 from vigie_source.$2 order by 1) to stdout (format csv)"; }
tail -n +2 files/truth.csv | cut -d, -f1,2 | sed 's/true/t/; s/false/f/' | sort >truth.files
copy_of 'shipment_id, lost' simulated_truth | LC_ALL=C sort >truth.tables
expect "the truth is the same" "" "$(diff truth.files truth.tables | head -n 3)"
vigie import files/shipments.csv files/scans.csv >said 2>&1 || true
expect "importing the files adds no shipment" "$shipments" "$(sql "select count(*) from vigie_source.shipments")"
expect "and no scan" "$scans" "$(sql "select count(*) from vigie_source.scans")"
said "files that cannot be written" 1 'could not' simulate --out /dev/null/x --shipments 10

# Parcels made here, so that what is said of them is known: a hostile one, a reused number, one without scans.
sql <<'END'
insert into vigie_source.shipments (shipment_id, tracking_number, carrier, service, origin_zone, destination_zone, created_at, promised_at, sale_value, currency, contents)
values ('H-1', 'HOSTILE1', 'Colissimo', 'home', 'IDF', 'PACA', '2026-05-04 08:00Z', '2026-05-08 21:59Z', 49.90, 'EUR', e'<b>\u202Etxt.exe \x1b[31m'),
       ('R-1', 'REUSED', 'gls', 'home', 'IDF', 'BE', '2026-03-02 08:00Z', null, null, null, ''),
       ('R-2', 'REUSED', 'gls', 'home', 'IDF', 'BE', '2026-06-01 08:00Z', null, 10, 'EUR', '');
insert into vigie_source.scans (shipment_id, occurred_at, code, milestone, text, place, country)
values ('H-1', '2026-05-04 16:00Z', '', 'accepted', e'one\nline \x1b]0;owned\x07', e'LIL\x07\u202E', 'FR'),
       ('H-1', '2026-05-04 17:30Z', 'ZZ9', '', '=cmd()', '', ''),
       ('H-1', '2026-05-04 17:30Z', '', 'information', 'estimate updated', '', '');
END

# --- Nights -----------------------------------------------------------------------------------------------------------
said "nothing learned yet" 0 'Nothing was learned by then' explain HOSTILE1 --as-of 2026-06-01
expect "no case yet" "no such case" "$(vigie cases)"
for day in 2026-06-01 2026-06-02 2026-06-03; do
    vigie learn --quiet --as-of $day >said 2>&1 && vigie detect --quiet --as-of $day >said 2>&1 || expect "night $day" "done" "$(cat said)"
done
lost=$(sql "select count(*) from vigie.cases where kind = 'lost' and state = 'open'")
expect "some are lost" t "$([ "$lost" -ge 5 ] && echo t)"

# --- Cases ------------------------------------------------------------------------------------------------------------
vigie cases --kind lost --limit 3 >list
expect "a heading, three cases, and a word on the rest" 5 "$(wc -l <list)"
expect "the rest" "and more: --limit shows more than 3" "$(tail -n 1 list)"
expect "dearest first" "$(sql "select string_agg(case_number::text, ' ') from (select case_number from vigie.v_case where kind = 'lost' order by expected_cost_minor desc, case_number limit 3) t")" \
    "$(sed -n '2,4p' list | awk '{ printf "%s%s", s, $2; s = " " }')"
for columns in 60 80 140; do
    COLUMNS=$columns vigie cases --limit 200 >list
    expect "no line beyond column $columns" 0 "$(python3 -c "import sys; print(sum(len(line.rstrip('\n')) > $columns for line in open('list', encoding='utf-8')))")"
done
expect "as CSV, all of them" "$((lost + 1))" "$(vigie cases --kind lost --format csv --limit 100000 | wc -l)"
expect "as JSON, all of them" "$lost" "$(vigie cases --kind lost --format json --limit 100000 | python3 -c 'import json, sys; print(len(json.load(sys.stdin)))')"
said "a wrong kind" 2 'unrecognized kind "lsot": expected at_risk, impossible_history, late,' cases --kind lsot
said "a wrong state" 2 'unrecognized state "closed"' cases --state closed
said "a wrong action" 2 'did you mean "dismiss"' cases dismis 1
said "an option of another action" 2 'option "--until" means nothing to "ack"' cases ack 1 --until 2026-07-01
said "no number" 2 '"ack" needs the number of a case' cases ack

state() { sql "select string_agg(state, ' ' order by case_number) from vigie.cases where case_number in ($1)"; }
first=$(sql "select min(case_number) from vigie.cases where kind = 'lost' and state = 'open'")
others=$(sql "select string_agg(case_number::text, ' ') from (select case_number from vigie.cases where kind = 'lost' and state = 'open' and case_number > $first order by 1 limit 4) t")
# shellcheck disable=SC2086
set -- $others
tracking=$(sql "select tracking_number from vigie.v_case where case_number = $1")
at="--as-of 2026-06-04T08:00:00Z --actor zoe"
# shellcheck disable=SC2086 # $at is words
{
    said "a rehearsal" 0 'nothing was written' cases ack "$first" --dry-run $at
    expect "changes nothing" open "$(state "$first")"
    said "one of two is unknown" 2 'no case with the number or tracking number "NO SUCH"' cases ack "$first" "NO SUCH" $at
    expect "so neither changes" open "$(state "$first")"
    said "a number and a tracking number" 0 "case $1 ($tracking, lost): open -> acknowledged" cases ack "$first" "$tracking" "$1" $at
    expect "both change" "acknowledged acknowledged" "$(state "$first, $1")"
    expect "once each, by whom" "zoe 2" "$(sql "select actor || ' ' || count(*) from vigie.case_event where event = 'acknowledged' group by actor")"
    said "to snooze needs a day" 2 '"snooze" needs its --until' cases snooze "$2" $at
    said "a day that has passed" 2 'has passed' cases snooze "$2" --until 2026-06-04 $at
    said "a day that is none" 2 'expected a date' cases snooze "$2" --until 2026-02-30 $at
    said "a later day" 0 'open -> snoozed until 2026-06-30' cases snooze "$2" --until 2026-06-30 $at
    said "another day" 0 'snoozed until 2026-06-30 -> snoozed until 2026-06-05' cases snooze "$2" --until 2026-06-05 --note sooner $at
    expect "the same act at the same as-of leaves its own line" " sooner" \
        "$(sql "select string_agg(note, ' ' order by recorded_at) from vigie.case_event where case_number = $2 and event = 'snoozed'")"
    said "to dismiss needs a reason" 2 '"dismiss" needs its --reason' cases dismiss "$3" $at
    said "blanks are none" 2 '"dismiss" needs its --reason' cases dismiss "$3" --reason '  ' $at
    said "a reason" 0 'open -> dismissed' cases dismiss "$3" --reason "$(printf 'she \033[31mhas it')" $at
    expect "without its controls" "she $(printf '\357\277\275')[31mhas it" "$(sql "select note from vigie.case_event where event = 'dismissed'")"
    said "a closed one stays closed" 2 "case $3 is dismissed already" cases resolve "$4" "$3" $at
    expect "and so does all else" open "$(state "$4")"
    said "settled" 0 'open -> resolved' cases resolve "$4" --note 'replaced' --format text $at
}
expect "each left its line" "acknowledged dismissed resolved snoozed" \
    "$(sql "select string_agg(event, ' ' order by event) from (select distinct event from vigie.case_event where actor = 'zoe') t")"
expect "what a night did is there once" "" "$(sql "insert into vigie.case_event
    select shipment_id, as_of, event, case_number, kind_before, kind_after, state_after, actor, note, now()
      from vigie.case_event where actor <> 'zoe' on conflict do nothing returning event")"
said "show" 0 "snoozed (lost) by zoe" cases show "$2"
expect "show as data" "zoe" "$(vigie cases show "$2" --format json | field 0.history.1.actor)"
expect "live ones leave out the settled" 0 "$(vigie cases --limit 10000 --format json | python3 -c 'import json, sys; print(sum(c["state"] in ("dismissed", "resolved") for c in json.load(sys.stdin)))')"
expect "the settled can be listed" "$3" "$(vigie cases --state dismissed --format json | field 0.case)"

# The next nights keep what people decided; the snooze ends on its day.
for day in 2026-06-04 2026-06-05; do
    vigie learn --quiet --as-of $day >said 2>&1 && vigie detect --quiet --as-of $day >said 2>&1 || expect "night $day" "done" "$(cat said)"
done
expect "acknowledged, woken, dismissed and resolved" "acknowledged acknowledged open dismissed resolved" "$(state "$first, $1, $2, $3, $4")"

# Whoever comes second waits, and neither is lost: two people, then a person and a night. The first one is played by SQL that
# acts only when the second waits for it, and fails when nobody does; without locks the second would write what it had read before.
slowly() {
    sql >/dev/null <<END &
set statement_timeout = '2min';
begin;
select state from vigie.cases where case_number = $1 for update;
select pg_advisory_xact_lock(42);
do 'begin while not exists (select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))) loop perform pg_sleep(.02); end loop; end';
update vigie.cases set state = '$2' where case_number = $1;
commit;
END
    first_one=$!
    await "the first one's lock" "select count(*) > 0 from pg_locks where $here and objid = 42 and granted"
}
was_first() { wait $first_one && waited=0 || waited=$?; expect "$1: it waited for the first one" 0 "$waited"; }
slowly "$first" open
said "a second person waits" 0 "open -> resolved" cases resolve "$first" --actor max --as-of 2026-06-06T08:00:00Z
was_first "a second person"
expect "and is not overwritten" resolved "$(state "$first")"
vigie learn --quiet --as-of 2026-06-06 >said 2>&1
slowly "$2" dismissed
said "a night waits too" 0 "" detect --quiet --as-of 2026-06-06
was_first "a night"
expect "and keeps what was decided" dismissed "$(state "$2")"

# --- Explain ----------------------------------------------------------------------------------------------------------
COLUMNS=80 vigie explain HOSTILE1 --as-of 2026-06-05 >told
expect "no control reaches the terminal" 0 "$(LC_ALL=C grep -c "$(printf '[\001-\010\013-\037\177]')" told || true)"
expect "nor an override" 0 "$(grep -c "$(printf '\342\200\256')" told || true)"
expect "a code that nobody mapped" 1 "$(grep -c '^? .*(not mapped).*ZZ9' told)"
expect "a scan that proves something" 1 "$(grep -c '^\* .*accepted.*LIL' told)"
expect "one that proves nothing" 1 "$(grep -c '^  .*information' told)"
expect "what is normal there" 1 "$(grep -c '^What is normal after "accepted"' told)"
expect "silence counts from the last proof" 1 "$(grep -c 'silent .*since "accepted"' told)"
expect "late it is" 1 "$(grep -cE '^  late +' told)"
vigie explain HOSTILE1 --as-of 2026-06-05 --format json >told
expect "as data" "vigie.parcel/1 H-1 3 True" "$(for key in schema shipment.shipment_id; do field $key <told; done | tr '\n' ' ')$(python3 -c 'import json; t = json.load(open("told")); print(len(t["scans"]), t["judgement"]["p_late"] == 1.0)')"
expect "an unmapped milestone is null" "null" "$(python3 -c 'import json; print(json.dumps([s["milestone"] for s in json.load(open("told"))["scans"] if s["code"] == "ZZ9"][0]))')"
said "a reused number means the newest" 0 "Parcel REUSED (shipment R-2)" explain REUSED --as-of 2026-06-05
expect "and says so" 1 "$(grep -c 'used 1 time before' said)"
said "the older one by its id" 0 "Parcel REUSED (shipment R-1)" explain --shipment R-1 --as-of 2026-06-05
said "before the newest was made" 0 "(shipment R-1)" explain REUSED --as-of 2026-05-01
said "by the case" 0 "Case $3: lost, dismissed" explain --case "$3" --as-of 2026-06-05
expect "with its life" 1 "$(grep -c 'dismissed (lost) by zoe: she' said)"
said "nobody has it" 2 'no shipment has the tracking number "NOBODY"' explain NOBODY
said "no such case" 2 'there is no case 987654' explain --case 987654
said "one parcel at a time" 2 'expected one parcel' explain REUSED --case 1
said "not as CSV" 2 'prints text or json' explain REUSED --format csv
delivered=$(sql "select shipment_id from vigie_source.simulated_truth where delivered_at < '2026-05-01' and dirty is null limit 1")
said "a delivered one" 0 'The journey is over: delivered' explain --shipment "$delivered" --as-of 2026-06-05

# --- Runs -------------------------------------------------------------------------------------------------------------
expect "the newest first" "detect" "$(vigie runs --format json | field 0.job)"
expect "of one job" 6 "$(vigie runs --job learn --format json | python3 -c 'import json, sys; print(sum(r["state"] == "done" for r in json.load(sys.stdin)))')"
newest=$(sql 'select max(run_number) from vigie.run')
said "one run" 0 "judged" runs show "$newest"
said "its set-aside rows" 0 "Run $newest: detect, done" runs show "$newest"
said "no such run" 2 'there is no run 4711' runs show 4711
said "no number" 2 'needs the number of one run' runs show x
expect "as CSV" "run,job,as_of" "$(vigie runs --limit 1 --format csv | head -n 1 | cut -d, -f1-3)"
conclude
