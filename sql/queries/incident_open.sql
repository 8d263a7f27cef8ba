-- Incidents that were open before a night, as the last night before it left them.
-- $1 timestamptz  as-of
select i.incident_number, i.kind, i.carrier, i.name, n.since, i.opened_as_of, n.as_of, null::timestamptz, n.observed,
       n.expected, n.p_value, n.pace, n.members, n.calm_nights, n.event, n.evidence
  from incident i
  join lateral (select x.*
                  from incident_night x
                 where x.incident_number = i.incident_number and x.as_of < $1
                 order by x.as_of desc
                 limit 1) n on n.event <> 'closed'
 order by i.incident_number;
