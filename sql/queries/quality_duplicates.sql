-- Scans told more than once: word for word, and with other words or another place.
-- $1 timestamptz  occurred after
-- $2 timestamptz  as-of
select coalesce(sum(scans - variants), 0)::bigint, coalesce(sum(variants - 1), 0)::bigint
  from (select count(*) as scans, count(distinct coalesce(text, '') || chr(31) || coalesce(place, '')) as variants
          from source_scan
         where occurred_at > $1 and occurred_at <= $2
         group by shipment_id, occurred_at, coalesce(code, ''), coalesce(subcode, ''), coalesce(milestone, '')
        having count(*) > 1) repeated;
