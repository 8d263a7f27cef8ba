-- Why claims ended without money by as-of, most frequent reason first.
-- $1 timestamptz  as-of
-- $2 bigint       at most
select m.state_to, m.note, count(*)
  from claim c
  cross join lateral (select x.state_to, x.note from claim_move x
                       where x.shipment_id = c.shipment_id and x.ground = c.ground and x.as_of <= $1
                       order by x.position desc limit 1) m
 where m.state_to in ('refused', 'voided', 'time_barred', 'waived')
 group by 1, 2
 order by 3 desc, 1, 2
 limit $2;
