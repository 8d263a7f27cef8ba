-- Messages by state.
select state, count(*) from outbox group by state order by state;
