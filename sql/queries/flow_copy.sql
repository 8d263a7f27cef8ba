-- Write the flows of a night.
copy flow (as_of, kind, carrier, name, observed, expected, log_ratio, log_ratio_mean, log_ratio_variance, silent, newest_at,
           disturbed) from stdin;
