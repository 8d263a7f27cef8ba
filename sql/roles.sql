-- The roles of Vigie's database, with the least that each needs. For psql, run by an administrator in the database that
-- holds Vigie's schema: once before the first "vigie migrate", and again after every migration. Running it again changes
-- nothing that is as it should be. See docs/roles.md.
--
--   psql -d shop -v source=vigie_source -f sql/roles.sql                           a schema, with all it holds
--   psql -d shop -v relations=olist.shipments,olist.scans -f sql/roles.sql         or just these relations
--   psql ... -v schema=NAME                                                        when it is not "vigie"
--
-- vigie_owner     owns the schema, runs migrations; nobody works as it every day
-- vigie_job       the nightly run: reads the source, writes Vigie's tables, changes no structure; histories only grow
-- vigie_reader    dashboards: the views named v_..., nothing else
-- vigie_reviewer  people who work on cases: the views, the histories, and a case's state
--
-- They cannot log in: make login roles as members of them.

\set ON_ERROR_STOP on
\if :{?schema}
\else
    \set schema vigie
\endif
select current_database() as database \gset
set client_min_messages = warning;

begin;

select format('create role %I nologin', name)
  from unnest(array['vigie_owner', 'vigie_job', 'vigie_reader', 'vigie_reviewer']) name
 where not exists (select from pg_roles where rolname = name) \gexec
grant vigie_reader to vigie_reviewer;

grant connect on database :"database" to vigie_owner, vigie_job, vigie_reader, vigie_reviewer;
grant temporary on database :"database" to vigie_owner, vigie_job;  -- rows are staged in temporary tables

-- The schema and everything in it belong to the owner, also when somebody else migrated first; sequences of columns go with
-- their tables.
create schema if not exists :"schema" authorization vigie_owner;
alter schema :"schema" owner to vigie_owner;
select oid as schema_oid from pg_namespace where nspname = :'schema' \gset
select format('alter %s %s owner to vigie_owner',
              case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
              oid::regclass)
  from pg_class
 where relnamespace = :schema_oid and relkind in ('r', 'p', 'v', 'm', 'S')
   and relowner <> 'vigie_owner'::regrole
   and not exists (select from pg_depend d where d.objid = pg_class.oid and d.deptype in ('a', 'i') and relkind = 'S') \gexec

select format('alter function %s owner to vigie_owner', oid::regprocedure)
  from pg_proc where pronamespace = :schema_oid and proowner <> 'vigie_owner'::regrole \gexec

revoke all on schema :"schema" from public;
revoke all on all tables in schema :"schema" from public, vigie_job, vigie_reader, vigie_reviewer;
-- Grants on columns outlive a revoke on their table.
select format('revoke all (%I) on %s from vigie_job, vigie_reader, vigie_reviewer', attname, attrelid::regclass)
  from pg_attribute join pg_class on pg_class.oid = attrelid
 where relnamespace = :schema_oid and attnum > 0 and not attisdropped and attacl is not null \gexec
grant usage on schema :"schema" to vigie_job, vigie_reader, vigie_reviewer;

-- Nights that nobody was told of may be done again in their order: the function looks for itself before it forgets any. A claim
-- as it stood is looked up with the rights of who asks.
revoke all on all functions in schema :"schema" from public;
select format('grant execute on function %s to %s', oid::regprocedure, roles)
  from pg_proc
  join (values ('forget_filled_in', 'vigie_job'), ('claim_at', 'vigie_job, vigie_reviewer')) t (name, roles) on proname = name
 where pronamespace = :schema_oid \gexec

-- The nightly run. A table that a later migration makes is writable at once; what follows tightens those we know.
grant select, insert, update, delete on all tables in schema :"schema" to vigie_job;
alter default privileges for role vigie_owner in schema :"schema" grant select, insert, update, delete on tables to vigie_job;
select format('revoke %s on %s from vigie_job', rights, oid::regclass)
  from pg_class
  join (values ('set_aside', 'update, delete'), ('case_event', 'update, delete'), ('claim_move', 'update, delete'),
               ('claim_remark', 'update, delete'), ('claim_version', 'update, delete'),
               ('run', 'delete'), ('cases', 'delete'), ('claim', 'delete'), ('claim_document', 'delete'), ('outbox', 'delete'),
               ('settlement_line', 'delete'), ('claim_attempt', 'delete'), ('incident', 'delete'), ('incident_night', 'update, delete'),
               ('claim_state_move', 'insert, update, delete'), ('migration', 'insert, update, delete'), ('migration_rows', 'insert, update, delete')) t (name, rights)
    on relname = name
 where relnamespace = :schema_oid \gexec
select format('revoke insert, update, delete on %s from vigie_job', oid::regclass)
  from pg_class where relnamespace = :schema_oid and relkind in ('v', 'm') \gexec

-- Dashboards: the views have stable names and hold no contact data and no message.
select format('grant select on %s to vigie_reader', oid::regclass)
  from pg_class where relnamespace = :schema_oid and relkind in ('v', 'm') and relname like 'v\_%' \gexec

-- Reviewers. Not the outbox: it holds other people's messages. A change is a line in a history, and of a case or a claim
-- only what a person decides.
select format('grant %s on %s to vigie_reviewer', rights, oid::regclass)
  from pg_class
  join (values ('migration', 'select'), ('migration_rows', 'select'), ('run', 'select'), ('set_aside', 'select'), ('night', 'select'),
               ('lease', 'select (name, host, process, expires_at)'),
               ('finding', 'select'), ('incident', 'select'), ('incident_night', 'select'),
               ('forecast', 'select'), ('outcome', 'select'), ('promise_day', 'select'),
               ('scorecard', 'select'), ('scorecard_night', 'select'),
               ('learned', 'select'), ('learned_cohort', 'select'), ('learned_day', 'select'),
               ('learned_clock', 'select'),
               ('cases', 'select, update (state, snoozed_until, last_event)'), ('case_event', 'select, insert'),
               ('claim', 'select, update (state, claimed_minor, granted_minor, credited_minor, approved_by, approved_as_of,
                         withdrawn_as_of, told_as_of)'),
               ('claim_move', 'select, insert'), ('claim_state_move', 'select'), ('claim_document', 'select'),
               ('claim_remark', 'select, insert'), ('claim_version', 'select'), ('claim_condition', 'select'),
               ('claim_refusal', 'select'),
               ('claim_attempt', 'select'),
               ('settlement_line', 'select, insert, update (state, why, shipment_id, ground, as_of, recorded_at, actor)')) t (name, rights)
    on relname = name
 where relnamespace = :schema_oid \gexec

-- The source: reading, for the job alone. A schema that is not there yet is made for "vigie init".
\if :{?source}
    create schema if not exists :"source" authorization vigie_owner;
    grant usage on schema :"source" to vigie_job;
    grant select on all tables in schema :"source" to vigie_job;
    alter default privileges for role vigie_owner in schema :"source" grant select on tables to vigie_job;
\endif
\if :{?relations}
    select format('grant usage on schema %s to vigie_job', relnamespace::regnamespace),
           format('grant select on %s to vigie_job', oid::regclass)
      from pg_class
     where oid = any (string_to_array(replace(:'relations', ' ', ''), ',')::regclass[]) \gexec
\endif

commit;
