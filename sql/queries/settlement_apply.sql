-- What a settlement does to a claim: its amounts, and its moves in order, each a row of the ledger.
-- $1 text          shipment
-- $2 text          ground
-- $3 text          state before
-- $4 text[]        states to move to, in order; may be empty
-- $5 bigint        granted
-- $6 bigint        credited
-- $7 bigint        amount of the moves
-- $8 timestamptz   as-of
-- $9 timestamptz  wall clock
-- $10 text         actor
-- $11 text         note
with settled as (
    update claim
       set state = coalesce(($4::text[])[cardinality($4::text[])], state), granted_minor = $5, credited_minor = $6
     where shipment_id = $1 and ground = $2 and state = $3
    returning shipment_id, ground
), last as (
    select m.position
      from claim_move m
      join settled s using (shipment_id, ground)
     order by m.position desc limit 1
), moved as (
    insert into claim_move (shipment_id, ground, position, state_from, state_to, as_of, recorded_at, actor, amount_minor, note)
    select s.shipment_id, s.ground, last.position + p.place, coalesce(($4::text[])[p.place - 1], $3), p.state_to, $8, $9,
           $10, $7, $11
      from settled s
     cross join last
     cross join unnest($4::text[]) with ordinality p (state_to, place)
)
select count(*)::bigint from settled;
