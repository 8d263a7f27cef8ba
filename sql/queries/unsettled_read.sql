-- All shipments that were still on their way at an as-of, or not settled: what the next night reads again.
-- $1 timestamptz  as-of
select shipment_id from watch where as_of = $1
union all
select shipment_id from unsettled where as_of = $1
 order by 1;
