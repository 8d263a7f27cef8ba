-- Write totals, as CSV.
copy learned_total (as_of, measure, milestone, carrier, ripe_gaps, ripe_lost, closed_recent, events, exposure_hours,
                    next_milestone)
from stdin with (format csv, force_not_null (carrier));
