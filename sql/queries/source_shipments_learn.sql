-- One page of shipments as learning needs them, in the order of their id.
-- $1 timestamptz  created after
-- $2 timestamptz  as-of: nothing later is known
-- $3 id           after this one, null for the first page
-- $4 bigint       at most
-- $5 id           up to this one, null for all
-- $6 boolean      also those without a date, or with one that never comes, to be set aside; asked in words that an index on
--                 the date answers, so that nobody reads all history for a window in which nothing is
select shipment_id, shipment_id::text as id, carrier, service, origin_country, origin_zone, destination_country,
       destination_zone, created_at, case when cancelled_at <= $2 then cancelled_at end as cancelled_at, sample_weight,
       promised_at
  from source_shipment
 where (shipment_id > $3 or $3 is null) and (shipment_id <= $5 or $5 is null)
   and ((created_at > $1 and created_at <= $2) or ($6 and (created_at is null or created_at in ('infinity', '-infinity'))))
 order by shipment_id
 limit $4;
