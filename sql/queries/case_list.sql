-- Cases with the numbers of their last night, ranked by what they cost if nobody acts.
-- $1 text    kind, '' for all
-- $2 text    state, 'live' for open, acknowledged and snoozed, '' for all
-- $3 text    carrier in upper or lower case, '' for all
-- $4 bigint  number, 0 for all
-- $5 text    shipment, '' for all
-- $6 bigint  incident, 0 for all
-- $7 bigint  at most
select case_number, kind, state, opened_as_of, judged_as_of, snoozed_until, last_event, shipment_id, tracking_number,
       carrier, service, origin, destination, promised_at, p_late, p_lost, silence_hours, value_minor, value_currency,
       expected_cost_minor, evidence, incident_number, promise_origin
  from v_case
 where ($1 = '' or kind = $1)
   and ($2 = '' or state = $2 or ($2 = 'live' and state in ('open', 'acknowledged', 'snoozed')))
   and ($3 = '' or lower(carrier) = lower($3))
   and ($4 = 0::bigint or case_number = $4)
   and ($5 = '' or shipment_id = $5)
   and ($6 = 0::bigint or incident_number = $6)
 order by state = 'snoozed', expected_cost_minor desc nulls last, case_number
 limit $7;
