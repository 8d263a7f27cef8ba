-- Whether this role may read a column of a relation.
-- $1 text  relation, quoted as SQL
-- $2 text  column
select has_column_privilege($1::text::regclass, $2::text, 'select');
