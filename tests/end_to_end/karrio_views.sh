#!/bin/sh
# The views of sql/sources/karrio on look-alikes of Karrio's tables: the traps of its data, one by one, then real
# events when they are here.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_database

# The columns of Karrio's models that exist in all its versions of 2026 and matter here, with Django's types.
sql <<'END'
create table shipments
(
    id varchar(50) primary key, status varchar(50) not null, tracking_number varchar(100), test_mode boolean not null,
    reference varchar(100), order_id varchar(50), shipper jsonb, recipient jsonb, parcels jsonb, selected_rate jsonb,
    options jsonb, carrier jsonb, created_at timestamptz not null, updated_at timestamptz not null
);
create table "tracking-status"
(
    id varchar(50) primary key, status varchar(25) not null, tracking_number varchar(100) not null,
    account_number varchar(100), reference varchar(100), info jsonb, events jsonb, delivered boolean,
    estimated_delivery date, test_mode boolean not null, messages jsonb, options jsonb, meta jsonb, metadata jsonb,
    carrier jsonb, shipment_id varchar(50) unique references shipments, created_at timestamptz not null,
    updated_at timestamptz not null
);
insert into shipments values
    ('shp_1', 'purchased', 'FX1', false, 'ref 1', 'order 1',
     '{"country_code": "FR", "postal_code": "59000"}', '{"country_code": "CA", "state_code": "ON", "postal_code": "K1A 0B1"}',
     '[{"weight": 1.2, "weight_unit": "KG", "items": [{"title": "Lamp", "quantity": 2, "value_amount": 49.95, "value_currency": "EUR"}]},
       {"weight": 8, "weight_unit": "OZ", "items": [{"description": "Bulb", "value_amount": 5, "value_currency": "EUR"}]}]',
     '{"service": "fedex_international_priority", "currency": "EUR", "total_charge": 31.4, "estimated_delivery": "2026-03-12"}',
     '{}', '{"carrier_code": "fedex"}', '2026-03-01 08:00+00', '2026-03-09 08:00+00'),
    ('shp_2', 'cancelled', 'LP1', false, null, null, null, null,
     '[{"weight": 2, "weight_unit": "KG"}, {"weight": null, "weight_unit": "KG"}]',
     '{"currency": "USD", "total_charge": 9}', '{"declared_value": "120.00", "currency": "EUR"}', null,
     '2026-03-02 08:00+00', '2026-03-03 09:00+00'),
    ('shp_3', 'purchased', 'T1', true, null, null, null, null, null, null, null, null, '2026-03-02 08:00+00', '2026-03-02 08:00+00');
insert into "tracking-status" (id, status, tracking_number, reference, events, delivered, estimated_delivery, test_mode,
                               carrier, shipment_id, created_at, updated_at) values
    ('trk_1', 'in_transit', 'FX1', null,
     '[{"date": "2026-03-03", "time": "09:26 AM", "timestamp": "2026-03-03T09:26:00.000Z", "code": "DP", "status": "in_transit", "description": "Departed", "location": "MEMPHIS, TN"},
       {"date": "2026-03-02", "time": "14:30 PM", "code": "PU", "status": "picked_up", "description": "Picked up"},
       {"date": "2026-03-02", "time": "14:30 PM", "code": "PU", "status": "picked_up", "description": "Picked up by driver"},
       {"code": "OC", "status": "pending", "description": "Label created"}]',
     false, '2026-03-20', false, '{"carrier_code": "fedex", "carrier_id": "fedex-fr"}', 'shp_1', '2026-03-01 08:05+00', '2026-03-03 10:00+00'),
    ('trk_2', 'unknown', 'LP1', 'own ref', '[{"date": "2026-03-04", "code": "ET1", "status": "out_for_delivery"}]',
     null, '2026-03-05', false, '{"carrier_name": "laposte"}', 'shp_2', '2026-03-02 08:05+00', '2026-06-02 00:00+00'),
    ('trk_3', 'in_transit', 'T1', null, '[{"date": "2026-03-04", "code": "X"}]', false, null, true, '{"carrier_code": "ups"}', 'shp_3', '2026-03-02 08:05+00', '2026-03-02 08:05+00'),
    ('trk_4', 'delivered', 'DH1', null,
     '[{"timestamp": "2026-03-06T02:05:00.000Z", "code": "PL", "status": "in_transit"},
       {"date": "2026-03-07", "time": "02:05 PM", "code": "OK"}]',
     true, null, false, '{"carrier_code": "dhl_express"}', null, '2026-03-05 08:00+00', '2026-03-07 15:00+00'),
    ('trk_5', 'in_transit', 'GL1', null,
     '[{"date": "2026-03-07", "time": "12:35 AM", "code": "DELIVEREDPS", "status": "delivered"},
       {"date": "2026-03-06", "status": "return_to_sender"}, {"date": "2026-02-30", "time": "10:00", "status": "cancelled"},
       "not an event", {"timestamp": "<ANY>"}]',
     false, null, false, '{"carrier_code": "gls"}', null, '2026-03-05 08:00+00', '2026-03-07 15:00+00'),
    ('trk_7', 'in_transit', 'UP1', null,
     '[{"timestamp": "2026-03-09T10:00:00.000Z", "code": "2Q", "status": "delivered"},
       {"timestamp": "2026-03-08T10:00:00.000Z", "code": "26", "status": "on_hold"},
       {"timestamp": "2026-03-07T10:00:00.000Z", "code": "DP"},
       {"timestamp": "2026-03-06T10:00:00.000Z", "code": "MP", "status": "pending"},
       {"date": "2026-03-05", "time": "10:00", "code": "7"}]',
     true, null, false, '{"carrier_code": "ups"}', null, '2026-03-05 08:00+00', '2026-03-07 15:00+00'),
    ('trk_6', 'pending', 'NO1', null, '{}', false, null, false, null, null, '2026-03-05 08:00+00', '2026-03-05 08:00+00');
END
psql -X -q -v ON_ERROR_STOP=1 -f "$root/sql/sources/karrio/views.sql"
psql -X -q -v ON_ERROR_STOP=1 -f "$root/sql/sources/karrio/views.sql" 2>/dev/null  # again: replaced

scans() { sql "select $2 from vigie_karrio.scans where shipment_id = '$1' order by occurred_at nulls last, text, code"; }
shipment() { sql "select $2 from vigie_karrio.shipments where shipment_id = '$1'"; }

expect "given up after 90 days, and still watched" "trk_1 trk_2 trk_4 trk_5 trk_6 trk_7" \
    "$(sql "select string_agg(shipment_id, ' ' order by shipment_id) from vigie_karrio.shipments")"
expect "a wall clock, not UTC" "timestamp without time zone|2026-03-03 09:26:00" \
    "$(scans trk_1 "pg_typeof(occurred_at), occurred_at" | sed -n 3p)"
expect "raw codes kept, other wording kept, undated last" "2026-03-02 14:30:00|PU|
2026-03-02 14:30:00|PU|
2026-03-03 09:26:00|DP|
|OC|announced" "$(scans trk_1 "occurred_at, code, milestone")"
expect "Karrio's meaning of ET1 is not believed" "2026-03-04 00:00:00|ET1|" "$(scans trk_2 "occurred_at, code, milestone")"
expect "delivered by the tracker: its latest event" "2026-03-06 02:05:00|PL|
2026-03-07 14:05:00|OK|delivered" "$(scans trk_4 "occurred_at, code, milestone")"
expect "a parcel shop is no delivery; no code, then Karrio's status; no such day, no time" "2026-03-06 00:00:00|returning|
2026-03-07 00:35:00|DELIVEREDPS|
||
|karrio_cancelled|" "$(scans trk_5 "occurred_at, code, milestone")"
expect "UPS's codes with their type, and its access points are no delivery" "7|unknown|
MP|M|announced
DP|I|
26|X|
2Q|D|" "$(scans trk_7 "code, subcode, milestone")"
expect "other carriers have no subcode" "" "$(sql "select distinct subcode from vigie_karrio.scans where shipment_id <> 'trk_7'")"
expect "a tracker without events has no scans" "" "$(scans trk_6 "code")"
expect "the whole shipment" "FX1|fedex|fedex_international_priority|fedex-fr|FR|59|CA|ON|K1A 0B1|2026-03-12|order 1|104.90|31.4|EUR|1427|Lamp, Bulb" \
    "$(shipment trk_1 "tracking_number, carrier, service, contract, origin_country, origin_zone, destination_country, destination_zone,
        destination_postcode, promised_at, order_reference, declared_value, freight_charge, currency, weight_grams, contents")"
expect "cancelled; one weight unknown; freight in another currency left out; the tracker's estimate" \
    "laposte|2026-03-03 09:00:00+00|||120.00|EUR|2026-03-05|own ref" "$(PGTZ=UTC shipment trk_2 "carrier, cancelled_at,
        weight_grams, freight_charge, declared_value, currency, promised_at, order_reference")"
expect "ranges of ids reach Karrio's index" 1 "$(sql "set enable_seqscan = off; explain select * from vigie_karrio.scans
    where shipment_id >= 'trk_1' and shipment_id <= 'trk_2' order by shipment_id, occurred_at" | grep -c 'Index Cond.*trk_1')"

# Real events of 47 carriers: each is a scan, each dated one has its wall clock, and of these nothing is hours off.
events=$root/../shared/data/tracking/karrio_events.csv
if [ -e "$events" ]; then
    sql 'create table event (carrier text, fixture text, tracking_number text, tracker_status text, position int, date text,
        "time" text, "timestamp" text, code text, karrio_status text, reason text, location text, description text)'
    psql -X -q -v ON_ERROR_STOP=1 -c '\copy event from stdin (format csv, header)' <"$events"
    sql <<'END'
truncate "tracking-status";
insert into "tracking-status" (id, status, tracking_number, events, delivered, test_mode, carrier, created_at, updated_at)
select 'trk_' || md5(carrier || fixture || tracking_number), coalesce(min(tracker_status), 'in_transit'), tracking_number,
       jsonb_agg(jsonb_strip_nulls(jsonb_build_object('date', date, 'time', "time", 'timestamp', "timestamp", 'code', code,
                 'status', karrio_status, 'description', description, 'location', location)) order by position),
       min(tracker_status) = 'delivered', false, jsonb_build_object('carrier_code', carrier), now(), now()
  from event group by carrier, fixture, tracking_number;
END
    expect "every event is a scan" "329" "$(sql 'select count(*) from vigie_karrio.scans')"
    expect "every date is read" "$(sql "select count(*) from event where date like '2%' or \"timestamp\" like '2%'")" \
        "$(sql 'select count(occurred_at) from vigie_karrio.scans')"
    expect "every code is kept" 0 "$(sql "select count(*) from event e where code <> '' and not exists (select from vigie_karrio.scans s
        where s.shipment_id = 'trk_' || md5(e.carrier || e.fixture || e.tracking_number) and s.code = e.code)")"
    expect "delivered trackers have a delivered scan" "0" "$(sql "select count(*) from \"tracking-status\" t where delivered
        and not exists (select from vigie_karrio.scans s where s.shipment_id = t.id and s.milestone = 'delivered')")"
else
    echo "the real events are not here: only the made-up ones were tested"
fi
conclude
