/*
 * check_clock.h - whether the times of a carrier's scans can be its own. Private to jobs/source/.
 */
#ifndef JOBS_SOURCE_CHECK_CLOCK_H
#define JOBS_SOURCE_CHECK_CLOCK_H

#include "jobs/source/check.h"

#define HOURS_OF_DAY 24

// What tells the clock of a carrier, counted over the scans of one of its spellings.
typedef struct ClockTally
{
    const char *carrier;  // as the source spells it
    const char *zone;  // in which its hours are counted: the catalogue's rule, else the merchant's
    int64_t scans;
    int64_t early_known;  // known before they occurred
    int64_t early_moved;  // the same if they are local times of the zone, stamped as UTC
    int64_t physical, physical_night;  // between 01:00 and 05:00
    int64_t delivered[HOURS_OF_DAY];
    int64_t parcels, inverted;  // with a round and a delivery; delivered before the round
} ClockTally;

// Give the window the zones of those carriers of the source that the catalogue knows to have one clock.
bool check_clock_zones(const CheckData *data, QualityWindow *window, Err *err);

// The zone in which the window counts the hours of a carrier.
const char *check_clock_zone(const QualityWindow *window, const char *carrier);

// Say what is doubtful about a carrier's clock: deliveries at night, scans from the future, deliveries before their round;
// with the likely offset and what to do. Nothing when all is well.
void check_clock(const CheckData *data, CheckList *list, const ClockTally *clock);

#endif
