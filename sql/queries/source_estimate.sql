-- The planner's guess at the rows of a relation; -1 when it is no table or was never analysed.
-- $1 text  the relation, quoted
select coalesce((select case when relkind in ('r', 'p', 'm') then reltuples::bigint else -1 end
                   from pg_class where oid = to_regclass($1)), -1);
