#!/bin/sh
# By when a parcel should be there, where the source does not say: derived from what its carrier publishes, else learned
# and called so; and that nothing is learned from what was learned.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_database
cd "$work"
unset VIGIE_CONFIG COLUMNS || true

# A carrier's file of the user: it replaces what ships for this service.
cat >own.yaml <<'END'
id: colissimo
name: Colissimo (La Poste)
services:
  - id: home
    name: Colissimo by contract
    cut_off: "18:00"
    source: our contract
    confidence: official
    promises:
      - {from: [FR], to: [DE], after: 4, count: working_days, by: "12:00"}
      - {from: [FR], to: [FR], after: 2, count: jours_ouvrables}
END
vigie() { "$VIGIE_PROGRAM" "$@" --quiet --set "database.url=dbname=$PGDATABASE" --set "output=$work/out" --set "carriers.catalogues=$work/own.yaml"; }
field() { python3 -c 'import json, sys
value = json.load(sys.stdin)
for key in sys.argv[1].split("."):
    value = value[int(key) if key.isdigit() else key]
print(value)' "$1"; }

vigie init >said 2>&1
vigie simulate --load --seed 3 --shipments 6000 --from 2026-03-01 --to 2026-05-23 --as-of 2026-05-28 >said 2>&1
# Nobody states promises for Colissimo and GLS; countries are known, as shops know them.
sql "update vigie_source.shipments set promised_at = null where lower(carrier) in ('colissimo', 'gls');
     update vigie_source.shipments set origin_country = 'FR', destination_country = 'FR' where destination_zone <> 'BE'"

# Parcels made here: taken over on the Friday evening before Whit Monday, at home and abroad; a service without a promise;
# one that nobody took over.
sql <<'END'
insert into vigie_source.shipments (shipment_id, tracking_number, carrier, service, origin_country, origin_zone, destination_country, destination_zone, created_at)
values ('P-1', 'WHITSUN', 'Colissimo', 'home', 'FR', 'IDF', 'FR', 'PACA', '2026-05-22 08:00Z'),
       ('P-2', 'ABROAD', 'Colissimo', 'home', '', 'IDF', 'DE', '', '2026-05-22 08:00Z'),
       ('P-3', 'NOBODY', 'unheard of', 'pigeon', 'FR', 'IDF', 'FR', 'PACA', '2026-05-22 08:00Z'),
       ('P-4', 'LABEL', 'Colissimo', 'home', 'FR', 'IDF', 'FR', 'PACA', '2026-05-22 08:00Z'),
       ('P-5', 'NOWHERE', 'Colissimo', 'home', 'FR', 'IDF', '', '', '2026-05-22 08:00Z');
insert into vigie_source.scans (shipment_id, occurred_at, milestone, place, country)
select id, '2026-05-22 17:12Z'::timestamptz, 'accepted', 'LIL', 'FR' from unnest(array['P-1', 'P-2', 'P-3', 'P-5']) id;
END
vigie nightly --as-of 2026-05-27 >said 2>&1 || true

# --- Derived ------------------------------------------------------------------------------------------------------------
# Taken over on Friday at 19:12, after the cut-off: Saturday's; Monday is a holiday, Tuesday the first day, Wednesday the
# second.
vigie explain --as-of 2026-05-27 --format json WHITSUN >one
expect "by the contract" "2026-05-27T21:59:59.999999Z derived" "$(field shipment.promised_at <one) $(field shipment.promise_origin <one)"
expect "in words" "derived: Colissimo by contract, 2 jours ouvrables after acceptance, cut-off 18:00" "$(field shipment.promise <one)"
expect "as text" 1 "$(vigie explain --as-of 2026-05-27 WHITSUN | tr -s ' \n' ' ' | grep -c 'promised by 2026-05-27 23:59 (derived: Colissimo by contract, 2 jours ouvrables after acceptance, cut-off 18:00)')"
expect "the silence had a weekend and a holiday in it" 1 "$(vigie explain --as-of 2026-05-27 WHITSUN | grep -c '^  of which  *48 h weekend, 24 h holiday (Lundi de Pentec')"
# Abroad: Friday evening counts as Tuesday at the origin, four working days of Germany later is Monday 1 June at noon.
vigie explain --as-of 2026-05-27 --format json ABROAD >two
expect "by the days of the destination" "2026-06-01T10:00:00Z derived" "$(field shipment.promised_at <two) $(field shipment.promise_origin <two)"
expect "nothing without acceptance" "None none" "$(vigie explain --as-of 2026-05-27 --format json LABEL | tee three | field shipment.promised_at) $(field shipment.promise_origin <three)"
expect "late by it, with the reason" 1 "$(sql "select count(*) from vigie.finding where shipment_id = 'P-1' and promise_origin = 'derived'
    and 'late' = any(signal_kinds) and array_to_string(evidence, ' ') like '%promised by 2026-05-27 23:59 (derived: Colissimo by contract, 2 jours%'")"

# --- Learned ------------------------------------------------------------------------------------------------------------
# Which promise would hold depends on the country, which nobody says; GLS promises nothing here. What is normal stands in.
expect "learned where it is unknown which promise holds" learned "$(vigie explain --as-of 2026-05-27 --format json NOWHERE | field shipment.promise_origin)"
expect "expected, not promised" 1 "$(vigie explain --as-of 2026-05-27 NOWHERE | tr -s ' \n' ' ' | grep -c 'expected by [-0-9]* 23:59 (learned: 99% of such parcels that arrive are there by then)')"
expect "no outcome is told of it" 0 "$(sql "select count(*) from vigie.forecast where shipment_id = 'P-5' and (promised_at is not null or p_late is not null)")"
expect "but of what is derived" 1 "$(sql "select count(*) from vigie.forecast where shipment_id = 'P-2' and p_late is not null and promised_at = '2026-06-01 12:00+02'")"

# --- Counts -------------------------------------------------------------------------------------------------------------
night=out/2026-05-27/night.json
expect "all that were judged are counted" "$(field judged <$night)" \
    "$(($(field promises.stated <$night) + $(field promises.derived <$night) + $(field promises.learned <$night) + $(field promises.none <$night)))"
for origin in stated derived learned none; do
    expect "some are $origin" t "$([ "$(field promises.$origin <$night)" -gt 0 ] && echo t)"
done
expect "the report says so" 1 "$(grep -c "Delivery promises: stated by the source $(field promises.stated <$night), derived from the carrier" out/2026-05-27/night.html)"
expect "each case says whose promise it is" "" "$(sql "select shipment_id from vigie.finding where (promised_at is null) <> (promise_origin = 'none')")"

# --- Switched off -------------------------------------------------------------------------------------------------------
vigie detect --as-of 2026-05-27 --set promises.use=derived >said 2>&1
expect "without what is learned" "0 f" "$(sql "select promises_learned, promises_derived = 0 from vigie.night" | tr '|' ' ')"
vigie nightly --as-of 2026-05-27 --set promises.use=stated >said 2>&1 || true
expect "the source's alone" "0 0 t" "$(sql "select promises_learned, promises_derived, promises_stated > 0 from vigie.night" | tr '|' ' ')"
expect "nothing is late that nobody promised" 0 "$(sql "select count(*) from vigie.finding where lower(carrier) in ('colissimo', 'gls') and kind in ('late', 'at_risk')")"
expect "no such use" 2 "$(vigie detect --as-of 2026-05-27 --set promises.use=guessed >said 2>&1 || echo $?)"
conclude
