-- The newest learned state that is not later than an instant.
-- $1 timestamptz  instant
select as_of, first_start, last_start, shipments, scans, gaps from learned where as_of <= $1 order by as_of desc limit 1;
