-- The name of a type as people write it.
-- $1 oid  the type
select format_type($1, null);
