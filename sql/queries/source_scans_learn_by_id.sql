-- The scans of some shipments as learning needs them, oldest first: the columns of source_scans_learn.sql, which an index that holds
-- them answers by itself, of the shipments of source_scans_by_id.sql.
-- $1 id[]         which shipments
-- $2 timestamptz  as-of: nothing that occurred or was recorded later is known
select shipment_id, case when recorded_at = 'infinity' then null else occurred_at end as occurred_at, code, subcode, milestone, carrier, recorded_at
  from source_scan
 where shipment_id = any($1) and (occurred_at <= $2 or occurred_at is null or occurred_at = 'infinity')
   and (recorded_at <= $2 or recorded_at is null or recorded_at = 'infinity')
 order by shipment_id, source_scan.occurred_at;
