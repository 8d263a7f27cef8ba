-- Incidents as their last night left them, open ones first, the newest first.
-- $1 bigint  number, 0 for all
-- $2 text    kind, '' for all
-- $3 text    state, 'open' or 'closed', '' for all
-- $4 text    carrier in upper or lower case, '' for all
-- $5 bigint  at most
select i.incident_number, i.kind, i.carrier, i.name, i.since, i.opened_as_of, i.judged_as_of, i.closed_as_of, i.observed,
       i.expected, i.p_value, i.pace, i.members, n.calm_nights, n.event, i.evidence
  from incident i
  join incident_night n on n.incident_number = i.incident_number and n.as_of = i.judged_as_of
 where ($1 = 0::bigint or i.incident_number = $1)
   and ($2 = '' or i.kind = $2)
   and ($3 = '' or ($3 = 'open') = (i.closed_as_of is null))
   and ($4 = '' or lower(i.carrier) = lower($4))
 order by i.closed_as_of is not null, i.judged_as_of desc, i.incident_number desc
 limit $5;
