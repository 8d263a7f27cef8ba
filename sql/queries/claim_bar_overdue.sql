-- Mark claims that were never submitted as time-barred once their deadline has passed.
-- $1 timestamptz  as-of
-- $2 text         actor
-- $3 timestamptz  wall clock
-- $4 date         logical date
with overdue as (
    update claim
       set state = 'time_barred'
     where state in ('enquiry', 'draft', 'ready') and claim_deadline < $4 and opened_as_of <= $1
    returning shipment_id, ground, payable_minor, claim_deadline
)
insert into claim_move (shipment_id, ground, position, state_from, state_to, as_of, recorded_at, actor, amount_minor, note)
select o.shipment_id, o.ground, last.position + 1, last.state_to, 'time_barred', $1, $3, $2, o.payable_minor,
       'deadline ' || to_char(o.claim_deadline, 'YYYY-MM-DD') || ' passed'
  from overdue o
  cross join lateral (select m.position, m.state_to from claim_move m
                       where m.shipment_id = o.shipment_id and m.ground = o.ground
                       order by m.position desc limit 1) last;
