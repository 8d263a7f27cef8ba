-- What claims against each carrier came to by a night, by currency: those decided since a day, and those that are not over.
-- $1 timestamptz  as-of
-- $2 timestamptz  decided since
with credit as (
    select shipment_id, ground, sum(amount_minor)::bigint as minor
      from settlement_line
     where state = 'matched' and as_of <= $1
     group by shipment_id, ground
), standing as (
    select c.carrier, coalesce(c.currency, c.value_currency, '') as currency, coalesce(c.payable_minor, 0) as payable,
           coalesce(credit.minor, 0) as credited, m.state_to as state, m.as_of as since
      from claim c
      cross join lateral (select x.state_to, x.as_of from claim_move x
                           where x.shipment_id = c.shipment_id and x.ground = c.ground and x.as_of <= $1
                           order by x.position desc limit 1) m
      left join credit using (shipment_id, ground)
     where c.opened_as_of <= $1
), judged as (
    select *, state in ('refused', 'reconciled', 'closed', 'voided', 'time_barred', 'waived') as over,
           credited > 0 or state in ('approved', 'approved_in_part', 'credited', 'reconciled') as won,
           state = 'refused' or state = 'closed' and credited = 0 as refused
      from standing
)
select carrier, currency, count(*)::bigint,
       count(*) filter (where won)::bigint,
       count(*) filter (where refused)::bigint,
       count(*) filter (where not over and not won)::bigint,
       coalesce(sum(credited), 0)::bigint,
       coalesce(sum(payable) filter (where refused), 0)::bigint,
       coalesce(sum(greatest(payable - credited, 0)) filter (where not over), 0)::bigint
  from judged
 where not over or since >= $2
 group by carrier, currency
 order by carrier collate "C", currency;
