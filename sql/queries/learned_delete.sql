-- Forget what was learned for one as-of, to learn it again. Clocks go with the head; cohorts and days by themselves, even
-- where somebody took the head away.
-- $1 timestamptz  as-of
with cohorts as (delete from learned_cohort where as_of = $1),
     days as (delete from learned_day where as_of = $1)
delete from learned where as_of = $1;
