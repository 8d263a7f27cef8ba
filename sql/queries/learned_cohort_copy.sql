-- Write cohorts, as CSV.
copy learned_cohort (as_of, measure, milestone, carrier, service, origin, destination, bins, ended, waited)
from stdin with (format csv, force_not_null (carrier, service, origin, destination));
