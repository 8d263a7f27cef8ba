-- What the scorecards of a night are about.
-- $1 timestamptz  as-of
-- $2 date         parcels accepted since
-- $3 date         promises that ended up to
-- $4 date         parcels accepted up to this day tell of losses
-- $5 integer      days after which a missing parcel is lost
insert into scorecard_night (as_of, first_day, promised_by, accepted_by, horizon_days) values ($1, $2, $3, $4, $5)
    on conflict (as_of) do update
   set first_day = excluded.first_day, promised_by = excluded.promised_by, accepted_by = excluded.accepted_by,
       horizon_days = excluded.horizon_days;
