-- The highest number that a claim has; 0 when there is none.
select coalesce(max(claim_number), 0) from claim;
