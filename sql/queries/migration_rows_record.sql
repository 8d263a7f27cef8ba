-- Remember what a migration found in a table and what it left.
-- $1 text    migration
-- $2 text    table
-- $3 bigint  rows before
-- $4 bigint  rows after; null when the table is gone
insert into migration_rows (name, relation, rows_before, rows_after) values ($1, $2, $3, $4);
