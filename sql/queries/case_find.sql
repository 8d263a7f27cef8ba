-- Cases by what people call them: a case number, or the tracking number of a night's finding.
-- $1 text[]  words
with word as (
    select word, ordinal, case when word ~ '^[0-9]{1,18}$' then word::bigint end as number
      from unnest($1::text[]) with ordinality as t (word, ordinal)
), match as (
    select w.ordinal, true as by_number, c.shipment_id
      from word w
      join cases c on c.case_number = w.number
     union
    select w.ordinal, false, f.shipment_id
      from word w
      join finding f on f.tracking_number = w.word
)
select m.ordinal, m.by_number, c.shipment_id, c.case_number, c.kind, c.state, c.judged_as_of, c.snoozed_until,
       (select f.tracking_number from finding f where f.shipment_id = c.shipment_id order by f.as_of desc limit 1)
  from match m
  join cases c on c.shipment_id = m.shipment_id
 order by m.ordinal, m.by_number desc, c.case_number;
