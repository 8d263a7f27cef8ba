-- Incidents of a night as they were then: open ones first, those of wider groups before those of narrower ones.
-- $1 timestamptz  as-of
select i.incident_number, i.kind, i.carrier, i.name, n.since, i.opened_as_of, n.as_of,
       case when n.event = 'closed' then n.as_of end, n.observed, n.expected, n.p_value, n.pace, n.members, n.calm_nights,
       n.event, n.evidence
  from incident_night n
  join incident i using (incident_number)
 where n.as_of = $1
 order by n.event = 'closed', array_position(array['feed', 'carrier', 'service', 'hub', 'lane', 'drift'], i.kind),
          n.members desc, i.incident_number;
