-- The range that the next COPY of scans reads: a COPY takes no parameters, a session setting does.
-- $1 text  first shipment
-- $2 text  last shipment
-- $3 text  as-of
select set_config('vigie.first', $1, false), set_config('vigie.last', $2, false), set_config('vigie.as_of', $3, false);
