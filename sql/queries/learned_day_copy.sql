-- Write days of cohorts.
copy learned_day (as_of, settled, measure, milestone, carrier, cohort_day, closed, open) from stdin;
