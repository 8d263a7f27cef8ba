#!/bin/sh
# vigie init and vigie import on files that real shops send: every bad row is named with its line and reason, good rows
# arrive, a second import changes nothing, and nothing is ever half-written.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_database
vigie=${VIGIE_PROGRAM:?}
bad=$root/tests/end_to_end/bad_csv
cd "$work"
unset VIGIE_CONFIG

# import CODE FILE FILE [OPTION...]: what it prints goes to "said", what it complains about to "told".
import() {
    code=$1
    shift
    actual=0
    "$vigie" import "$@" --quiet >said 2>told || actual=$?
    [ "$actual" = "$code" ] || cat told
    expect "exit code of import $*" "$code" "$actual"
}

# The rejects of one file of shipments as line:reason, one after the other.
rejects() {
    rm -f rejects.csv
    import "$1" "$bad/$2" - --rejects rejects.csv
    tail -n +2 rejects.csv | cut -d, -f2,4 | tr -d '"' | tr ',\n' ':;'
}
count() { sql "select count(*) from vigie_source.$1"; }

# --- Before and after init ------------------------------------------------------------------------------------------
import 2 "$bad/money.csv" -
expect "import before init names the remedy" 1 "$(grep -c 'vigie migrate' told)"
"$vigie" init --settings sample.yaml >said
expect "init says what comes next" 1 "$(grep -c 'vigie import' said)"
expect "init writes the sample of the settings" "$("$vigie" config sample | cksum)" "$(cksum <sample.yaml)"
echo "time_zone: Europe/Paris" >sample.yaml
"$vigie" init --settings sample.yaml >said
expect "a second init leaves the settings alone" "time_zone: Europe/Paris" "$(cat sample.yaml)"
expect "a second init applies nothing" 1 "$(grep -c '0 migrations applied' said)"
expect "all migrations are applied" 0 "$("$vigie" migrate --status --format csv | tail -n +2 | grep -vc ',applied$' || true)"
code=0
"$vigie" init --set source.shipments=my.parcels >/dev/null 2>told || code=$?
expect "init wants plain tables' names" "2 1" "$code $(grep -c 'SCHEMA.shipments' told)"
"$vigie" init --no-plain --set source.shipments=my.parcels >/dev/null

# The help names every column of both tables.
for column in $(sql "select distinct attname from pg_attribute where attnum > 0 and attrelid in
                     ('vigie_source.shipments'::regclass, 'vigie_source.scans'::regclass)"); do
    expect "vigie help import names $column" 1 "$("$vigie" help import | grep -cm 1 -w "$column")"
done

# --- Headers: all problems at once, nothing read --------------------------------------------------------------------
import 2 "$bad/missing_column.csv" "$bad/money.csv"
expect "unrecognized column with the nearest name" 1 "$(grep -c 'missing_column.csv:1: unrecognized column "trackingnumber" (did you mean "tracking_number"?)' told)"
expect "repeated column" 1 "$(grep -c ':1: column "created_at" occurs twice' told)"
expect "unrecognized column without a near one" 1 "$(grep -c ':1: unrecognized column "colour"$' told)"
expect "missing columns" 2 "$(grep -cE 'missing_column.csv:1: column "(tracking_number|carrier)" is missing' told)"
expect "problems of the other file too" 1 "$(grep -c 'money.csv:1: column "occurred_at" is missing' told)"
import 2 "$bad/empty.csv" -
expect "empty file" 1 "$(grep -c 'is empty' told)"
import 2 "$work/no such file.csv" -
import 2 - -
import 2 "$bad/money.csv" - --separator '|'
import 2 "$bad/money.csv" - --time-zone Europe/Nowhere
expect "nothing was read" "0 0" "$(count shipments) $(count scans)"

# --- Rows: line and reason of each bad one --------------------------------------------------------------------------
expect "zero bytes" "3:zero byte;" "$(rejects 0 zero_bytes.csv)"
expect "invalid UTF-8" "3:invalid UTF-8;" "$(rejects 0 invalid_utf8.csv)"
expect "dates" "3:invalid date;4:invalid date;6:invalid date;7:value is missing;8:invalid date;9:invalid date;" "$(rejects 0 wrong_dates.csv)"
expect "a day that does not exist is shown" 1 "$(grep -c '2026-02-30 10:00' rejects.csv)"
expect "money" "3:amount cannot be read;4:amount is negative;5:amount cannot be read;6:unrecognized currency;7:amount cannot be read;8:invalid weight;9:weight is negative;" "$(rejects 0 money.csv)"
expect "markup" "3:invalid date;" "$(rejects 0 markup.csv)"
expect "formulas in the rejects are neutralised" 0 "$(grep -cE '(^|,)"?[=@+]' rejects.csv || true)"
expect "fields" "2:wrong number of fields;3:wrong number of fields;7:value is missing;10:text is too long;8:shipment_id occurs twice;" "$(rejects 0 fields.csv)"
expect "good rows arrived" "A1,A9,D1,D8,F5,U1,Z1,Z3" "$(sql "select string_agg(shipment_id, ',' order by shipment_id) from vigie_source.shipments where shipment_id ~ '^[A-Z][0-9]\$'")"
expect "ids and numbers may hold anything" 2 "$(sql "select count(*) from vigie_source.shipments where shipment_id in (E'F3\n', '<script>alert(1)</script>')")"
expect "amounts as they were meant" "12.50 EUR, 1234.56 EUR" "$(sql "select string_agg(declared_value || ' ' || currency, ', ' order by shipment_id) from vigie_source.shipments where shipment_id in ('A1', 'A9')")"
expect "weights are rounded to grams" 1250 "$(sql "select weight_grams from vigie_source.shipments where shipment_id = 'A9'")"
expect "a date as promise ends with its day" "2026-11-04 22:59:59.999999+00" "$(sql "set timezone = 'UTC'; select promised_at from vigie_source.shipments where shipment_id = 'D1'")"
expect "a naive time is read in the zone" "2026-11-01 09:00:00+00" "$(sql "set timezone = 'UTC'; select created_at from vigie_source.shipments where shipment_id = 'D8'")"
expect "the last of two rows wins" "2026-11-02" "$(sql "select created_at::date from vigie_source.shipments where shipment_id = 'F5'")"

# --- Scans ----------------------------------------------------------------------------------------------------------
import 0 - "$bad/scans.csv" --rejects rejects.csv
expect "scans" "3:neither code nor milestone;4:unrecognized milestone without a code;9:invalid date;" "$(tail -n +2 rejects.csv | cut -d, -f2,4 | tr -d '"' | tr ',\n' ':;')"
expect "scans of unknown shipments are there, and counted" "4 1" "$(count scans) $(grep -c '1 scan of shipments that are not there' said)"

# --- All or nothing -------------------------------------------------------------------------------------------------
before=$(sql "select md5(string_agg(s::text, '|' order by shipment_id)) from vigie_source.shipments s")
import 1 "$bad/unclosed_quote.csv" - --rejects rejects.csv
expect "open quote with its line" 1 "$(grep -c 'unclosed_quote.csv:3: quote is not closed; nothing of the file was imported' told)"
expect "the reject names it too" 1 "$(grep -c ',3,' rejects.csv)"
expect "no temporary file stays" 0 "$(find . -name '*.tmp' | wc -l)"
expect "nothing of the file is there" "$before" "$(sql "select md5(string_agg(s::text, '|' order by shipment_id)) from vigie_source.shipments s")"
expect "the run is recorded as failed" "failed 1" "$(sql "select state || ' ' || exit_code from vigie.run order by run_number desc limit 1")"

# --- Again, and changed ---------------------------------------------------------------------------------------------
import 0 "$bad/money.csv" "$bad/scans.csv"
expect "a second import changes nothing" 1 "$(grep -c '^nothing changed$' said)"
expect "it says so in numbers" 1 "$(grep -c 'money.csv: 9 rows, 0 inserted, 0 updated, 2 unchanged, 7 set aside' said)"
printf 'shipment_id;service;tracking_number;carrier;created_at\nA1;express;T1;ups;2026-11-01T10:00:00Z\n' >new.csv
import 0 new.csv - --separator ';'
expect "a changed row is updated" 1 "$(grep -c '0 inserted, 1 updated' said)"
expect "a column the file does not have is kept" "express 12.50" "$(sql "select service || ' ' || declared_value from vigie_source.shipments where shipment_id = 'A1'")"
gzip -c "$bad/money.csv" >money.csv.gz
gzip -dc money.csv.gz | "$vigie" import /dev/stdin - --quiet >said 2>told
expect "a pipe serves as well" 1 "$(grep -c '2 unchanged' said)"

# --- Tolerance, dry run, record -------------------------------------------------------------------------------------
import 3 "$bad/money.csv" - --set tolerate.set_aside=6
expect "the run is recorded as incomplete" "incomplete 3" "$(sql "select state || ' ' || exit_code from vigie.run order by run_number desc limit 1")"
import 0 "$bad/money.csv" - --set tolerate.set_aside=7
expect "set aside rows are recorded with line and reason" "3 amount cannot be read" "$(sql "select line || ' ' || reason from vigie.set_aside where run_number = (select max(run_number) from vigie.run) order by position limit 1")"
runs=$(sql "select count(*) from vigie.run")
printf 'shipment_id,tracking_number,carrier,created_at\ndry,T,ups,2026-11-01T10:00:00Z\n' >dry.csv
import 0 dry.csv - --dry-run
expect "a dry run writes nothing" "$runs 0" "$(sql "select count(*) from vigie.run") $(sql "select count(*) from vigie_source.shipments where shipment_id = 'dry'")"
expect "a dry run says what it would do" 1 "$(grep -c '1 could be imported' said)"
expect "the last line in json is one object" 1 "$("$vigie" import dry.csv - --quiet --format json 2>/dev/null | tail -n 1 | grep -c '"inserted":1')"

# Consent is said or not; a column that a file does not have keeps what was said.
printf 'shipment_id,tracking_number,carrier,created_at,customer_email,customer_consent\n' >consent.csv
for answer in yes No 1 '' perhaps; do
    printf 'consent%s,T%s,ups,2026-11-01T10:00:00Z,a@example.org,%s\n' "$answer" "$answer" "$answer"
done >>consent.csv
import 0 consent.csv - --rejects rejects.csv
expect "a perhaps is no consent" 1 "$(grep -c 'neither yes nor no' rejects.csv)"
import 0 dry.csv -
printf 'shipment_id,tracking_number,carrier,created_at\nconsentyes,Tyes,ups,2026-11-01T10:00:00Z\n' >again.csv
import 0 again.csv -
expect "consent as said" "1:true No:false yes:true :" "$(sql "select string_agg(replace(shipment_id, 'consent', '') || ':' || coalesce(customer_consent::text, ''),
    ' ' order by coalesce(customer_consent::text, '') = '', shipment_id) from vigie_source.shipments where shipment_id like 'consent%'")"
# Tables of before there was the column are named with the remedy, which adds it.
sql "alter table vigie_source.shipments drop column customer_consent"
import 2 consent.csv -
expect "old tables" 1 "$(grep -c 'lacks plain tables (shipments.customer_consent): run vigie init' told)"
"$vigie" init --no-plain --quiet >said && "$vigie" init --quiet >said
import 0 consent.csv -
expect "and init adds it" 2 "$(sql "select count(*) from vigie_source.shipments where customer_consent")"

# --- Check ----------------------------------------------------------------------------------------------------------
code=0
"$vigie" check --as-of 2026-11-20 >said 2>told || code=$?
expect "check of a sound database" "0" "$code"
expect "check counts scans of nobody" 1 "$(grep -c '1 scans ([0-9.]*%) belong to no shipment' said)"
expect "check names codes that nobody mapped" 1 "$(grep -c '"DEP"' said)"
"$vigie" check --as-of 2026-11-20 --format json | tail -n 1 >said
expect "check in json" 1 "$(grep -c '^{"errors":0,' said)"
# A feed whose local time is stamped as UTC: deliveries at two in the morning.
sql "insert into vigie_source.shipments (shipment_id, tracking_number, carrier, created_at)
         select 'n' || i, 'N' || i, 'fedex', '2026-11-01' from generate_series(1, 60) i;
     insert into vigie_source.scans (shipment_id, occurred_at, milestone)
         select 'n' || i, timestamptz '2026-11-05 00:30Z' + interval '1 hour' * (i % 5), 'delivered' from generate_series(1, 60) i"
"$vigie" check --as-of 2026-11-20 >said
expect "a clock in the wrong zone is suspected" 1 "$(tr -s ' \n' ' ' <said | grep -c 'the clock of "fedex" is doubtful: 100% of its deliveries are between 22:00 and 06:00 (Europe/Paris); moved by +5 h, 0% would')"
sql "drop index vigie_source.scans_once; alter table vigie_source.scans rename column occurred_at to happened"
code=0
"$vigie" check >said 2>told || code=$?
expect "a missing column is an error" "2 1" "$code $(grep -c 'scans.occurred_at: is missing' said)"
sql "alter table vigie_source.scans rename column happened to occurred_at; drop index vigie_source.shipments_promised, vigie_source.scans_by_time, vigie_source.shipments_by_time"
"$vigie" check >said
expect "the missing index is recommended word for word" 1 "$(tr -s ' \n' ' ' <said | grep -c 'create index concurrently on "vigie_source"."scans" (shipment_id, occurred_at) include')"
expect "and those that find what is new" "1 1" "$(tr -s ' \n' ' ' <said | grep -c 'on "vigie_source"."scans" using brin (recorded_at, occurred_at);') $(tr -s ' \n' ' ' <said | grep -c 'on "vigie_source"."shipments" using brin (created_at);')"
expect "and the one that finds promises" 1 "$(tr -s ' \n' ' ' <said | grep -c 'create index concurrently on "vigie_source"."shipments" (promised_at)')"
conclude
