-- Which of the plain tables are missing, or their columns that older ones lack; empty when none is.
-- $1 text  their schema
select coalesce(string_agg(name, ', ' order by name), '')
  from (select name from unnest(array['scans', 'shipments']) as name where to_regclass(format('%I.%I', $1::text, name)) is null
         union all
        select 'shipments.customer_consent'
         where to_regclass(format('%I.shipments', $1::text)) is not null
           and not exists (select from pg_attribute where attrelid = to_regclass(format('%I.shipments', $1::text))
                              and attname = 'customer_consent' and not attisdropped)) as lacking (name);
