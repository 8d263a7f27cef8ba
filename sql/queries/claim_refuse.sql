-- Remember why parcels cannot be claimed; a later night's answer replaces an earlier one.
-- $1 timestamptz  as-of
-- $2 text[]       shipments
-- $3 text[]       grounds
-- $4 text[]       reasons
insert into claim_refusal (shipment_id, ground, as_of, reason)
select t.shipment_id, t.ground, $1, t.reason from unnest($2::text[], $3::text[], $4::text[]) as t (shipment_id, ground, reason)
on conflict (shipment_id, ground) do update
   set (as_of, reason) = (excluded.as_of, excluded.reason)
 where claim_refusal.as_of < excluded.as_of and claim_refusal.reason is distinct from excluded.reason;
