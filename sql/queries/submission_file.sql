-- Claims that were sent: ready -> submitted, with what was claimed. Those that changed meanwhile stay.
-- $1 bigint[]     numbers
-- $2 timestamptz  as-of
-- $3 timestamptz  wall clock
-- $4 text         actor
-- $5 text         note
with filed as (
    update claim set state = 'submitted', claimed_minor = payable_minor
     where claim_number = any($1) and state = 'ready'
    returning shipment_id, ground, claimed_minor
)
insert into claim_move (shipment_id, ground, position, state_from, state_to, as_of, recorded_at, actor, amount_minor, note)
select f.shipment_id, f.ground, (select max(m.position) + 1 from claim_move m
                                  where m.shipment_id = f.shipment_id and m.ground = f.ground),
       'ready', 'submitted', $2, $3, $4, f.claimed_minor, $5
  from filed f;
