-- What scans of shipments say, by carrier, code, subcode and stated milestone, the most frequent of each carrier first; with
-- when they were first and last seen and two texts, the first and the last in the order of the alphabet.
-- $1 timestamptz  occurred after
-- $2 timestamptz  as-of
select coalesce(nullif(c.carrier, ''), s.carrier, ''), coalesce(c.code, ''), coalesce(c.subcode, ''),
       coalesce(c.milestone, ''), count(*), min(c.occurred_at), max(c.occurred_at),
       coalesce(min(nullif(c.text, '')), ''), coalesce(max(c.text), '')
  from source_scan c
  join source_shipment s on s.shipment_id = c.shipment_id
 where c.occurred_at > $1
   and c.occurred_at <= $2
   and (c.recorded_at is null or c.recorded_at <= $2)
 group by 1, 2, 3, 4
 order by 1, 5 desc, 2, 3, 4;
