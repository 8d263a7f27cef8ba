-- Bring the rows of a file into the plain table; a scan that is already there stays as it is. In the order of the index
-- that learning reads.
insert into scans (shipment_id, occurred_at, code, subcode, milestone, text, place, country, carrier, recorded_at)
select shipment_id, occurred_at, code, subcode, milestone, text, place, country, carrier, recorded_at
  from stage_scans
 order by shipment_id, occurred_at
on conflict do nothing;
