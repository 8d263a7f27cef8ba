-- Forget incidents that are over, with their nights. The newest number stays, so that none is given twice.
-- $1 timestamptz  closed as of nights before
with nights as (
    delete from incident_night n
     using incident i
     where i.incident_number = n.incident_number and i.closed_as_of < $1
       and i.incident_number < (select max(incident_number) from incident)),
     gone as (
    delete from incident i
     where i.closed_as_of < $1 and i.incident_number < (select max(incident_number) from incident)
    returning 1)
select count(*) from gone;
