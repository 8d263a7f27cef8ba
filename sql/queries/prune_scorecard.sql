-- Forget how carriers did, as old nights saw it. The newest night that knows is kept.
-- $1 timestamptz  as of nights before
with nights as (
    delete from scorecard_night where as_of < $1 and as_of < (select max(as_of) from scorecard_night)
    returning as_of),
     gone as (delete from scorecard s using nights n where s.as_of = n.as_of returning 1)
select count(*) from gone;
