-- Write cohorts.
copy learned_cohort (as_of, measure, milestone, carrier, service, origin, destination, bins, ended, waited)
from stdin;
