-- Write counts of promises.
copy promise_day (carrier, promise_day, counted_as_of, promised, kept, leads, first_leads) from stdin;
