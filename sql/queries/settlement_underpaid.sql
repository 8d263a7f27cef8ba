-- Claims that brought less than was due, the least of what was claimed and what the terms pay; by carrier, then by what is
-- missing. Those that were refused or are still being paid for the first time are not among them.
-- $1 text  carrier's slug; '' for all
select c.carrier_slug, c.claim_number, c.reference, c.tracking_number, c.state, c.currency,
       least(c.claimed_minor, c.payable_minor) as due, c.credited_minor
  from claim c
 where c.credited_minor < least(c.claimed_minor, c.payable_minor) and ($1 = '' or c.carrier_slug = $1)
   and c.state in ('credited', 'approved_in_part', 'disputed', 'reconciled', 'closed')
 order by c.carrier_slug, c.currency, least(c.claimed_minor, c.payable_minor) - c.credited_minor desc, c.claim_number;
