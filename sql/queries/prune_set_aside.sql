-- Forget rows that runs set aside: they quote the source.
-- $1 timestamptz  of runs that started before
with gone as (
    delete from set_aside using run where run.run_number = set_aside.run_number and run.started_at < $1
    returning 1)
select count(*) from gone;
