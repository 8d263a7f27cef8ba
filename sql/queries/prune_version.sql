-- Forget what dossiers said before they were drafted anew, of claims that are over.
-- $1 timestamptz  whose last move was before
with gone as (
    delete from claim_version v
     using claim c
     where c.shipment_id = v.shipment_id and c.ground = v.ground
       and c.state in ('closed', 'time_barred', 'waived', 'voided')
       and not exists (select from claim_move m
                        where m.shipment_id = c.shipment_id and m.ground = c.ground and m.recorded_at >= $1)
    returning 1)
select count(*) from gone;
