-- Claims that are still to be filed, by the day somebody must have acted, then by what they bring. States are those at the
-- time.
-- $1 timestamptz  as-of
select c.claim_number, c.reference, c.shipment_id, c.ground, m.state_to, c.opened_as_of, c.tracking_number, c.carrier,
       c.carrier_slug, c.value_minor, c.value_currency, c.currency, c.payable_minor, c.claimed_minor, c.granted_minor,
       c.credited_minor, c.opens_on, c.enquiry_by, c.claim_deadline, c.barred_after, c.act_by, c.opening_clause,
       c.enquiry_clause, c.deadline_clause, c.bar_clause, c.bar_source, c.terms, c.clause, c.missing, c.dossier,
       c.drafted_as_of, c.approved_by, c.approved_as_of, c.found_as_of, c.found_note,
       c.withdrawn_as_of, c.told_as_of, c.found_at, c.found_milestone, c.found_place
  from claim c
  cross join lateral (select x.state_to from claim_move x
                       where x.shipment_id = c.shipment_id and x.ground = c.ground and x.as_of <= $1
                       order by x.position desc limit 1) m
 where m.state_to in ('enquiry', 'draft', 'ready')
 order by c.act_by nulls last, coalesce(c.payable_minor, 0) desc, c.claim_number;
