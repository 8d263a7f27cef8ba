-- Claims that are ready, whose parcel did not turn up, and whose last attempt does not stand in the way: there was none, it
-- was not received, or a person let them go again. The columns of claim_select, then its rounds so far: attempts that arrived or were let go again.
-- $1 bigint[]  numbers; empty for all
-- $2 text      carrier's slug; '' for all
select c.claim_number, c.reference, c.shipment_id, c.ground, c.state, c.opened_as_of, c.tracking_number, c.carrier,
       c.carrier_slug, c.value_minor, c.value_currency, c.currency, c.payable_minor, c.claimed_minor, c.granted_minor,
       c.credited_minor, c.opens_on, c.enquiry_by, c.claim_deadline, c.barred_after, c.act_by, c.opening_clause,
       c.enquiry_clause, c.deadline_clause, c.bar_clause, c.bar_source, c.terms, c.clause, c.missing, c.dossier,
       c.drafted_as_of, c.approved_by, c.approved_as_of, c.found_as_of, c.found_note,
       c.withdrawn_as_of, c.told_as_of, c.found_at, c.found_milestone, c.found_place,
       (select count(*) from claim_attempt r
         where r.claim_numbers @> array[c.claim_number] and r.outcome in ('sent', 'released'))::bigint
  from claim c
  left join lateral (select a.outcome, true as tried from claim_attempt a
                      where a.claim_numbers @> array[c.claim_number]
                      order by a.begun_at desc, a.attempt desc limit 1) last on true
 where c.state = 'ready' and c.found_as_of is null and (cardinality($1::bigint[]) = 0 or c.claim_number = any($1))
   and ($2 = '' or c.carrier_slug = $2) and (last.tried is null or last.outcome in ('retry', 'released'))
 order by c.carrier_slug, c.claim_number;
