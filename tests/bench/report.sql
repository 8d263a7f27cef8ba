-- A night with :rows more open cases than it had: its findings over and over, under shipments of their own. For scripts/bench.
\set ON_ERROR_STOP on
set search_path = vigie;
create temporary table more as
select f.shipment_id || '#' || n as shipment_id, f.shipment_id as of_shipment, row_number() over (order by n, f.shipment_id) as place
  from finding f, generate_series(1, :rows) n
 where f.as_of = (select max(as_of) from night)
   and n <= 1 + :rows / (select count(*) from finding where as_of = (select max(as_of) from night))
 order by place
 limit :rows;
insert into cases (shipment_id, case_number, kind, state, opened_as_of, judged_as_of, last_event)
select m.shipment_id, (select max(case_number) from cases) + m.place, f.kind, 'open', f.as_of, f.as_of, 'confirmed'
  from more m join finding f on f.shipment_id = m.of_shipment and f.as_of = (select max(as_of) from night);
insert into finding
select r.*
  from more m
  join finding f on f.shipment_id = m.of_shipment and f.as_of = (select max(as_of) from night)
 cross join lateral jsonb_populate_record(f, jsonb_build_object('shipment_id', m.shipment_id, 'tracking_number', 'BENCH' || m.place,
       'expected_cost_minor', f.expected_cost_minor - m.place % 97)) r;
analyze finding;
analyze cases;
