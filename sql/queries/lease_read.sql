-- Who holds the lease.
select token, host, process, holder, taken_at, beaten_at, expires_at, expires_at <= clock_timestamp() from lease where name = 'run';
