-- Forget cases that ended, with their history, when nothing happened to them and no night found anything since. The newest
-- number stays, so that none is given twice.
-- $1 timestamptz  last touched before
with over as (
    select c.shipment_id
      from cases c
     where c.state in ('resolved', 'dismissed', 'cleared') and c.judged_as_of < $1
       and c.case_number < (select max(case_number) from cases)
       and not exists (select from case_event e
                        where e.shipment_id = c.shipment_id and (e.as_of >= $1 or e.recorded_at >= $1))
       and not exists (select from finding f where f.shipment_id = c.shipment_id and f.as_of >= $1)),
     events as (delete from case_event e using over where e.shipment_id = over.shipment_id),
     gone as (delete from cases c using over where c.shipment_id = over.shipment_id returning 1)
select count(*) from gone;
