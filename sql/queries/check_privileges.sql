-- What the role may not do on Vigie's own tables and functions, though the jobs need it, a row for each right: "update on claim, run".
-- $1 text  schema
with missing as (
    select needed.position, needed.privilege, c.relname::text as name
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      cross join unnest(array['select', 'insert', 'update', 'delete']) with ordinality as needed(privilege, position)
     where n.nspname = $1 and c.relkind in ('r', 'p')
       and case needed.privilege
               when 'select' then true
               when 'insert' then c.relname not in ('migration', 'migration_rows', 'claim_state_move')
               when 'update' then c.relname in ('run', 'run_step', 'night', 'cases', 'claim', 'claim_attempt', 'claim_document',
                                                'incident', 'learn_part', 'lease', 'outbox')
               when 'delete' then c.relname in ('finding', 'flow', 'forecast', 'learn_part', 'learned', 'lease', 'night_again',
                                                'outcome', 'promise_day', 'scorecard', 'unsettled', 'watch')
           end
       and not has_table_privilege(c.oid, needed.privilege)
     union all
    select 5, 'execute', p.oid::regprocedure::text
      from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = $1 and p.proname = 'forget_filled_in' and not has_function_privilege(p.oid, 'execute')
)
select privilege || ' on ' || string_agg(name, ', ' order by name)
  from missing
 group by position, privilege
 order by position;
