-- Remember what happened to claims without moving them, once for each key.
-- $1 timestamptz  as-of
-- $2 text         actor
-- $3 timestamptz  wall clock
-- $4 text[]       shipments
-- $5 text[]       grounds
-- $6 text[]       kinds
-- $7 text[]       keys
-- $8 text[]       notes
insert into claim_remark (shipment_id, ground, kind, key, as_of, recorded_at, actor, note)
select shipment_id, ground, kind, key, $1, $3, $2, note
  from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) as t (shipment_id, ground, kind, key, note)
on conflict (shipment_id, ground, kind, key) do nothing;
