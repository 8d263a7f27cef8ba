-- Forget what nights found, but for the last word on each case that still lives.
-- $1 timestamptz  as of nights before
with gone as (
    delete from finding f
     where f.as_of < $1
       and not exists (select from cases c
                        where c.shipment_id = f.shipment_id and c.state in ('open', 'acknowledged', 'snoozed')
                          and not exists (select from finding l where l.shipment_id = f.shipment_id and l.as_of > f.as_of))
    returning 1)
select count(*) from gone;
