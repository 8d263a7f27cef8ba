-- Claims with everything their documents state: those opened or made ready in a night by number, or those still to be
-- filed by deadline, then by what they bring. States are those at the time.
-- $1 timestamptz  as-of
-- $2 boolean      opened or made ready in this night only
select c.claim_number, c.reference, c.shipment_id, c.ground, m.state_to, c.opened_as_of, c.tracking_number, c.carrier,
       c.service, c.origin, c.destination, c.destination_postcode, c.order_reference, c.invoice_reference, c.contents,
       c.accepted_at, c.promised_at, c.last_scan_at, c.last_scan, c.weight_grams, c.value_minor, c.currency,
       c.payable_minor, c.claim_deadline, c.terms, c.clause, c.source, c.missing, c.line_names, c.line_details,
       c.line_clauses, c.line_minors, c.line_decided, c.carrier_slug,
       c.opens_on, c.barred_after, c.opening_clause, c.deadline_clause, c.bar_clause, c.bar_source, c.evidence
  from claim c
  cross join lateral (select x.state_to from claim_move x
                       where x.shipment_id = c.shipment_id and x.ground = c.ground and x.as_of <= $1
                         and (not $2 or (x.as_of = $1 and (x.position = 1 or x.state_to = 'ready')))
                       order by x.position desc limit 1) m
 where $2 or m.state_to in ('enquiry', 'draft', 'ready')
 order by case when $2 then null else c.claim_deadline end nulls last,
          case when $2 then 0 else -coalesce(c.payable_minor, 0) end, c.claim_number;
