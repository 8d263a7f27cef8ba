-- The holder lives. A lease that expired is still its own as long as nobody took it over.
-- $1 text    token
-- $2 bigint  seconds it lasts
update lease
   set beaten_at = clock_timestamp(), expires_at = clock_timestamp() + make_interval(secs => $2)
 where name = 'run' and token = $1;
