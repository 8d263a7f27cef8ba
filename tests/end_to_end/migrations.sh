#!/bin/sh
# Forward from every schema that there ever was: each is made by its migrations, with the rows that it could hold
# (migrations/NAME.sql: what the version that NAME made was the first to have), and then "vigie migrate" does the rest. Nothing is
# lost but what a migration takes away on purpose, the counts say so, and the tables end as those that are made at once. A night on
# what an older version left is the night of a database that never was older.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_program
rows=$root/tests/end_to_end/migrations
last=$(cd "$root/sql/migrations" && ls | tail -n 1 | sed "s/\.sql\$//")

# old VERSION [SCHEMA]: a schema named for it, as it was then; a schema of another name gets no rows.
old() {
    echo "create schema ${2:-v$1}; set search_path = ${2:-v$1};"
    cat "$root/sql/queries/migration_table.sql"
    for file in "$root"/sql/migrations/*.sql; do
        name=$(basename "$file" .sql)
        cat "$file"
        echo "insert into migration values ('$name.sql', '$(sha256sum <"$file" | cut -d ' ' -f 1)', now());"
        [ -n "${2:-}" ] || [ ! -e "$rows/$name.sql" ] || cat "$rows/$name.sql"
        [ "$name" != "$1" ] || break
    done
}
# What a schema is made of, without its name.
shape() {
    sql "select c.relname, attname, format_type(atttypid, atttypmod), attnotnull, attgenerated from pg_attribute join pg_class c on c.oid = attrelid
          where relnamespace = '$1'::regnamespace and attnum > 0 and not attisdropped and relkind in ('r', 'v');
         select conrelid::regclass, pg_get_constraintdef(oid) from pg_constraint where connamespace = '$1'::regnamespace;
         select tablename, indexdef from pg_indexes where schemaname = '$1';
         select * from $1.claim_state_move" | sed "s/$1\.//g" | LC_ALL=C sort
}
"$vigie" migrate --quiet --set database.schema=made >/dev/null
shape made >"$work/made"
expect "there is something to compare" t "$([ "$(wc -l <"$work/made")" -gt 300 ] && echo t)"

for file in "$root"/sql/migrations/*.sql; do
    version=$(basename "$file" .sql)
    old "$version" | sql >"$work/said" 2>&1 || { cat "$work/said"; expect "schema $version with its rows" made "not made"; continue; }
    "$vigie" migrate --quiet --set database.schema="v$version" >"$work/migrated" 2>&1 || expect "from $version" migrated "$(cat "$work/migrated")"
    shape "v$version" >"$work/shape"
    expect "from $version: the same tables" "" "$(diff "$work/made" "$work/shape")"
    expect "from $version: nothing pending" 0 "$("$vigie" migrate --status --set database.schema="v$version" | grep -c pending)"
    expect "from $version: cases and claims with their histories" "1 1 1 2 1 1 1" \
        "$(sql "select concat_ws(' ', (select count(*) from v$version.cases), (select count(*) from v$version.case_event), (select count(*) from v$version.claim),
            (select count(*) from v$version.claim_move), (select count(*) from v$version.finding), (select count(*) from v$version.outbox), (select count(*) from v$version.v_claim))")"
    # Each migration that was still to come told what it found: of the ledger, as much as it left.
    [ "$version" = "$last" ] ||
        expect "from $version: rows before and after" 1 "$(sed -n "/^$last/,\$p" "$work/migrated" | grep -cE '^    claim_move +2 rows$')"
done
expect "what a migration takes away is told" 1 "$("$vigie" migrate --status --set database.schema=v0001_foundation | grep -cE '^    learned_total +1 rows, taken away$')"
expect "in JSON too" 1 "$("$vigie" migrate --status --format json --set database.schema=v0001_foundation | grep -cF '"learned_total":{"before":1,"after":null}')"
expect "and kept" "2 2" "$(sql "select rows_before || ' ' || rows_after from v0004_incident.migration_rows where name like '0010%' and relation = 'learned'" | head -n 1 || true)"

# What the version before 0018 left is what today's leaves, less the columns that came since.
at() {
    schema=$1
    shift
    "$vigie" "$@" --quiet --set database.schema="$schema" >"$work/said" 2>&1 || { cat "$work/said"; expect "$1 on $schema" ended failed; }
}
at made init
at made simulate --load --shipments 600 --from 2026-01-05 --to 2026-04-10 --seed 5 --calm
at made nightly --as-of 2026-04-01
at made nightly --as-of 2026-04-02
at made cases snooze "$(sql "select max(case_number) from made.cases where state = 'open'")" --until 2026-05-01 --as-of 2026-04-02
old 0017_learn_part upgraded | sql
{
    echo "set session_replication_role = replica;"  # tables come in any order
    sql "select format('insert into upgraded.%1\$I (%2\$s) overriding system value select %2\$s from made.%1\$I;',
                table_name, string_agg(quote_ident(column_name), ', '))
           from information_schema.columns join information_schema.tables using (table_schema, table_name)
          where table_schema = 'upgraded' and table_type = 'BASE TABLE' and is_generated = 'NEVER'
            and table_name !~ '^(migration|claim_state_move)' group by table_name"
} >"$work/copy"
sql <"$work/copy"
at upgraded migrate
expect "no leads are known, and nothing of pace" "t t" "$(sql "select (select count(*) > 50 and count(leads) = 0 from upgraded.promise_day),
    (select count(*) > 10 and max(log_ratio_variance) = 0 from upgraded.flow)" | tr '|' ' ')"
expect "the step that put a case off knows until when" 2026-05-01 "$(sql "select snoozed_until from upgraded.case_event where event = 'snoozed'")"
at upgraded nightly --as-of 2026-04-03
at made nightly --as-of 2026-04-03
sql "select format('select %1\$L, count(*) from (select %2\$s from upgraded.%1\$I except all select %2\$s from made.%1\$I) few
                     having count(*) > 0 or not exists (select from made.%1\$I)
                     union all select %1\$L, count(*) from (select %2\$s from made.%1\$I except all select %2\$s from upgraded.%1\$I) more
                     having count(*) > 0;', table_name, string_agg(quote_ident(column_name), ', '))
       from information_schema.columns
      where table_schema = 'made' and column_name <> 'recorded_at' and table_name in ('cases', 'case_event', 'claim', 'claim_move',
            'claim_condition', 'finding', 'forecast', 'watch', 'unsettled', 'learned', 'learned_cohort', 'night') group by table_name" >"$work/compare"
expect "tables compared" 12 "$(grep -c '^select' "$work/compare")"
expect "cases, claims and what they stand on are those of a database that was made today" "" "$(sql <"$work/compare")"
expect "promises are counted again, with their leads" "" "$(sql "select distinct on (carrier, promise_day) carrier, promise_day, promised, kept, leads
    from made.promise_day except select carrier, promise_day, promised, kept, leads from upgraded.promise_day")"
expect "the night's flows are measured as today" "" "$(sql "select * from made.flow where as_of > '2026-04-03' except select * from upgraded.flow")"
expect "check is content" 0 "$("$vigie" check --as-of 2026-04-03 --set database.schema=upgraded | grep -c '^ *error')"
conclude
