-- How many messages wait, and how many were given up.
select count(*) filter (where state = 'pending'), count(*) filter (where state = 'dead') from outbox;
