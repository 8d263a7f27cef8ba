-- The life of an incident, oldest night first.
-- $1 bigint  number
select i.incident_number, i.kind, i.carrier, i.name, n.since, i.opened_as_of, n.as_of,
       case when n.event = 'closed' then n.as_of end, n.observed, n.expected, n.p_value, n.pace, n.members, n.calm_nights,
       n.event, n.evidence
  from incident_night n
  join incident i using (incident_number)
 where n.incident_number = $1
 order by n.as_of;
