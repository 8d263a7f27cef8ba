-- Note of claims how their parcel turned up, or (empty note) that it is lost again. How it was found stays, for the papers of
-- that night.
-- $1 timestamptz  as-of
-- $2 text[]       shipments
-- $3 text[]       grounds
-- $4 text[]       how it was found, '' when it is lost again
-- $5 text[]       when the scan occurred; '' with an empty note
-- $6 text[]       its milestone
-- $7 text[]       its place
update claim c
   set found_as_of = case when t.note <> '' then coalesce(c.found_as_of, $1) end, found_note = t.note,
       found_at = case when t.note <> '' then nullif(t.at, '')::timestamptz else c.found_at end,
       found_milestone = case when t.note <> '' then t.milestone else c.found_milestone end,
       found_place = case when t.note <> '' then t.place else c.found_place end
  from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
       as t (shipment_id, ground, note, at, milestone, place)
 where c.shipment_id = t.shipment_id and c.ground = t.ground;
