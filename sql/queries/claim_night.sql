-- Claims that were drafted, made ready or withdrawn since the night before, with their dossier and state as this night's papers
-- were made of them, by number: before the same night submitted them. People open and withdraw some between two nights.
-- $1 timestamptz  as-of
-- $2 bigint       number after which to go on
-- $3 bigint       at most
with span as (
    select coalesce(max(as_of), '-infinity') as after from night where as_of < $1
), touched as (
    select shipment_id, ground from claim, span where drafted_as_of > after and drafted_as_of <= $1
     union
    select shipment_id, ground from claim_version, span where drafted_as_of > after and drafted_as_of <= $1
     union
    select shipment_id, ground from claim_move, span where as_of > after and as_of <= $1 and state_to in ('ready', 'voided')
)
select c.claim_number, c.reference, c.shipment_id, c.ground, m.state_to, c.opened_as_of, c.tracking_number, c.carrier,
       c.carrier_slug, c.value_minor, c.value_currency, c.currency, c.payable_minor, c.claimed_minor, c.granted_minor,
       c.credited_minor, c.opens_on, c.enquiry_by, c.claim_deadline, c.barred_after, c.act_by, c.opening_clause,
       c.enquiry_clause, c.deadline_clause, c.bar_clause, c.bar_source, c.terms, c.clause, c.missing, coalesce(v.dossier, c.dossier),
       c.drafted_as_of, c.approved_by, c.approved_as_of, c.found_as_of, c.found_note,
       case when m.state_to = 'voided' and c.withdrawn_as_of is not null then m.as_of end, c.told_as_of, c.found_at,
       c.found_milestone, c.found_place
  from touched t
  join claim c using (shipment_id, ground)
  cross join lateral (select x.state_to, x.as_of from claim_move x
                       where x.shipment_id = c.shipment_id and x.ground = c.ground and x.as_of <= $1
                         and not (x.as_of = $1 and x.state_to = 'submitted')
                       order by x.position desc limit 1) m
  left join lateral (select o.dossier from claim_version o
                      where o.shipment_id = c.shipment_id and o.ground = c.ground and o.drafted_as_of <= $1
                        and c.drafted_as_of > $1
                      order by o.drafted_as_of desc limit 1) v on true
 where c.claim_number > $2
 order by c.claim_number
 limit $3;
