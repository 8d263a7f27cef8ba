-- Write cohorts.
copy learned_cohort (as_of, settled, kind, measure, milestone, carrier, service, origin, destination, part, bins, ended,
                     waited)
from stdin;
