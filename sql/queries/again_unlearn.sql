-- Forget what was learned for all nights but one: it is learned again, in order, with the nights.
-- $1 timestamptz  as-of
with cohorts as (delete from learned_cohort where as_of <> $1),
     days as (delete from learned_day where as_of <> $1),
     watched as (delete from watch where as_of <> $1),
     over as (delete from unsettled where as_of <> $1)
delete from learned where as_of <> $1;
