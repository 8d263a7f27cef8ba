-- Learning writes a hundred thousand rows and more at once, and only ever reads or deletes all of one as-of. A key of ten
-- columns and a look at the head for every row took more of a night than reading the scans did; an index on what is asked
-- for is enough. That nothing stands twice is seen to by the head, whose key stays, and by deleting before writing.

alter table learned_cohort
    drop constraint learned_cohort_pkey,
    drop constraint learned_cohort_as_of_settled_fkey;
create index learned_cohort_head on learned_cohort (as_of, settled);

alter table learned_day
    drop constraint learned_day_pkey,
    drop constraint learned_day_as_of_settled_fkey;
create index learned_day_head on learned_day (as_of, settled, cohort_day);
