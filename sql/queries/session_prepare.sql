-- What every session of ours relies on, whatever the role's or the database's defaults.
-- $1 text     search path, identifiers quoted
-- $2 text     statement timeout, "0s" for none
-- $3 text     lock timeout, "0s" for none
-- $4 boolean  for this transaction only
select set_config('search_path', $1, $4), set_config('statement_timeout', $2, $4),
       set_config('lock_timeout', $3, $4), set_config('TimeZone', 'UTC', $4),
       set_config('datestyle', 'ISO, YMD', $4), set_config('intervalstyle', 'postgres', $4),
       set_config('idle_in_transaction_session_timeout', '0', $4),
       set_config('jit', 'off', $4);  -- our queries stream many rows through few expressions: compiling costs more
