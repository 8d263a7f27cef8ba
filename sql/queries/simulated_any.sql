-- Which plain tables hold rows; empty when none does.
select concat_ws(', ', case when exists (select from shipments) then 'shipments' end,
                 case when exists (select from scans) then 'scans' end,
                 case when exists (select from simulated_truth) then 'simulated_truth' end);
