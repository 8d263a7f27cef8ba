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
select c.claim_number, c.reference, c.shipment_id, c.ground, m.state_to, c.opened_as_of, d.tracking_number, d.carrier,
       d.carrier_slug, d.value_minor, d.value_currency, d.currency, d.payable_minor, d.claimed_minor, d.granted_minor,
       d.credited_minor, d.opens_on, d.enquiry_by, d.claim_deadline, d.barred_after, d.act_by, d.opening_clause,
       d.enquiry_clause, d.deadline_clause, d.bar_clause, d.bar_source, d.terms, d.clause, d.missing, d.dossier,
       c.drafted_as_of, c.approved_by, c.approved_as_of, c.found_as_of, c.found_note,
       case when m.state_to = 'voided' and c.withdrawn_as_of is not null then m.as_of end, c.told_as_of, c.found_at,
       c.found_milestone, c.found_place
  from touched t
  join claim c using (shipment_id, ground)
  cross join lateral (select x.state_to, x.as_of from claim_move x
                       where x.shipment_id = c.shipment_id and x.ground = c.ground and x.as_of <= $1
                         and not (x.as_of = $1 and x.state_to = 'submitted')
                       order by x.position desc limit 1) m
  cross join lateral claim_at(c, $1) d
 where c.claim_number > $2
 order by c.claim_number
 limit $3;
