-- Make claims ready that lack nothing and whose opening has come: those that the source does not show any more.
-- $1 timestamptz  as-of
-- $2 text         actor
-- $3 timestamptz  wall clock
-- $4 date         logical date
with opening as (
    update claim
       set state = 'ready'
     where state in ('enquiry', 'draft') and missing = '' and opens_on <= $4 and opened_as_of <= $1
    returning shipment_id, ground, payable_minor, opens_on
)
insert into claim_move (shipment_id, ground, position, state_from, state_to, as_of, recorded_at, actor, amount_minor, note)
select o.shipment_id, o.ground, last.position + 1, last.state_to, 'ready', $1, $3, $2, o.payable_minor,
       replace(o.ground, '_', ' ') || ' may be asserted from ' || to_char(o.opens_on, 'YYYY-MM-DD')
  from opening o
  cross join lateral (select m.position, m.state_to from claim_move m
                       where m.shipment_id = o.shipment_id and m.ground = o.ground
                       order by m.position desc limit 1) last;
