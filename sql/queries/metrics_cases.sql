-- Live cases by kind.
select kind, count(*) from cases where state in ('open', 'acknowledged', 'snoozed') group by kind order by kind;
