-- Approve claims for submission, or take an approval back.
-- $1 timestamptz  as-of; null takes it back
-- $2 text         actor
-- $3 text[]       shipments
-- $4 text[]       grounds
update claim c
   set approved_as_of = $1, approved_by = case when $1::timestamptz is not null then $2 end
  from unnest($3::text[], $4::text[]) as t (shipment_id, ground)
 where c.shipment_id = t.shipment_id and c.ground = t.ground;
