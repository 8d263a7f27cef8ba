-- Mark claims that were never submitted as time-barred once the last day of the right has passed; a deadline bars nothing.
-- $1 timestamptz  as-of
-- $2 text         actor
-- $3 timestamptz  wall clock
-- $4 date         logical date
with barred as (
    update claim
       set state = 'time_barred'
     where state in ('enquiry', 'draft', 'ready') and barred_after < $4 and opened_as_of <= $1
    returning shipment_id, ground, payable_minor, barred_after, bar_clause
)
insert into claim_move (shipment_id, ground, position, state_from, state_to, as_of, recorded_at, actor, amount_minor, note)
select b.shipment_id, b.ground, last.position + 1, last.state_to, 'time_barred', $1, $3, $2, b.payable_minor,
       'the right ended with ' || to_char(b.barred_after, 'YYYY-MM-DD') || ' (' || b.bar_clause || ')'
  from barred b
  cross join lateral (select m.position, m.state_to from claim_move m
                       where m.shipment_id = b.shipment_id and m.ground = b.ground
                       order by m.position desc limit 1) last;
