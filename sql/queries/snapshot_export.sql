-- The name under which other connections can see what this transaction sees; empty on a standby, which cannot export.
select case when pg_is_in_recovery() then '' else pg_export_snapshot() end;
