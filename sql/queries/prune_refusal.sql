-- Forget why parcels could not be claimed, and the conditions that were asked.
-- $1 timestamptz  as of nights before
with forgotten as (delete from claim_refusal where as_of < $1 returning shipment_id, ground),
     conditions as (delete from claim_condition q
                     using forgotten f
                     where q.shipment_id = f.shipment_id and q.ground = f.ground
                       and not exists (select from claim c where c.shipment_id = f.shipment_id and c.ground = f.ground))
select count(*) from forgotten;
