-- What every session of ours relies on, whatever the role's or the database's defaults.
-- $1 text  search path, identifiers quoted
-- $2 text  statement timeout, "0s" for none
-- $3 text  lock timeout, "0s" for none
select set_config('search_path', $1, false), set_config('statement_timeout', $2, false),
       set_config('lock_timeout', $3, false), set_config('TimeZone', 'UTC', false),
       set_config('datestyle', 'ISO, YMD', false), set_config('intervalstyle', 'postgres', false),
       set_config('idle_in_transaction_session_timeout', '0', false),
       set_config('jit', 'off', false);  -- our queries stream many rows through few expressions: compiling costs more
