-- A night is put in line.
-- $1 timestamptz  as-of
-- $2 text         what a scheduler calls its run, '' for nothing
insert into night_again (as_of, run_key) values ($1, $2) on conflict do nothing;
