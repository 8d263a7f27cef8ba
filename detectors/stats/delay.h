/*
 * delay.h - what has happened and is not known yet: silence that a delay of the news makes.
 */
#ifndef DETECTORS_STATS_DELAY_H
#define DETECTORS_STATS_DELAY_H

#include "core/instant.h"
#include "detectors/stats/bins.h"

// A longer delay is none of the news: history that was loaded later.
#define DELAY_HOURS_MAX 120.

// The week of an instant, as a number below DELAY_WEEKS: any week of two years has its own.
#define DELAY_WEEKS 128
int delay_week(Instant at);

// How many hours ago it is asked whether something had happened by then, rising from 2 h to DELAY_HOURS_MAX.
#define DELAY_POINTS 8
extern const double DELAY_HOURS[DELAY_POINTS];

// Counts of delays by fine bin of hours, given to the points: counts[k + 1] gets point k's, counts[0] what was known at once
// (before the first point). Later bins than the last point's are left out.
void delay_counts(const double by_bin[BIN_COUNT], double counts[DELAY_POINTS + 1]);

#endif
