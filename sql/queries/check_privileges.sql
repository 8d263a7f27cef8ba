-- What the role may not do on Vigie's own tables, though the jobs need it: "update on claim".
-- $1 text  schema
select needed.privilege || ' on ' || c.relname::text
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  cross join unnest(array['select', 'insert', 'update', 'delete']) with ordinality as needed(privilege, position)
 where n.nspname = $1 and c.relkind in ('r', 'p')
   and case needed.privilege
           when 'select' then true
           when 'insert' then c.relname not in ('migration', 'migration_rows', 'claim_state_move')
           when 'update' then c.relname in ('run', 'night', 'cases', 'claim', 'claim_document', 'outbox')
           when 'delete' then c.relname in ('learned', 'watch', 'finding')
       end
   and not has_table_privilege(c.oid, needed.privilege)
 order by c.relname, needed.position;
