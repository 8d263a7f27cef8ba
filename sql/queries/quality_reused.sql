-- Tracking numbers that a carrier gave to more than one shipment.
-- $1 timestamptz  created after
-- $2 timestamptz  as-of
select count(*), coalesce(sum(shipments), 0)::bigint, coalesce(min(tracking_number), '')
  from (select tracking_number, count(*) as shipments
          from source_shipment
         where created_at > $1 and created_at <= $2 and tracking_number <> ''
         group by carrier, tracking_number
        having count(*) > 1) reused;
