-- Claims by their state at as-of, with their amounts by currency; credited is what settlements had brought by then.
-- $1 timestamptz  as-of
select m.state_to, coalesce(c.currency, ''), count(*), coalesce(sum(c.payable_minor), 0)::bigint,
       coalesce(sum(s.credited), 0)::bigint
  from claim c
  cross join lateral (select x.state_to from claim_move x
                       where x.shipment_id = c.shipment_id and x.ground = c.ground and x.as_of <= $1
                       order by x.position desc limit 1) m
  left join lateral (select sum(l.amount_minor) as credited from settlement_line l
                      where l.shipment_id = c.shipment_id and l.ground = c.ground and l.state = 'matched' and l.as_of <= $1) s
       on true
 group by 1, 2
 order by 1, 2;
