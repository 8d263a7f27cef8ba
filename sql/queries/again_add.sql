-- A night is put in line.
-- $1 timestamptz  as-of
insert into night_again (as_of) values ($1) on conflict do nothing;
