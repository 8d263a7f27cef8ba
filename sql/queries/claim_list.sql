-- Claims for people: what expires first, then what brings most; the columns of claim_select, without dossiers.
-- $1 text    state, 'live' for all that are not over, 'task' for those that somebody must do something about, '' for all
-- $2 text    ground, '' for all
-- $3 text    carrier in upper or lower case, or its slug, '' for all
-- $4 date    somebody must have acted by that day; null for all
-- $5 bigint  at most
select c.claim_number, c.reference, c.shipment_id, c.ground, c.state, c.opened_as_of, c.tracking_number, c.carrier,
       c.carrier_slug, c.value_minor, c.value_currency, c.currency, c.payable_minor, c.claimed_minor, c.granted_minor,
       c.credited_minor, c.opens_on, c.enquiry_by, c.claim_deadline, c.barred_after, c.act_by, c.opening_clause,
       c.enquiry_clause, c.deadline_clause, c.bar_clause, c.bar_source, c.terms, c.clause, c.missing, '',
       c.drafted_as_of, c.approved_by, c.approved_as_of, c.found_as_of, c.found_note,
       c.withdrawn_as_of, c.told_as_of, c.found_at, c.found_milestone, c.found_place
  from claim c
 where ($1 = '' or c.state = $1
        or ($1 = 'live' and c.state not in ('closed', 'voided', 'time_barred', 'waived'))
        or ($1 in ('live', 'task') and c.state = 'voided' and c.withdrawn_as_of is not null and c.told_as_of is null)
        or ($1 = 'task' and (c.state in ('enquiry', 'ready', 'documents_requested', 'refused')
                             or (c.state = 'draft' and c.missing <> '')
                             or (c.found_as_of is not null and c.state not in ('closed', 'voided', 'time_barred', 'waived')))))
   and ($2 = '' or c.ground = $2)
   and ($3 = '' or lower(c.carrier) = lower($3) or c.carrier_slug = $3)
   and ($4::date is null or c.act_by <= $4)
 order by c.act_by nulls last, coalesce(c.payable_minor, 0) desc, c.claim_number
 limit $5;
