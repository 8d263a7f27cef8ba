#!/bin/sh
# Claims on their way to carriers, by folder, mail and POST, against real servers: only what may go goes, each claim arrives
# once whatever dies in between, and what nobody knows is left to a person.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
. "$root/tests/harness/gates.sh"
use_database
use_sinks
cd "$work"
unset VIGIE_CONFIG COLUMNS || true

sink http_sink.py accept web
sink smtp_sink.py accept post
mkdir terms tokens drop
# terms_of ID CARRIER LINE...: the shipped terms of Colissimo for another carrier, with a way to submit
terms_of() {
    id=$1
    shift
    sed -e "s/^id: .*/id: $id/; s/^carriers: .*/carriers: [$id]/" "$root/config/terms/colissimo.yaml" >"terms/$id.yaml"
    printf '%s\n' "$@" >>"terms/$id.yaml"
}
terms_of web_carrier "submission: {channel: http, to: \"$(cat web.url)\"}"
terms_of mail_carrier "submission: {channel: email, to: claims@carrier.example, automatic_up_to: 20.00 EUR}"
terms_of drop_carrier "submission: {channel: folder}"
echo s3cret-token >tokens/web_carrier
cat >vigie.yaml <<END
database: {url: "dbname=$PGDATABASE"}
output: $work/out
merchant: {name: Maison Test, email: litiges@example.org}
claims: {terms: [$work/terms], tokens: $work/tokens, drop_folder: $work/drop}
alerts: {smtp_url: "$(cat post.url)", from: vigie@example.org}
END
vigie() { "$VIGIE_PROGRAM" "$@" --config vigie.yaml; }
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
mkdir -p out/2026-11-20/claims

# claim NUMBER CARRIER CENTS APPROVED: a claim that is ready, with its dossier as its only paper
claim() {
    reference=VG-$(printf '%06d' "$1")
    sed "s/VG-000012/$reference/; s/6A12345678901/6A$1/" "$root/tests/claims/golden/dossier_ready.xml" >"out/2026-11-20/claims/$reference.xml"
    psql -X -q -v ON_ERROR_STOP=1 -v n="$1" -v r="$reference" -v c="$2" -v a="$3" -v yes="$4" \
        -v d="$(cat "out/2026-11-20/claims/$reference.xml")" \
        -v s="$(sha256sum "out/2026-11-20/claims/$reference.xml" | cut -d' ' -f1)" <<'END'
set search_path = vigie;
insert into claim (shipment_id, ground, claim_number, reference, state, opened_as_of, drafted_as_of, tracking_number, carrier,
                   carrier_slug, payable_minor, currency, opening_clause, deadline_clause, bar_clause, bar_source, terms, clause,
                   missing, dossier, approved_by, approved_as_of)
values ('s' || :'n', 'loss', :n, :'r', 'ready', '2026-11-20 22:59:59.999999Z', '2026-11-20 22:59:59.999999Z', '6A' || :'n',
        initcap(:'c'), :'c', :a, 'EUR', '', '', '', '', :'c', '', '', :'d' || E'\n', nullif(:'yes', ''),
        case when :'yes' <> '' then now() end);
insert into claim_move (shipment_id, ground, position, state_to, as_of, recorded_at, actor)
values ('s' || :'n', 'loss', 1, 'ready', '2026-11-20 22:59:59.999999Z', now(), 'vigie');
insert into claim_document (as_of, file_name, carrier, claim_count, size_bytes, sha256, claim_number)
values ('2026-11-20 22:59:59.999999Z', :'r' || '.xml', :'c', 1, 1, :'s', :n);
END
}
state_of() { sql "select string_agg(state || coalesce(' ' || claimed_minor, ''), ', ' order by claim_number) from vigie.claim where claim_number in ($1)"; }
submit() { vigie claims submit --actor anna "$@"; }
open_attempts() { sql "select count(*) from vigie.claim_attempt where outcome is null"; }

# --- Only what may go -----------------------------------------------------------------------------------------------------
claim 1 web_carrier 2760 anna
claim 2 web_carrier 2760 anna
claim 3 web_carrier 2760 ''
claim 4 mail_carrier 2000 ''
claim 5 mail_carrier 2001 ''
claim 6 drop_carrier 2760 anna
said "a rehearsal" 0 'would send' claims submit --actor anna --dry-run
expect "sends nothing" "0 0" "$(sql "select count(*) from vigie.claim_attempt") $([ -e web/requests ] && wc -l <web/requests || echo 0)"
said "what may go" 0 '4 claims submitted; 2 ready, not approved' claims submit --actor anna --as-of 2026-11-20T23:30:00Z
expect "goes, with what was claimed" "submitted 2760, submitted 2760, ready, submitted 2000, ready, submitted 2760" "$(state_of 1,2,3,4,5,6)"
expect "one POST for a carrier's claims" "VG-000001 VG-000002" "$(paste -sd ' ' web/claims)"
expect "one mail" 1 "$(find post/mail/new -type f | wc -l)"
expect "one folder, whole, by the merchant's day" "VG-000006.xml bordereau-drop_carrier-2026-11-21.csv message.txt" \
    "$(ls drop/drop_carrier/VS-000006-* | paste -sd ' ')"
expect "the bytes that were recorded" "" "$(diff out/2026-11-20/claims/VG-000006.xml drop/drop_carrier/VS-*/VG-000006.xml)"
expect "each attempt is a row" "drop_carrier folder sent, mail_carrier email sent, web_carrier http sent" \
    "$(sql "select string_agg(concat_ws(' ', carrier, channel, outcome), ', ' order by carrier) from vigie.claim_attempt")"
expect "no token in the ledger" 0 "$(pg_dump -a "$PGDATABASE" 2>&1 | grep -c s3cret || true)"
grep -q 'Authorization: Bearer s3cret-token' web/raw.txt || expect "the token" "in the request" "absent"
said "again" 0 '0 claims submitted' claims submit --actor anna
expect "nothing more is sent" "1 1" "$(wc -l <web/requests) $(find post/mail/new -type f | wc -l)"

# --- Whatever the server does ---------------------------------------------------------------------------------------------
number=10
for mode in 429 500 cut early; do
    claim $number web_carrier 2760 anna
    echo $mode >web/mode
    said "$mode" 3 '0 claims submitted' claims submit --actor anna
    expect "$mode: still ready" "ready" "$(state_of $number)"
    echo accept >web/mode
    said "$mode, then well" 0 '1 claim submitted' claims submit --actor anna
    expect "$mode: submitted" "submitted 2760" "$(state_of $number)"
    number=$((number + 1))
done
claim 20 web_carrier 2760 anna
echo 422 >web/mode
said "refused" 3 'refused' claims submit --actor anna
echo accept >web/mode
said "a refusal is for a person" 3 'waits' claims submit --actor anna
expect "and stays" "ready" "$(state_of 20)"
said "who lets it go again" 0 '1 claim submitted' claims submit 20 --again --actor anna
expect "under another key" 2 "$(sql "select count(distinct submission_key) from vigie.claim_attempt where claim_numbers = '{20}'")"

# --- Whatever dies --------------------------------------------------------------------------------------------------------
number=30
for mode in kill killed; do  # begun, and sent
    claim $number web_carrier 2760 anna
    echo $mode >web/mode
    "$VIGIE_PROGRAM" claims submit --actor anna --config vigie.yaml >said 2>&1 &
    echo $! >web/pid
    wait $! 2>>said || true
    expect "$mode: an attempt stands open" 1 "$(open_attempts)"
    echo accept >web/mode
    said "$mode, the next run" 0 '1 claim submitted' claims submit --actor anna
    expect "$mode: none stands open" 0 "$(open_attempts)"
    expect "$mode: submitted" "submitted 2760" "$(state_of $number)"
    number=$((number + 1))
done
# Sent, and the ledger cannot be written: by POST, folder and mail.
claim 40 web_carrier 2760 anna
claim 41 drop_carrier 2760 anna
claim 42 mail_carrier 2760 anna
sql "create function vigie.stop() returns trigger language plpgsql as \$\$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end \$\$;
     create trigger stop before update on vigie.claim_attempt for each row execute function vigie.stop()"
for carrier in web_carrier drop_carrier mail_carrier; do
    status=0
    submit --carrier $carrier >said 2>&1 || status=$?
    [ "$status" != 0 ] || expect "$carrier: not recorded" "a failure" "exit code 0"
done
sql "drop trigger stop on vigie.claim_attempt"
expect "three stand open" 3 "$(open_attempts)"
said "the next run" 3 '2 claims submitted' claims submit --actor anna
grep -q 'the run ended before the answer was known' said || expect "a mail nobody knows of" "waits" "$(cat said)"
expect "a POST and a folder are repeated" "submitted 2760, submitted 2760, ready" "$(state_of 40,41,42)"
expect "a mail is not" 2 "$(find post/mail/new -type f | wc -l)"
said "a night leaves it alone too" 3 'the run ended' claims submit --actor anna
expect "still" 2 "$(find post/mail/new -type f | wc -l)"
said "a person says it arrived" 0 '1 claim submitted' claims submit 42 --sent --actor anna
expect "so it was" "submitted 2760" "$(state_of 42)"

# Killed at each write and each commit, and at moments that a seed chooses: two claims each time, by POST and by folder.
number=60
two_claims() {
    claim $number web_carrier 2760 anna
    claim $((number + 1)) drop_carrier 2760 anna
    number=$((number + 2))
}
sent_by_now() {
    said "$1, the next run" 0 'submitted' claims submit --actor anna
    expect "$1: both are submitted" "submitted 2760, submitted 2760" "$(state_of $((number - 2)),$((number - 1)))"
    expect "$1: none stands open" 0 "$(open_attempts)"
    expect "$1: in one folder" 1 "$(find drop -name "VG-$(printf %06d $((number - 1))).xml" | wc -l)"
}
gates_make run claim_attempt claim claim_move
for gate in 1 2 3 4 11 12 13 14; do
    two_claims
    killed_at $gate "$VIGIE_PROGRAM" claims submit --actor anna --config vigie.yaml
    sent_by_now "gate $gate"
done
expect "every gate was met" 8 "$gates_met"
gates_drop
for moment in $(moments 7 10 0.3); do
    two_claims
    killed_after "$moment" "$VIGIE_PROGRAM" claims submit --actor anna --config vigie.yaml
    sent_by_now "after $moment s"
done

expect "no claim was filed twice by POST" "" "$(sort web/claims | uniq -d)"
expect "none is missing" "$(sql "select string_agg(reference, ' ' order by reference) from vigie.claim where carrier_slug = 'web_carrier' and state = 'submitted'")" \
    "$(sort web/claims | paste -sd ' ')"
expect "nor half in a folder" "" "$(find drop -name '*.part')"

# --- By hand, and what is wrong -------------------------------------------------------------------------------------------
said "filed at a portal" 0 '1 claim submitted' claims submit 3 --sent --actor anna
said "only once" 2 'not all of these claims are ready' claims submit 3 --sent --actor anna
said "nothing to send again" 2 'no attempt with these claims waits for a person' claims submit 3 --again --actor anna
said "which claims" 2 'need the numbers of claims' claims submit --sent --actor anna
claim 50 drop_carrier 2760 anna
echo 'changed' >>out/2026-11-20/claims/VG-000050.xml
said "a paper that was changed" 3 'paper "VG-000050.xml" is not as it was written' claims submit --actor anna
expect "does not go" "ready" "$(state_of 50)"
sed -i '$d' out/2026-11-20/claims/VG-000050.xml
said "without a drop folder" 0 '1 approved, to be filed by a person' claims submit 50 --actor anna --set claims.drop_folder=
sql "update vigie.claim set found_as_of = now(), found_note = 'delivered' where claim_number = 50"
said "a parcel that was found" 0 '0 claims submitted' claims submit 50 --actor anna
claim 51 drop_carrier 2760 anna
mkdir ro && chmod 500 ro
[ "$(id -u)" = 0 ] || said "a folder that cannot be written" 3 'retry' claims submit 51 --actor anna --set "claims.drop_folder=$work/ro"
said "a night submits" 0 'The night of' nightly --as-of 2026-11-21 --only submit --deliver
expect "what may go" "submitted 2760" "$(state_of 51)"
claim 52 drop_carrier 2760 anna
said "but not for a past night" 0 'no claim is submitted for a date this old' nightly --as-of 2026-06-01 --only submit
expect "it stays" "ready" "$(state_of 52)"
conclude
