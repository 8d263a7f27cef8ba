-- Shipments that have not a single scan, though their label is three days old, by carrier.
-- $1 timestamptz  created after
-- $2 timestamptz  as-of
select coalesce(s.carrier, ''), count(*)
  from source_shipment s
 where s.created_at > $1 and s.created_at <= $2::timestamptz - interval '3 days' and s.cancelled_at is null
   and not exists (select from source_scan c where c.shipment_id = s.shipment_id)
 group by 1
 order by 2 desc, 1;
