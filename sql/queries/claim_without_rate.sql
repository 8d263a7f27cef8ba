-- References of the claims that stay drafts because no rate of the SDR is known for their day, by number.
select reference
  from claim
 where state = 'draft' and missing like '%rate of the SDR%'
 order by claim_number;
