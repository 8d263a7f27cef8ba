-- Which of the plain tables are missing; empty when none is.
-- $1 text  their schema
select coalesce(string_agg(name, ', ' order by name), '')
  from unnest(array['scans', 'shipments']) as name
 where to_regclass(format('%I.%I', $1::text, name)) is null;
