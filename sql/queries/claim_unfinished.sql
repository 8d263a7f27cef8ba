-- Claims that a night has to look at again, by number; the columns of claim_select, then whether the night holds the parcel
-- for lost. Not those that are over, and waived ones only while their right lasts (a year where nobody knows how long). One
-- that is void because the parcel was found is looked at again when the night holds it for lost, unless the carrier paid: that
-- is for a person. Those that are settled are many in the end: only the ones named.
-- $1 timestamptz  as-of
-- $2 date         logical date
-- $3 bigint       number after which to go on
-- $4 bigint       at most
-- $5 text[]       shipments of which settled claims count too; null for all
select c.claim_number, c.reference, c.shipment_id, c.ground, c.state, c.opened_as_of, c.tracking_number, c.carrier,
       c.carrier_slug, c.value_minor, c.value_currency, c.currency, c.payable_minor, c.claimed_minor, c.granted_minor,
       c.credited_minor, c.opens_on, c.enquiry_by, c.claim_deadline, c.barred_after, c.act_by, c.opening_clause,
       c.enquiry_clause, c.deadline_clause, c.bar_clause, c.bar_source, c.terms, c.clause, c.missing, c.dossier,
       c.drafted_as_of, c.approved_by, c.approved_as_of, c.found_as_of, c.found_note,
       c.withdrawn_as_of, c.told_as_of, c.found_at, c.found_milestone, c.found_place, lost.tonight
  from claim c
  cross join lateral (select exists (select from finding f join cases k using (shipment_id)
                                      where f.shipment_id = c.shipment_id and f.as_of = $1 and f.kind = 'lost'
                                        and k.state in ('open', 'acknowledged', 'snoozed')) as tonight) lost
 where c.state not in ('closed', 'time_barred')
   and (c.state <> 'reconciled' or $5::text[] is null or c.shipment_id = any($5))
   and c.claim_number > $3 and c.opened_as_of <= $1
   and (c.state <> 'waived' or coalesce(c.barred_after, (c.opened_as_of + interval '1 year')::date) >= $2)
   and (c.state <> 'voided'
        or (c.found_as_of is not null and c.ground = 'loss' and lost.tonight and coalesce(c.credited_minor, 0) = 0))
 order by c.claim_number
 limit $4;
