-- The scans of some shipments in full, oldest first. Those without a date are read to be set aside, and so are those that occur
-- or become known at no time: a scan of the future is seen one night, these never.
-- $1 id[]         which shipments
-- $2 timestamptz  as-of: nothing that occurred or was recorded later is known
select shipment_id, case when recorded_at = 'infinity' then null else occurred_at end as occurred_at, code, subcode,
       milestone, carrier, recorded_at, text, place, country
  from source_scan
 where shipment_id = any($1) and (occurred_at <= $2 or occurred_at is null or occurred_at = 'infinity')
   and (recorded_at <= $2 or recorded_at is null or recorded_at = 'infinity')
 order by shipment_id, source_scan.occurred_at;
