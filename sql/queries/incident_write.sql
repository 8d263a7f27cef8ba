-- What a night makes of an incident. One that was judged at this or a later as-of already is left alone.
-- $1 bigint        number
-- $2 text          kind
-- $3 text          carrier
-- $4 text          name
-- $5 timestamptz   since
-- $6 timestamptz   opened as-of
-- $7 timestamptz   as-of
-- $8 timestamptz   closed as-of, null while open
-- $9 double precision   observed
-- $10 double precision  expected
-- $11 double precision  p-value
-- $12 double precision  pace
-- $13 bigint       members
-- $14 bigint       calm nights
-- $15 text         event
-- $16 text         evidence
with written as (
    insert into incident (incident_number, kind, carrier, name, since, opened_as_of, judged_as_of, closed_as_of, observed,
                          expected, p_value, pace, members, evidence)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $16)
    on conflict (incident_number) do update
       set since = excluded.since, judged_as_of = excluded.judged_as_of, closed_as_of = excluded.closed_as_of,
           observed = excluded.observed, expected = excluded.expected, p_value = excluded.p_value, pace = excluded.pace,
           members = excluded.members, evidence = excluded.evidence
     where incident.judged_as_of < excluded.judged_as_of
    returning incident_number
)
insert into incident_night (incident_number, as_of, event, since, observed, expected, p_value, pace, members, calm_nights,
                            evidence)
select incident_number, $7, $15, $5, $9, $10, $11, $12, $13, $14, $16
  from written
on conflict do nothing;
