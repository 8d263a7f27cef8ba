-- The cases of one night as they were then, ranked; those that people had settled by then are left out.
-- $1 timestamptz  as-of
select c.case_number, f.kind, coalesce(e.state_after, c.state), c.opened_as_of, f.as_of, e.snoozed_until,
       case when e.as_of = f.as_of then e.event else 'confirmed' end, f.shipment_id, f.tracking_number, f.carrier,
       f.service, f.origin, f.destination, f.promised_at, f.p_late, f.p_lost, f.silence_hours, f.value_minor,
       f.value_currency, f.expected_cost_minor, f.evidence[1], f.incident_number,
       f.promise_origin
  from finding f
  join cases c on c.shipment_id = f.shipment_id
  left join lateral (select x.event, x.state_after, x.snoozed_until, x.as_of
                       from case_event x
                      where x.shipment_id = f.shipment_id and x.as_of <= $1
                      order by x.as_of desc, x.recorded_at desc
                      limit 1) e on true
 where f.as_of = $1 and coalesce(e.state_after, c.state) in ('open', 'acknowledged', 'snoozed')
 order by coalesce(e.state_after, c.state) = 'snoozed', f.expected_cost_minor desc, c.case_number;
