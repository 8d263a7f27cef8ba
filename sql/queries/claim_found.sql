-- Note of claims that their parcel turned up, or (empty note) that it is lost again.
-- $1 timestamptz  as-of
-- $2 text[]       shipments
-- $3 text[]       grounds
-- $4 text[]       how it was found, '' when it is lost again
update claim c
   set found_as_of = case when t.note <> '' then coalesce(c.found_as_of, $1) end, found_note = t.note
  from unnest($2::text[], $3::text[], $4::text[]) as t (shipment_id, ground, note)
 where c.shipment_id = t.shipment_id and c.ground = t.ground;
