-- Who holds the lease, for those who need not know its token.
select host, process, expires_at <= clock_timestamp() from lease where name = 'run';
