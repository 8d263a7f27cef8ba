#!/bin/sh
# The life of claims over some nights: drafts that get what they lacked, parcels that turn up before and after filing, carriers'
# own news, what is not worth filing, what people open, approve and withdraw, and a night killed at every turn.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
. "$root/tests/harness/gates.sh"
use_database
cd "$work"
unset VIGIE_CONFIG COLUMNS || true
VIGIE_DATABASE_URL="dbname=$PGDATABASE"
VIGIE_OUTPUT=$work/out
export VIGIE_DATABASE_URL VIGIE_OUTPUT
vigie() { "${VIGIE_PROGRAM:?}" "$@"; }
said() {
    what=$1 wanted=$2 words=$3
    shift 3
    status=0
    vigie "$@" >said 2>&1 || status=$?
    expect "$what: exit code" "$wanted" "$status"
    tr -s ' \n' ' ' <said | grep -qF -e "$words" || expect "$what" "$words" "$(cat said)"
}
night() { vigie nightly --quiet --as-of "$1"; }
# state SHIPMENT [GROUND]
state() { sql "select state from vigie.claim where shipment_id = '$1' and ground = '${2:-loss}'"; }
number() { sql "select claim_number from vigie.claim where shipment_id = '$1' and ground = '${2:-loss}'"; }
last_note() { sql "select note from vigie.claim_move where shipment_id = '$1' and ground = 'loss' order by position desc limit 1"; }
scan() { sql "insert into vigie_source.scans (shipment_id, occurred_at, recorded_at, code, milestone, place, country) values ('$1', '$2', '$2', '$3', '$4', 'LIL', 'FR')"; }
# submit SHIPMENT DAY: as a submission would
submit() {
    sql "with sent as (update vigie.claim set state = 'submitted', claimed_minor = payable_minor where shipment_id = '$1' and state = 'ready' returning *)
         insert into vigie.claim_move (shipment_id, ground, position, state_from, state_to, as_of, recorded_at, actor, amount_minor)
         select shipment_id, ground, (select max(position) + 1 from vigie.claim_move m where m.shipment_id = sent.shipment_id and m.ground = sent.ground),
                'ready', 'submitted', '$2 22:30Z', now(), 'zoe', payable_minor from sent"
}

vigie init --quiet >/dev/null
vigie simulate --quiet --load --shipments 4000 --from 2026-01-05 --to 2026-04-10 --seed 3 >/dev/null

# Parcels whose fate is known: accepted on 9 March and never seen again, unless a story says so.
sql <<'SQL'
insert into vigie_source.shipments (shipment_id, tracking_number, carrier, service, origin_country, origin_zone, destination_country,
    destination_zone, created_at, promised_at, weight_grams, declared_value, freight_charge, currency, label_owner)
select id, 'T' || id, carrier, service, origin, 'IDF', origin, 'PACA', '2026-03-09 08:00Z', '2026-03-11 21:59Z', grams, value, 6.90, case origin when 'US' then 'USD' else 'EUR' end, owner
  from (values ('W', 'colissimo', 'home', 'FR', null, 100.00, 'self'), ('V', 'colissimo', 'home', 'FR', 1200, null, 'self'),
               ('F', 'colissimo', 'home', 'FR', 1200, 100.00, 'self'), ('S', 'colissimo', 'home', 'FR', 1200, 100.00, 'self'),
               ('L', 'colissimo', 'home', 'FR', 1200, 3.00, 'self'), ('R', 'colissimo', 'home', 'FR', 1200, 100.00, 'reseller'),
               ('N', 'colissimo', 'home', 'FR', 1200, 100.00, 'self'), ('A', 'colissimo', 'home', 'FR', 1200, 100.00, 'self'),
               ('P', 'colissimo', 'home', 'FR', 1200, 100.00, 'self'), ('D', 'colissimo', 'home', 'FR', 1200, 100.00, 'self'),
               ('U', 'ups', 'standard', 'US', 1200, 100.00, 'self')) t (id, carrier, service, origin, grams, value, owner);
insert into vigie_source.scans (shipment_id, occurred_at, recorded_at, code, milestone, place, country)
select id, at::timestamptz, at::timestamptz, '', milestone, 'CDG', 'FR'
  from unnest(array['W', 'V', 'F', 'S', 'L', 'R', 'N', 'D', 'U', 'A', 'P']) id
 cross join (values ('2026-03-09 16:00Z', 'accepted'), ('2026-03-10 02:00Z', 'in_transit')) s (at, milestone);
insert into vigie_source.scans (shipment_id, occurred_at, recorded_at, code, milestone, place, country) values
    ('N', '2026-03-11 10:00Z', '2026-03-11 10:00Z', '', 'delivered', 'MRS', 'FR'),
    ('D', '2026-04-06 10:00Z', '2026-04-06 10:00Z', '', 'delivered', 'MRS', 'FR');
SQL

# --- The first night ----------------------------------------------------------------------------------------------------
night 2026-04-05
expect "a weight is missing" "draft weight_grams" "$(sql "select state || ' ' || missing from vigie.claim where shipment_id = 'W'")"
expect "a value is missing" "draft value" "$(sql "select state || ' ' || missing from vigie.claim where shipment_id = 'V'")"
expect "nothing is missing" "ready 2760" "$(sql "select state || ' ' || payable_minor from vigie.claim where shipment_id = 'F'")"
expect "too little to file" waived "$(state L)"
said "why it is waived" 0 'TL (shipment L)' claims show TL --as-of 2026-04-05
expect "a reseller's label gives no claim" "" "$(state R)"
said "and says so, with its conditions" 0 'cannot be claimed, because the label is owned by "reseller"' claims show TR --as-of 2026-04-05
expect "each condition" f "$(sql "select met from vigie.claim_condition where shipment_id = 'R' and position = 1")"
expect "every lost parcel has an answer" 0 "$(sql "select count(*) from vigie.finding f join vigie.cases c using (shipment_id)
    where f.as_of = (select max(as_of) from vigie.night) and f.kind = 'lost' and c.state = 'open'
      and not exists (select from vigie.claim k where k.shipment_id = f.shipment_id)
      and not exists (select from vigie.claim_refusal r where r.shipment_id = f.shipment_id)")"
before=$(sql "select string_agg(to_jsonb(c)::text, '' order by claim_number) from vigie.claim c")
night 2026-04-05
expect "the same night again changes nothing" "$before" "$(sql "select string_agg(to_jsonb(c)::text, '' order by claim_number) from vigie.claim c")"

# --- People -------------------------------------------------------------------------------------------------------------
at="--as-of 2026-04-05T22:10:00Z --actor zoe"
# shellcheck disable=SC2086 # $at is words
{
    said "a draft cannot be approved" 2 'cannot be approved: it is draft' claims approve TW TF $at
    expect "so neither is" 0 "$(sql "select count(*) from vigie.claim where approved_by is not null")"
    said "a preview" 0 'nothing was written' claims approve TF TS --dry-run $at
    expect "writes nothing" 0 "$(sql "select count(*) from vigie.claim where approved_by is not null")"
    said "approved" 0 'ready -> approved' claims approve TF TS $at
    vigie claims approve TF $at >/dev/null
    expect "by whom, once" "zoe 2" "$(sql "select actor || ' ' || count(*) from vigie.claim_remark where kind = 'approved' group by actor")"
    said "nobody knows it" 2 'and no shipment either' claims show NOBODY --as-of 2026-04-05
    said "no reason" 2 '"withdraw" needs its --reason' claims withdraw TF $at
    said "an option of another action" 2 'option "--due" means nothing to "approve"' claims approve TF --due 3
    said "what the recipient denies" 0 'non-receipt): ready to file, brings 27.60' claims open TN $at
    said "is opened once" 2 'has a claim on that ground already' claims open TN $at
}
expect "its ledger begins with a person" zoe "$(sql "select actor from vigie.claim_move where shipment_id = 'N' and position = 1")"
vigie claims --format csv --as-of 2026-04-05 --limit 1000 >list
expect "what expires first comes first" "" "$(tail -n +2 list | cut -d, -f7 | grep . | sort -c 2>&1)"
said "as JSON" 0 '"valuation"' claims show TF --format json --as-of 2026-04-05
said "which line decided" 0 '> per kg of gross weight: 1,200' claims show TF --as-of 2026-04-05
said "what is due" 0 'no such claim' claims --due 0 --carrier colissimo --ground damage --as-of 2026-04-05

# --- The second night: what was missing has come, one parcel too, and one that was filed ----------------------------------
sql "update vigie_source.shipments set weight_grams = 1200 where shipment_id = 'W';
     update vigie_source.shipments set declared_value = 50 where shipment_id = 'L'"
submit S 2026-04-05
submit A 2026-04-05
submit P 2026-04-05
vigie claims settle "$(number P)" --amount 27.60 --currency EUR --credit-note CN-1 --actor zoe >said
scan F '2026-04-05 23:00Z' '' delivered
scan S '2026-04-05 23:00Z' '' delivered
scan A '2026-04-05 23:00Z' '' in_transit
night 2026-04-06
expect "its weight makes it ready" "ready 2760" "$(sql "select state || ' ' || payable_minor from vigie.claim where shipment_id = 'W'")"
expect "and says what was missing" "nothing is missing any more (it was: weight_grams)" "$(last_note W)"
expect "the first dossier stays under its night" 1 "$(sql "select count(*) from vigie.claim_version where shipment_id = 'W'")"
expect "worth filing now" ready "$(state L)"
expect "by way of draft" "waived draft ready" "$(sql "select string_agg(state_to, ' ' order by position) from vigie.claim_move where shipment_id = 'L'")"
expect "found before it was filed" voided "$(state F)"
expect "by which scan" t "$(last_note F | grep -q '^the parcel was found: delivered at LIL on 2026-04-06' && echo t)"
COLUMNS=200
export COLUMNS
# withdrawal SHIPMENT NIGHT: its letter, as the ledger remembers it
withdrawal() {
    letter=out/$2/claims/VG-$(printf %06d "$(number "$1")")-withdrawal.pdf
    expect "$1: a letter, as recorded" "$(sha256sum <"$letter" | cut -d' ' -f1)" "$(sql "select sha256 from vigie.claim_document d
        join vigie.claim c using (claim_number) where c.shipment_id = '$1' and d.file_name = '${letter##*/}' order by d.as_of desc limit 1")"
    if command -v pdftotext >/dev/null; then pdftotext -layout "$letter" - | tr -s ' \n\f' ' ' >letter; fi
}
letter_says() { if [ -e letter ]; then expect "$1" t "$(grep -qF -e "$2" letter && echo t)"; fi; }
expect "found after it was filed" "voided 2760" "$(state S) $(sql "select claimed_minor from vigie.claim where shipment_id = 'S' and ground = 'loss'")"
withdrawal S 2026-04-06
letter_says "what was demanded is withdrawn" 'nous vous avons demandé 27,60 EUR pour le colis'
letter_says "and why" 'Il a été livré depuis, le 6 avril 2026 (LIL). Nous retirons cette réclamation. Veuillez clore votre dossier et ne rien payer'
said "a task for a person" 0 "send VG-$(printf %06d "$(number S)")-withdrawal.pdf to the carrier" claims --state task --as-of 2026-04-06
said "until the carrier was told" 0 'voided -> voided, and the carrier was told' claims withdraw "$(number S)" --sent --as-of 2026-04-06 --actor zoe
said "then no more" 0 'the carrier was told by 2026-04-06' claims show "$(number S)" --as-of 2026-04-06
expect "a task" "" "$(vigie claims --state task --format csv --as-of 2026-04-06 --limit 1000 | grep "VG-$(printf %06d "$(number S)")" || true)"
said "who did what" 0 'told by zoe' claims history "$(number S)" --as-of 2026-04-06
said "of one that was never filed nobody need be told" 2 'was not filed and withdrawn' claims withdraw "$(number F)" --sent --actor zoe
# One that is only seen again may yet be lost.
expect "seen again" "submitted t" "$(state A) $(sql "select found_as_of is not null from vigie.claim where shipment_id = 'A' and ground = 'loss'")"
said "waits for its arrival" 0 'withdraw, or wait until it arrives: seen again (in transit at LIL' claims --state task --as-of 2026-04-06
# One that was paid, and settled, is given back; meanwhile the night does not read it.
expect "settled and not found" reconciled "$(state P)"
expect "no found parcel stays claimed unflagged" 0 "$(sql "select count(*) from vigie.claim c where ground = 'loss' and found_as_of is null
    and state not in ('voided', 'time_barred', 'closed')
    and exists (select from vigie_source.scans s where s.shipment_id = c.shipment_id and s.milestone = 'delivered' and s.recorded_at <= '2026-04-06 22:00Z')")"
expect "late, and so asked about" t "$(sql "select exists (select from vigie.claim where shipment_id = 'D' and ground = 'delay')
    or exists (select from vigie.claim_refusal where shipment_id = 'D' and ground = 'delay')")"
said "withdrawn by a person" 0 'submitted -> voided' claims withdraw "$(number A)" --reason "the customer has it" --as-of 2026-04-07T08:00:00Z --actor zoe
said "who did what" 0 'submitted -> voided by zoe: the customer has it' claims history "$(number A)" --as-of 2026-04-06
scan P '2026-04-06 08:00Z' '' returned

# --- The carrier's own news -----------------------------------------------------------------------------------------------
if [ "$(state U)" = ready ]; then
    submit U 2026-04-06
    scan U '2026-04-06 08:00Z' 129 ''
    scan U '2026-04-06 09:00Z' 141 ''
    scan U '2026-04-06 10:00Z' 127 ''
    night 2026-04-07
    expect "each code moves it on" "submitted acknowledged documents_requested" \
        "$(sql "select string_agg(state_to, ' ' order by position) from vigie.claim_move where shipment_id = 'U' and position > 1")"
    expect "one that says nothing certain is remembered" 3 "$(sql "select count(*) from vigie.claim_remark where shipment_id = 'U' and kind = 'news'")"
    scan U '2026-04-07 08:00Z' 140 ''
    night 2026-04-08
    night 2026-04-08
    expect "paid is approved, until the money is there" "approved" "$(state U)"
    expect "with the scan named" 'the carrier reports "claim paid" (140) on 2026-04-07 10:00' "$(last_note U)"
    expect "each scan once" 4 "$(sql "select count(*) from vigie.claim_remark where shipment_id = 'U' and kind = 'news'")"
else
    expect "a UPS loss can be filed" ready "$(state U) $(sql "select missing from vigie.claim where shipment_id = 'U'")"
fi

[ -d out/2026-04-07 ] || night 2026-04-07
expect "a settled claim is withdrawn too" "voided 2760" "$(state P) $(sql "select credited_minor from vigie.claim where shipment_id = 'P' and ground = 'loss'")"
withdrawal P 2026-04-07
letter_says "the money is given back" 'Il nous est revenu depuis, le 6 avril 2026 (LIL). Nous retirons cette réclamation. Vous nous avez crédité 27,60 EUR'
said "and finance told" 0 "send VG-$(printf %06d "$(number P)")-withdrawal.pdf" claims --state live --as-of 2026-04-07
withdrawal A 2026-04-07
letter_says "a person gives the carrier no reason" 'désigné ci-dessous. Nous retirons cette réclamation.'
expect "no parcel that arrived stays claimed" 0 "$(sql "select count(*) from vigie.claim c where ground = 'loss' and state not in ('voided', 'time_barred', 'closed')
    and exists (select from vigie_source.scans s where s.shipment_id = c.shipment_id and s.milestone in ('delivered', 'returned') and s.recorded_at <= '2026-04-07 22:00Z')")"

# --- A rate of the SDR that nobody gave ------------------------------------------------------------------------------------
said "drafts for want of a rate" 0 'drafts for want of a rate of the SDR: VG-' claims --state draft --as-of 2026-04-07
said "the check names them too" 0 'without a rate of the special drawing right and stay' check --as-of 2026-04-07
mkdir terms
echo 'sdr_rates: [{day: 2026-03-20, currency: EUR, rate: "1.2", source: "made up for this test"}]' >terms/sdr.yaml
VIGIE_CLAIMS_TERMS=$work/terms vigie claim --quiet --as-of 2026-04-09
expect "a rate makes them ready" 0 "$(sql "select count(*) from vigie.claim where missing like '%SDR%'")"
rm -r terms

# --- Killed at every turn: a night that broke off ends like one that did not ----------------------------------------------
createdb -T "$PGDATABASE" "${PGDATABASE}_twin"
facts="select count(*) || ' ' || count(distinct (shipment_id, ground)) || ' ' || count(distinct claim_number) || ' ' || coalesce(md5(string_agg(
    claim_number || state || missing || coalesce(payable_minor, 0) || dossier, '' order by claim_number)), '') from vigie.claim"
VIGIE_DATABASE_URL="dbname=${PGDATABASE}_twin" VIGIE_OUTPUT=$work/twin "$VIGIE_PROGRAM" nightly --quiet --as-of 2026-04-10
vigie learn --quiet --as-of 2026-04-10
vigie detect --quiet --as-of 2026-04-10

# Of papers nothing but whole ones: what was being written has another name yet, which is gone at the end.
papers_whole() {
    for paper in out/2026-04-10/claims/*; do
        [ "${paper%.part}" != "$paper" ] || [ ! -f "$paper" ] || cmp -s "$paper" "twin/2026-04-10/claims/${paper##*/}" || expect "$1: a whole file" "the twin's" "$paper"
    done
}
gates_make run claim claim_move claim_condition claim_document
sql "create trigger gate_7 after insert on vigie.claim_document for each row when (new.file_name like 'bordereau-%') execute function vigie.gate(7)"
for gate in 1 11 2 3 4 12 13 14 5 15 7; do
    killed_at $gate "$VIGIE_PROGRAM" claim --quiet --as-of 2026-04-10
    papers_whole "gate $gate"
done
expect "most gates were met" t "$([ $gates_met -ge 8 ] && echo t || echo "only $gates_met")"
gates_drop
for moment in $(moments 5 10 0.8); do
    killed_after "$moment" "$VIGIE_PROGRAM" claim --quiet --as-of 2026-04-10
    papers_whole "after $moment s"
done
night 2026-04-10
expect "no claim is missing, none doubled, all say the same" "$(PGDATABASE=${PGDATABASE}_twin sql "$facts")" "$(sql "$facts")"
expect "the same papers" "" "$(diff -r out/2026-04-10/claims twin/2026-04-10/claims 2>&1 | head -n 5)"
expect "every file is as the ledger remembers" "" "$(sql "select file_name, sha256 from vigie.claim_document where as_of = (select max(as_of) from vigie.night)" |
    while IFS='|' read -r name sha; do [ "$(sha256sum <"out/2026-04-10/claims/$name" | cut -d' ' -f1)" = "$sha" ] || echo "$name"; done)"
dropdb "${PGDATABASE}_twin"

# --- Papers ---------------------------------------------------------------------------------------------------------------
said "nothing has changed" 0 'every file is as it was written' claims verify 2026-04-10
said "again, elsewhere" 0 'VG-' claims export "$(number W)" --to exported
for paper in exported/*; do
    expect "the same bytes: $paper" "" "$(cmp "$paper" "$(find out -name "${paper#exported/}" | sort | tail -n 1)" 2>&1)"
done
echo more >>out/2026-04-10/claims/dossier.xsd
touch out/2026-04-10/claims/stray
said "a changed file" 1 'changed dossier.xsd' claims verify 2026-04-10
said "a file too many" 1 'extra stray' claims verify 2026-04-10
rm out/2026-04-10/claims/stray
rm out/2026-04-10/claims/dossier.xsd
said "a missing file" 1 'missing dossier.xsd' claims verify out/2026-04-10/claims

# --- An earlier night, written again, is that night: its papers, and the claims that were to be filed -----------------------
to_file() { python3 -c 'import json, sys; print(json.dumps(json.load(open(sys.argv[1]))["claims"], indent=1))' "$1/night.json"; }
cp -r out/2026-04-05/claims first
for day in 05 06 07; do to_file out/2026-04-$day >to_file_$day; done
rm -r out/2026-04-05
vigie claim --quiet --as-of 2026-04-05
for paper in first/*; do
    expect "the same bytes: ${paper#first/}" "" "$(cmp "$paper" "out/2026-04-05/claims/${paper#first/}" 2>&1)"
done
for day in 05 06 07; do
    night 2026-04-$day
    expect "claims of 2026-04-$day" "" "$(to_file out/2026-04-$day | diff "to_file_$day" - || true)"
done
conclude
