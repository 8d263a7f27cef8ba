-- Nobody may take the lease over until this transaction ends.
-- $1 text  token
select 1 from lease where name = 'run' and token = $1 for share;
