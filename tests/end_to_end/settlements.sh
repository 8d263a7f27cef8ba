#!/bin/sh
# What carriers credit and refuse, from their files into the ledger: what is booked, what waits for a person, that the same
# file again changes nothing, and that a run that dies between two lines leaves nothing behind.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_database
cd "$work"
unset VIGIE_CONFIG COLUMNS || true
files=$root/tests/end_to_end/settlements

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
vigie migrate >said 2>&1

# Seven claims that were sent, of 27.60, 39.60, 25.00, 25.00, 25.00, 25.00 and 1234.00 EUR.
sql <<'END'
set search_path = vigie;
insert into claim (shipment_id, ground, claim_number, reference, state, opened_as_of, drafted_as_of, tracking_number, carrier, carrier_slug,
                   payable_minor, claimed_minor, currency, opening_clause, deadline_clause, bar_clause, bar_source, terms, clause,
                   missing)
select 's' || n, 'loss', n, 'VG-' || lpad(n::text, 6, '0'), 'ready', '2026-11-01', '2026-11-01', '6A' || n, 'Colissimo', 'colissimo',
       a, a, 'EUR', '', '', '', '', 'colissimo', '', ''
  from unnest(array[2760, 3960, 2500, 2500, 2500, 2500, 123400]) with ordinality t (a, n);
insert into claim_move (shipment_id, ground, position, state_to, as_of, recorded_at, actor)
select shipment_id, ground, 1, 'ready', '2026-11-01', now(), 'vigie' from claim;
insert into claim_move (shipment_id, ground, position, state_from, state_to, as_of, recorded_at, actor)
select shipment_id, ground, 2, 'ready', 'submitted', '2026-11-02', now(), 'anna' from claim;
update claim set state = 'submitted';
END
state_of() { sql "select state || ' ' || coalesce(credited_minor::text, '-') from vigie.claim where claim_number = $1"; }
ledger() { sql "select md5(string_agg(t::text, ',' order by t::text)) from (select c::text from vigie.claim c union all
    select m::text from vigie.claim_move m union all select s::text from vigie.settlement_line s) t (t)"; }

# --- A file ---------------------------------------------------------------------------------------------------------------
before=$(ledger)
said "a rehearsal" 3 'first.csv: 8 lines, 4 matched, 1 ambiguous, 1 unmatched, 2 set_aside: 77.20 EUR (dry run: nothing was written)' \
    claims settle "$files/first.csv" --dry-run --actor anna
expect "writes nothing" "$before" "$(ledger)"

# The process dies at a line, at any of them: the file is booked whole by the next run, or not at all.
for line in 1 2 3 5 8; do
    sql "create or replace function vigie.stop() returns trigger language plpgsql as \$\$ begin
             if new.line = $((line + 1)) then perform pg_terminate_backend(pg_backend_pid()); end if; return new; end \$\$;
         create or replace trigger stop after insert on vigie.settlement_line for each row execute function vigie.stop()"
    status=0
    vigie claims settle "$files/first.csv" --actor anna >said 2>&1 || status=$?
    [ "$status" != 0 ] && [ "$status" != 3 ] || expect "broken at line $line" "a failure" "exit code $status"
    expect "broken at line $line: nothing is left" "$before" "$(ledger)"
done
sql "drop trigger stop on vigie.settlement_line; drop function vigie.stop()"

said "a file" 3 'first.csv: 8 lines, 4 matched, 1 ambiguous, 1 unmatched, 2 set_aside: 77.20 EUR' \
    claims settle "$files/first.csv" --actor anna
expect "by reference" "reconciled 2760" "$(state_of 1)"
expect "by parcel and amount" "reconciled 3960" "$(state_of 2)"
expect "in part" "credited 1000" "$(state_of 3)"
expect "refused" "refused -" "$(state_of 4)"
expect "another amount" "submitted -" "$(state_of 5)"
expect "another currency" "submitted -" "$(state_of 6)"
expect "what cannot be read" "submitted -" "$(state_of 7)"
expect "each move is a row" "ready>submitted>approved_in_part>credited" \
    "$(sql "select string_agg(state_to, '>' order by position) from vigie.claim_move where shipment_id = 's3'")"
expect "with who, how much and why" "anna 1000 credit note CN-1, line 4 of first.csv: half only" \
    "$(sql "select actor || ' ' || amount_minor || ' ' || note from vigie.claim_move where shipment_id = 's3' and position = 4")"
expect "every line is kept" 8 "$(sql "select count(*) from vigie.settlement_line")"

after=$(ledger)
said "the same file again" 3 'first.csv: 8 lines, 4 booked before, 1 ambiguous, 1 unmatched, 2 set_aside' \
    claims settle "$files/first.csv" --actor bert
expect "changes nothing" "$after" "$(ledger)"
sed 's/^VG-000099.*/VG-000001,6A1,27.60,EUR,CN-1,2026-11-20,a copy/' "$files/first.csv" >copy.csv
said "its lines in another file" 3 'copy.csv: 8 lines, 4 repeated, 1 ambiguous, 3 set_aside' claims settle copy.csv --actor anna
expect "credit nothing twice" "reconciled 2760 credited 1000" "$(state_of 1) $(state_of 3)"
expect "no claim was credited above what was due" 0 \
    "$(sql "select count(*) from vigie.claim where credited_minor > least(claimed_minor, payable_minor)")"

# --- What waits for a person ------------------------------------------------------------------------------------------------
said "lines that wait" 0 'claim VG-000005 has that tracking number, but 25.00 EUR is still missing, not 5.00 EUR' claims settle --list open
name=$(vigie claims settle --list open --format csv | grep '^first.csv,' | grep ',6A5,' | cut -d, -f2)
expect "formulas are neutralised" 0 "$(vigie claims settle --list open --format csv | grep -cE '(^|,)"?[=@]' || true)"
said "a kept line on a claim" 0 'VG-000005: submitted -> approved_in_part -> credited, 5.00 EUR of 25.00 EUR' \
    claims settle 5 --line "$name" --actor anna
said "only once" 2 'was booked before' claims settle 5 --line "$name" --actor anna
said "no such line" 2 'there is no kept line 0123456789ab:3' claims settle 5 --line 0123456789ab:3
said "no name of a line" 2 'names no line' claims settle 5 --line %:3

# --- By hand ----------------------------------------------------------------------------------------------------------------
said "an amount without its note" 2 'needs the --credit-note' claims settle 6 --amount 20 --actor anna
said "too much" 2 'pays too much' claims settle 6 --amount 26 --credit-note CN-6 --actor anna
said "nothing" 2 'needs --amount, --refused or --line' claims settle 6 --actor anna
said "no such claim" 2 'there is no claim VG-000088' claims settle 88 --refused no --actor anna
said "by hand" 0 'VG-000007: submitted -> credited -> reconciled, 1234.00 EUR of 1234.00 EUR' \
    claims settle VG-000007 --amount 1234.00 --credit-note CN-7 --date 2026-11-21 --actor anna
after=$(ledger)
said "by hand again" 0 'by hand: 1 line, 1 booked before' claims settle 7 --amount 1234.00 --credit-note CN-7 --date 2026-11-21 --actor anna
expect "changes nothing by hand" "$after" "$(ledger)"

# --- A carrier's layout -----------------------------------------------------------------------------------------------------
said "without its layout" 2 'avoirs.csv: the header has no column "amount"' claims settle "$files/avoirs.csv" --actor anna
said "with it" 0 'VG-000006: submitted -> approved_in_part -> credited, 20.00 EUR of 25.00 EUR' \
    claims settle "$files/avoirs.csv" --carrier Colissimo --actor anna --set "claims.settlements=$files/avoirs.yaml"
printf 'id: x\ncarriers: [dpd]\ncolums: {}\n' >bad.yaml
said "a layout that is none" 2 'bad.yaml' claims settle "$files/avoirs.csv" --carrier dpd --set claims.settlements=bad.yaml
cat >note.xml <<'END'
<CreditNote xmlns="urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
    xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
    xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:ID>AV-8</cbc:ID><cbc:IssueDate>2026-11-22</cbc:IssueDate><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cac:CreditNoteLine><cbc:ID>1</cbc:ID><cbc:LineExtensionAmount currencyID="EUR">5.00</cbc:LineExtensionAmount>
    <cac:DocumentReference><cbc:ID>VG-000006</cbc:ID></cac:DocumentReference></cac:CreditNoteLine>
</CreditNote>
END
said "a credit note of UBL" 0 'VG-000006: credited -> reconciled, 25.00 EUR of 25.00 EUR' claims settle note.xml --actor anna
said "no UBL" 2 "first.csv: line 1" claims settle --input ubl "$files/first.csv" --actor anna

# --- Underpaid --------------------------------------------------------------------------------------------------------------
said "underpaid" 0 'colissimo: 2 claims, 15.00 EUR credited of 50.00 EUR, 35.00 EUR missing' claims settle --list underpaid
expect "the largest first" "VG-000005 VG-000003" "$(vigie claims settle --list underpaid --format csv | tail -n +2 | cut -d, -f2 | paste -sd ' ')"
said "none of another carrier" 0 'no claim is underpaid' claims settle --list underpaid --carrier dpd
said "no such list" 2 'unrecognized list "all"' claims settle --list all
said "nothing to settle" 2 'needs a file' claims settle
conclude
