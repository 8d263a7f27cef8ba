-- The case of a shipment as it stood at an as-of, with the numbers of its last night by then; the columns of case_list.
-- $1 timestamptz  as-of
-- $2 text         shipment
select c.case_number, e.kind_after, e.state_after, c.opened_as_of, least(c.judged_as_of, $1), e.snoozed_until, e.event, c.shipment_id,
       f.tracking_number, f.carrier, f.service, f.origin, f.destination, f.promised_at, f.p_late, f.p_lost, f.silence_hours,
       f.value_minor, f.value_currency, f.expected_cost_minor, f.evidence[1], f.incident_number, f.promise_origin
  from cases c
  cross join lateral (select x.kind_after, x.state_after, x.snoozed_until, x.event
                        from case_event x
                       where x.shipment_id = c.shipment_id and x.as_of <= $1
                       order by x.as_of desc, x.recorded_at desc
                       limit 1) e
  left join finding f on f.shipment_id = c.shipment_id
       and f.as_of = (select max(l.as_of) from finding l where l.shipment_id = c.shipment_id and l.as_of <= $1)
 where c.shipment_id = $2;
