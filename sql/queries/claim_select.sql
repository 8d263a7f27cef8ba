-- Claims that were still to be filed, as they stood, by the day somebody must have acted, then by what they bring.
-- $1 timestamptz  as-of
select c.claim_number, c.reference, c.shipment_id, c.ground, m.state_to, c.opened_as_of, d.tracking_number, d.carrier,
       d.carrier_slug, d.value_minor, d.value_currency, d.currency, d.payable_minor, d.claimed_minor, d.granted_minor,
       d.credited_minor, d.opens_on, d.enquiry_by, d.claim_deadline, d.barred_after, d.act_by, d.opening_clause,
       d.enquiry_clause, d.deadline_clause, d.bar_clause, d.bar_source, d.terms, d.clause, d.missing, d.dossier,
       c.drafted_as_of, c.approved_by, c.approved_as_of, c.found_as_of, c.found_note,
       c.withdrawn_as_of, c.told_as_of, c.found_at, c.found_milestone, c.found_place
  from claim c
  cross join lateral (select x.state_to, x.position from claim_move x
                       where x.shipment_id = c.shipment_id and x.ground = c.ground and x.as_of <= $1
                       order by x.position desc limit 1) m
  -- Of the newest night most have not changed since.
  cross join lateral (select exists (select from claim_move x
                                      where x.shipment_id = c.shipment_id and x.ground = c.ground and x.position > m.position)
                          or exists (select from claim_version v
                                      where v.shipment_id = c.shipment_id and v.ground = c.ground and v.replaced_as_of > $1)
                             as so) changed
  cross join lateral (select c.* where not changed.so
                       union all
                      select a.* from claim_at(c, $1) a where changed.so) d
 where m.state_to in ('enquiry', 'draft', 'ready')
 order by d.act_by nulls last, coalesce(d.payable_minor, 0) desc, c.claim_number;
