-- Note of withdrawn claims that the carrier was told.
-- $1 timestamptz  as-of
-- $2 text[]       shipments
-- $3 text[]       grounds
update claim c
   set told_as_of = $1
  from unnest($2::text[], $3::text[]) as t (shipment_id, ground)
 where c.shipment_id = t.shipment_id and c.ground = t.ground and c.state = 'voided' and c.withdrawn_as_of is not null;
