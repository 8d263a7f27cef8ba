-- A person's action on cases: their state changes, their judgement stays. Each leaves its own line in the history, also
-- when the same was done before at this as-of.
-- $1 timestamptz  as-of
-- $2 text         actor
-- $3 timestamptz  wall clock
-- $4 text[]       shipment
-- $5 text[]       kind before
-- $6 text[]       kind after
-- $7 text[]       state after
-- $8 text[]       event
-- $9 text[]       snoozed until, '' for none
-- $10 text[]      note
-- $11 bigint[]    number
with change as materialized (
    select *
      from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bigint[])
           as t (shipment_id, kind_before, kind_after, state_after, event, snoozed_until, note, number)
), written as (
    update cases
       set state = change.state_after, snoozed_until = nullif(change.snoozed_until, '')::date, last_event = change.event
      from change
     where cases.shipment_id = change.shipment_id
    returning cases.shipment_id
)
insert into case_event (shipment_id, as_of, event, case_number, kind_before, kind_after, state_after, snoozed_until, actor, note,
                        recorded_at)
select c.shipment_id, $1, c.event, c.number, c.kind_before, c.kind_after, c.state_after, nullif(c.snoozed_until, '')::date, $2, c.note,
       $3
  from change c
  join written using (shipment_id);
