-- The cohorts of one as-of, in the order of their names.
-- $1 timestamptz  as-of
select measure, milestone, carrier, service, origin, destination, bins, ended, waited
  from learned_cohort
 where as_of = $1
 order by measure, milestone collate "C", carrier collate "C", service collate "C", origin collate "C",
          destination collate "C";
