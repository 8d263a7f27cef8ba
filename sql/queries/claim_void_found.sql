-- Void claims that were not submitted and whose parcel was found: its case was cleared by as-of.
-- $1 timestamptz  as-of
-- $2 text         actor
-- $3 timestamptz  wall clock
with found as (
    update claim
       set state = 'voided'
      from cases
     where cases.shipment_id = claim.shipment_id and cases.state = 'cleared' and cases.judged_as_of <= $1
       and claim.state in ('enquiry', 'draft', 'ready') and claim.opened_as_of <= $1
    returning claim.shipment_id, claim.ground, claim.payable_minor
)
insert into claim_move (shipment_id, ground, position, state_from, state_to, as_of, recorded_at, actor, amount_minor, note)
select f.shipment_id, f.ground, last.position + 1, last.state_to, 'voided', $1, $3, $2, f.payable_minor, 'the parcel was found'
  from found f
  cross join lateral (select m.position, m.state_to from claim_move m
                       where m.shipment_id = f.shipment_id and m.ground = f.ground
                       order by m.position desc limit 1) last;
