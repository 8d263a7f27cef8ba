-- Forget what was learned before an instant; of settled sums also all but those of some nights before an as-of, since only
-- the newest are added to.
-- $1 timestamptz  instant
-- $2 timestamptz  as-of
-- $3 bigint       nights of settled sums to keep
with oldest as (select min(as_of) as settled
                  from (select as_of from learned where settled and as_of <= $2 order by as_of desc limit $3) kept),
     cohorts as (delete from learned_cohort
                  where as_of < $1 or settled and as_of < (select settled from oldest)),
     days as (delete from learned_day
               where as_of < $1 or settled and as_of < (select settled from oldest))
delete from learned
 where as_of < $1 or settled and as_of < (select settled from oldest);
