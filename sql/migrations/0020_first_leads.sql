-- A day's promises are counted as soon as it has ended, too: what that tells is held against what days told when they had just
-- ended. Days that were counted before say nothing of it, and are counted again.
alter table promise_day add column first_leads bigint[] check (cardinality(first_leads) = 7);
comment on column promise_day.first_leads is 'As leads, by what was known when the day had just ended; all that is known of a day (leads is null, nothing promised) until it is counted a day later';
