-- Claims with everything the ledger knows of them: those opened or made ready in a night by number, or those still to be
-- filed by the day somebody must have acted, then by what they bring. States are those at the time.
-- $1 timestamptz  as-of
-- $2 boolean      opened or made ready in this night only
select c.claim_number, c.reference, c.shipment_id, c.ground, m.state_to, c.opened_as_of, c.tracking_number, c.carrier,
       c.carrier_slug, c.value_minor, c.value_currency, c.currency, c.payable_minor, c.claimed_minor, c.granted_minor,
       c.credited_minor, c.opens_on, c.enquiry_by, c.claim_deadline, c.barred_after, c.act_by, c.opening_clause,
       c.enquiry_clause, c.deadline_clause, c.bar_clause, c.bar_source, c.terms, c.clause, c.missing, c.dossier
  from claim c
  cross join lateral (select x.state_to from claim_move x
                       where x.shipment_id = c.shipment_id and x.ground = c.ground and x.as_of <= $1
                         and (not $2 or (x.as_of = $1 and (x.position = 1 or x.state_to = 'ready')))
                       order by x.position desc limit 1) m
 where $2 or m.state_to in ('enquiry', 'draft', 'ready')
 order by case when $2 then null else c.act_by end nulls last,
          case when $2 then 0 else -coalesce(c.payable_minor, 0) end, c.claim_number;
