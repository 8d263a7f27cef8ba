-- Take the lease when nobody holds it, when it expired, or from a holder that is known to be dead. The server's clock alone
-- decides: those of two machines may differ.
-- $1 text    token
-- $2 text    host
-- $3 bigint  process
-- $4 text    holder, in words
-- $5 bigint  seconds it lasts
-- $6 text    token of the dead holder, '' for none
insert into lease as held (name, token, host, process, holder, taken_at, beaten_at, expires_at)
values ('run', $1, $2, $3, $4, clock_timestamp(), clock_timestamp(), clock_timestamp() + make_interval(secs => $5))
on conflict (name) do update
   set token = excluded.token, host = excluded.host, process = excluded.process, holder = excluded.holder,
       taken_at = excluded.taken_at, beaten_at = excluded.beaten_at, expires_at = excluded.expires_at
 where held.expires_at <= clock_timestamp() or held.token = $6;
