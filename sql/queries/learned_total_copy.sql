-- Write totals.
copy learned_total (as_of, measure, milestone, carrier, ripe_gaps, ripe_lost, closed_recent, events, exposure_hours,
                    next_milestone)
from stdin;
