-- What migrations found and left.
select name, relation, rows_before, coalesce(rows_after, -1) from migration_rows order by name, relation;
