-- How early parcels come before their promises: a carrier of which they come on the day instead of the day before has slipped,
-- though the promises are kept. Days that were counted before say nothing of it, and are counted again.
alter table promise_day add column leads bigint[] check (cardinality(leads) = 7);
comment on column promise_day.leads is 'Promises by working days between presentation and the promised day: five or more, four, ... none, not in time; without those on whose way was a public holiday; null where that was not counted';
comment on column v_carrier_scorecard.drifting is 'Whether the carrier''s parcels come later, against their promises, than they used to; null for services and lanes';
