#!/bin/sh
# Care of what Vigie wrote: the state moves to another database and is the same there, a damaged export or tables in use are
# refused and nothing is written, and prune says, takes away and keeps what it should.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_program
"$vigie" init --quiet >/dev/null
"$vigie" simulate --quiet --load --shipments 1500 --from 2026-01-05 --to 2026-04-10 --seed 3
"$vigie" nightly --quiet --as-of 2026-04-09 --deliver
# What a night's rows lack: words that COPY must escape, arrays, and rows of every other table.
sql <<'END'
insert into vigie.set_aside values (1, 1, 'detect', E'a\tb\\c\nd', 7, null, E'\\N', E'\u00e9 "quoted", {x,y}');
insert into vigie.outbox values ('old', 'email', 'somebody@example.org', 'About 6A1', 'text', 'html', '2026-01-01', 'sent', 1, '2026-01-01', '2026-01-01', '2026-01-01', null),
    ('waits', 'email', 'other@example.org', 'About 6A2', 'text', 'html', '2026-01-01', 'pending', 1, '2026-01-01', '2026-01-01', null, null);
insert into vigie.settlement_line values (repeat('a', 64), 1, 'dpd.csv', 'dpd', '', '6A1', '', '', '1.00', 100, 'EUR', null, 'unmatched', 'no claim', null, null, '2026-01-02', '2026-01-02', 'anna');
insert into vigie.claim_remark select shipment_id, ground, 'note', 'x', '2026-01-02', '2026-01-02', 'anna', E'two\nlines' from vigie.claim limit 1;
insert into vigie.claim_version select shipment_id, ground, '2026-01-02', '<dossier/>', '2026-01-03', '{}' from vigie.claim limit 1;
insert into vigie.flow values ('2026-01-02', 'hub', 'dpd', 'LIL', 'NaN', 'Infinity', 0.1, null, false);
insert into vigie.incident values (900, 'hub', 'dpd', 'LIL', '2026-01-01', '2026-01-02', '2026-01-02', '2026-01-03', 1, 9, 0.001, 0.1, 3, 'slow');
insert into vigie.incident_night values (900, '2026-01-02', 'opened', '2026-01-01', 1, 9, 0.001, 0.1, 3, 0, 'slow');
insert into vigie.outcome values ('6A1', 'late', '2026-01-02', '2026-01-03', '2026-01-02', true);
insert into vigie.learn_part values ('2026-01-02', 2, 1, 'f', null, 'S1', '{}');
insert into vigie.night_again (as_of, papers) values ('2026-01-02', '{a.pdf,"b c.pdf"}');
insert into vigie.claim_attempt values ('k', 1, 'dpd', 'email', 'claims@example.org', '{1000001,1000002}', '2026-01-02', '2026-01-02', '2026-01-02', 'sent', '', 'vigie');
END
digests=$(sql "select string_agg(format('select %L, md5(string_agg(t::text, E''\n'' order by t::text)) from vigie.%I t', relname, relname), ' union all ' order by relname)
    from pg_class where relnamespace = 'vigie'::regnamespace and relkind = 'r' and relname not like 'migration%' and relname <> 'lease'")
contents() { psql -X -q -At -d "$1" -c "$digests"; } # DATABASE: a line for each table
code() { "$@" >"$work/said" 2>&1 && echo 0 || echo $?; }

# 1. A move: export, and restore into another database.
"$vigie" export "$work/state" >"$work/said"
expect "others cannot read it" "750 640" "$(stat -c %a "$work/state" "$work/state/manifest.json" | paste -s -d ' ')"
expect "a folder that is there is left alone" 2 "$(code "$vigie" export "$work/state")"
other=${PGDATABASE}_other
createdb -T template0 "$other"
in_other() { "$vigie" "$@" --set database.url="dbname=$other"; }
expect "a schema that was not made" 2 "$(code in_other restore "$work/state")"
in_other migrate --quiet >/dev/null
expect "a rehearsal" 0 "$(code in_other restore --dry-run "$work/state")"
expect "writes nothing" 0 "$(psql -X -At -d "$other" -c 'select count(*) from vigie.cases')"

cp -r "$work/state" "$work/damaged"
sed -i '1s/./X/' "$work/damaged/cases.copy"
expect "a byte of difference" 2 "$(code in_other restore "$work/damaged")"
expect "is told with its file" 1 "$(grep -c 'cases.copy" is not what was exported' "$work/said")"
cp "$work/state/cases.copy" "$work/damaged/cases.copy"
rm "$work/damaged/finding.copy"
expect "a file that is missing" 2 "$(code in_other restore "$work/damaged")"
sed -i 's/"vigie_state": 1/"vigie_state": 2/' "$work/damaged/manifest.json"
expect "a format of the future" 2 "$(code in_other restore "$work/damaged")"
sed 's/"name": "0001[^"]*"/"name": "0001_other.sql"/' "$work/state/manifest.json" >"$work/damaged/manifest.json"
expect "other migrations" 2 "$(code in_other restore "$work/damaged")"
expect "nothing of it was written" 0 "$(psql -X -At -d "$other" -c 'select count(*) from vigie.run')"

expect "restored" 0 "$(code in_other restore "$work/state")"
contents "$PGDATABASE" >"$work/here"
contents "$other" >"$work/there"
expect "all tables are the same" "" "$(diff "$work/here" "$work/there")"
expect "and hold something" t "$(sql "select (select count(*) from vigie.cases) > 5 and (select count(*) from vigie.claim) > 0
    and (select count(*) from vigie.learned_cohort) > 10 and (select count(*) from vigie.claim_move) > 0")"
expect "a second time" 2 "$(code in_other restore "$work/state")"
expect "is refused with the reason" 1 "$(grep -c 'is in use: table' "$work/said")"
# The night goes on there: the same as here.
"$vigie" nightly --quiet --as-of 2026-04-10 --deliver
in_other nightly --quiet --as-of 2026-04-10 --deliver --set source.url="dbname=$PGDATABASE" --set output="$work/there.out"
expect "the next night opens the same cases" "$(sql "select md5(string_agg(c::text, '|' order by shipment_id)) from vigie.cases c")" \
    "$(psql -X -At -d "$other" -c "select md5(string_agg(c::text, '|' order by shipment_id)) from vigie.cases c")"

# Every table has a rule: what deletes or empties it, or goes with another's rows, or why it is kept; and a row in the manual.
queries=$root/sql/queries
for table in $(sql "select relname from pg_class where relnamespace = 'vigie'::regnamespace and relkind = 'r' order by 1"); do
    case $table in
        migration | migration_rows | claim_state_move | lease) continue ;;  # few rows, for ever or for a run
        run_step | learned_clock) rule="on delete cascade" ;;
        outbox) rule=$(grep -l "update outbox" "$queries"/prune_*.sql || true) ;;
        night_again) rule=$(grep -l "delete from night_again" "$queries"/*.sql || true) ;;
        *) rule=$(grep -lE "delete from $table( |\$)" "$queries"/prune_*.sql "$queries"/*_forget.sql || true) ;;
    esac
    expect "a rule of retention for table $table" yes "${rule:+yes}"
    expect "table $table in docs/packaging.md" 1 "$(sed -n '/^| tables | kept/,/^$/p' "$root/docs/packaging.md" | grep -c "\`$table\`")"
    expect "table $table was exported with rows" t "$([ -s "$work/state/$table.copy" ] && echo t)"
done

# 2. Prune: first only in words, then in deed. Times of the deed are the clock's, so age comes with --as-of.
contents "$PGDATABASE" >"$work/before"
"$vigie" prune --as-of 2026-04-11 >"$work/said"
expect "a dry run deletes nothing" "" "$(contents "$PGDATABASE" | diff "$work/before" -)"
expect "and says so" 1 "$(grep -c 'Nothing was deleted' "$work/said")"
expect "it counts old messages" 1 "$(awk '$1 == "messages" { print $2 }' "$work/said")"
"$vigie" prune --quiet --as-of 2026-04-11 --apply >/dev/null
expect "a sent message is emptied" "old|||" "$(sql "select message_key, recipient, body_text, body_html from vigie.outbox where message_key = 'old'")"
expect "one that waits is not" "other@example.org" "$(sql "select recipient from vigie.outbox where message_key = 'waits'")"
expect "a second time finds nothing" 0 "$("$vigie" prune --as-of 2026-04-11 --format json | grep -c '"rows": [1-9]')"
withdrawn=$(sql "select claim_number from vigie.claim order by 1 limit 1")
"$vigie" claims withdraw "$withdrawn" --reason "sold to the customer" >/dev/null
live="state in ('open', 'acknowledged', 'snoozed')"
cases=$(sql "select count(*) from vigie.cases where $live")
claims=$(sql "select count(*) from vigie.claim where state not in ('closed', 'time_barred', 'waived', 'voided')")
newest=$(sql "select max(case_number) from vigie.cases")
"$vigie" prune --quiet --as-of 2046-04-11 --apply >/dev/null
expect "what lives stays, however old" "$cases $claims" "$(sql "select (select count(*) from vigie.cases where $live) || ' ' || (select count(*) from vigie.claim
    where state not in ('closed', 'time_barred', 'waived', 'voided'))")"
expect "with its last finding" "$cases" "$(sql "select count(distinct shipment_id) from vigie.finding join vigie.cases using (shipment_id) where $live")"
expect "no case that ended" t "$(sql "select count(*) <= 1 from vigie.cases where not ($live)")"
expect "a claim that is over goes with its history" "0 0" "$(sql "select count(*) filter (where claim_number = $withdrawn) || ' ' ||
    (select count(*) from vigie.claim_move m where not exists (select from vigie.claim c where (c.shipment_id, c.ground) = (m.shipment_id, m.ground))) from vigie.claim")"
expect "no number is given twice" "$newest" "$(sql "select max(case_number) from vigie.cases")"
expect "no scorecard but the newest night's" 1 "$(sql "select count(distinct as_of) from vigie.scorecard")"
expect "no night but the newest" 1 "$(sql "select count(*) from vigie.night")"
expect "no row that was set aside" 0 "$(sql "select count(*) from vigie.set_aside")"
expect "no stray settlement, no attempt" "0 0" "$(sql "select (select count(*) from vigie.settlement_line) || ' ' || (select count(*) from vigie.claim_attempt where submission_key = 'k')")"
"$vigie" nightly --quiet --as-of 2026-04-10
expect "a night runs after it" 0 $?
conclude
