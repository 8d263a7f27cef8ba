-- Apply a night's changes. New cases (number 0) are numbered in the order of the list; confirmations leave no trace but
-- the date of judgement. A case that was judged at this or a later as-of already is left alone.
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
-- $11 bigint[]    number, 0 when new
with change as materialized (
    select *
      from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bigint[])
           with ordinality as t (shipment_id, kind_before, kind_after, state_after, event, snoozed_until, note, number, ordinal)
), numbered as materialized (
    select change.*,
           case when number > 0 then number
                else (select coalesce(max(case_number), 0) from cases)
                     + count(*) filter (where number = 0) over (order by ordinal) end as case_number
      from change
), written as (
    insert into cases (shipment_id, case_number, kind, state, opened_as_of, judged_as_of, snoozed_until, last_event)
    select shipment_id, case_number, kind_after, state_after, $1, $1, nullif(snoozed_until, '')::date, event
      from numbered
     order by ordinal
    on conflict (shipment_id) do update
       set kind = excluded.kind, state = excluded.state, judged_as_of = excluded.judged_as_of,
           snoozed_until = excluded.snoozed_until, last_event = excluded.last_event
     where cases.judged_as_of < excluded.judged_as_of
    returning shipment_id
)
insert into case_event (shipment_id, as_of, event, case_number, kind_before, kind_after, state_after, snoozed_until, actor, note,
                        recorded_at)
select n.shipment_id, $1, n.event, n.case_number, nullif(n.kind_before, 'none'), n.kind_after, n.state_after,
       nullif(n.snoozed_until, '')::date, $2, n.note, $3
  from numbered n
  join written using (shipment_id)
 where n.event <> 'confirmed'
 order by n.ordinal
on conflict do nothing;
