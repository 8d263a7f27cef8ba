-- Claims by state and currency: how many, what they ask for, what was credited.
select state, coalesce(currency, '') as money, count(*), coalesce(sum(coalesce(claimed_minor, payable_minor)), 0)::bigint,
       coalesce(sum(credited_minor), 0)::bigint
  from claim
 group by state, money
 order by state, money;
