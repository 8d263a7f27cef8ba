-- Give the lease back.
-- $1 text  token
delete from lease where name = 'run' and token = $1;
