-- The id that stands some places further on.
-- $1 timestamptz  created after
-- $2 timestamptz  as-of
-- $3 id           after this one, null for the first
-- $4 bigint       places, less one
select shipment_id::text as id
  from source_shipment
 where (shipment_id > $3 or $3 is null) and created_at > $1 and created_at <= $2
 order by shipment_id
offset $4
 limit 1;
