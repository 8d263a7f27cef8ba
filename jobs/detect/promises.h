/*
 * promises.h - counting how many promises each carrier kept, and how early its parcels came, day by day.
 */
#ifndef JOBS_DETECT_PROMISES_H
#define JOBS_DETECT_PROMISES_H

#include "jobs/detect/judge.h"

// Count the promises that ended on the days after the last one counted for good, up to the day before the night's: a day is
// complete the next morning, in every time zone, and late scans have come in. The night's own day is counted as far as it is known,
// and so is what was known of each other day that long after its end. The first night, and the first one after a version that
// counted less, counts PROMISES_FIRST_DAYS days. Days are remembered; running it again changes nothing.
#define PROMISES_FIRST_DAYS 120
bool promises_count(Run *run, const Bench *bench, Source *source, Err *err);

// Days are kept, and looked back over, for a year and what lies behind its first day.
#define PROMISES_KEPT_DAYS 400

#endif
