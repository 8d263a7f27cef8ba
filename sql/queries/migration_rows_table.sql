-- What each migration found and left, beside the table of migrations: rows of the tables that held some. rows_after is null
-- when the migration took the table away.
create table if not exists migration_rows
(
    name        text not null references migration,
    relation    text not null,
    rows_before bigint not null,
    rows_after  bigint,
    primary key (name, relation)
);
