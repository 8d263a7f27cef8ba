-- Forget runs with what they set aside. The newest number stays, so that none is given twice.
-- $1 timestamptz  started before
with gone as (
    delete from run where started_at < $1 and run_number < (select max(run_number) from run)
    returning 1)
select count(*) from gone;
