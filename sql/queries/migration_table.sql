-- The table of migrations itself; everything else is made by them.
create table if not exists migration
(
    name       text primary key,
    sha256     text not null,
    applied_at timestamptz not null
);
