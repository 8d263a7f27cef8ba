-- The scans of a range of shipments as learning needs them, oldest first; read by COPY (see source_range_set.sql).
-- Nothing that occurred or was recorded after as-of is known. Those without a date, and those that occur or become known at no
-- time, are read to be set aside, as in source_scans_by_id.sql.
select shipment_id, case when recorded_at = 'infinity' then null else occurred_at end as occurred_at, code, subcode, milestone, carrier, recorded_at
  from source_scan
 where shipment_id >= (select first from source_range) and shipment_id <= (select last from source_range)
   and (occurred_at <= (select as_of from source_range) or occurred_at is null or occurred_at = 'infinity')
   and (recorded_at <= (select as_of from source_range) or recorded_at is null or recorded_at = 'infinity')
 order by shipment_id, source_scan.occurred_at;
