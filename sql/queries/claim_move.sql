-- Move claims, each from the state it must be in still; the database refuses a move that is not allowed. Those that somebody
-- else moved meanwhile stay. One that becomes void after it was filed, or may have been, is withdrawn as of then; one that is
-- drafted anew after that was not claimed yet.
-- $1 timestamptz  as-of
-- $2 text         actor
-- $3 timestamptz  wall clock
-- $4 text[]       shipments
-- $5 text[]       grounds
-- $6 text[]       states before
-- $7 text[]       states after
-- $8 text[]       notes
with move as materialized (
    select *
      from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) as t (shipment_id, ground, state_from, state_to, note)
), moved as (
    update claim c
       set state = move.state_to,
           withdrawn_as_of = case when move.state_to <> 'voided' then c.withdrawn_as_of
                                  when c.claimed_minor is not null
                                       or exists (select from claim_attempt a
                                                   where a.claim_numbers @> array[c.claim_number]
                                                     and (a.outcome is null or a.outcome in ('sent', 'unknown')))
                                  then $1::timestamptz end,
           told_as_of = case when move.state_to <> 'voided' then c.told_as_of end,
           claimed_minor = case when move.state_from <> 'voided' then c.claimed_minor end,
           granted_minor = case when move.state_from <> 'voided' then c.granted_minor end
      from move
     where c.shipment_id = move.shipment_id and c.ground = move.ground and c.state = move.state_from
    returning c.shipment_id, c.ground, move.state_from, move.state_to, move.note, c.payable_minor
)
insert into claim_move (shipment_id, ground, position, state_from, state_to, as_of, recorded_at, actor, amount_minor, note)
select m.shipment_id, m.ground, (select max(l.position) + 1 from claim_move l
                                  where l.shipment_id = m.shipment_id and l.ground = m.ground),
       m.state_from, m.state_to, $1, $3, $2, m.payable_minor, m.note
  from moved m;
