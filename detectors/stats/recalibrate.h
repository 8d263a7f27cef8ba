/*
 * recalibrate.h - a rising map from stated probabilities to what they turned out to be worth (statistics 7).
 */
#ifndef DETECTORS_STATS_RECALIBRATE_H
#define DETECTORS_STATS_RECALIBRATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Statements counted in fine bins of log odds, 32 to the unit from -16 to 16 (1e-7 to 1 - 1e-7; what is beyond falls
// into the end bins). Whole numbers, so neither the order of the items nor the way they are merged shows.
#define RECALIBRATE_BINS 1024
#define RECALIBRATE_UNIT 1024  // what a statement that stands for one parcel counts
typedef struct RecalibrateCounts
{
    int64_t stated[RECALIBRATE_BINS], happened[RECALIBRATE_BINS];
} RecalibrateCounts;

// Count one statement, which stands for weight parcels of a sample (1e6 at most; 1 unless positive). False, and not counted, unless 0 < probability < 1: what was said without doubt cannot be
// mended by a map that keeps 0 and 1.
bool recalibrate_count(RecalibrateCounts *counts, double probability, bool happened, double weight);

// Log odds of the mended probability = shift + low log(p) - high log(1 - p). low rules near 0, high near 1.
typedef struct RecalibrateMap
{
    double shift, low, high;
} RecalibrateMap;

#define RECALIBRATE_IDENTITY ((RecalibrateMap){.shift = 0, .low = 1, .high = 1})

// The map for these counts, drawn to another one (the identity, or that of a larger group) with the strength of
// RECALIBRATE_RIDGE. low and high are at least RECALIBRATE_SLOPE_MIN, so the map rises. Without counts: the other one.
#define RECALIBRATE_RIDGE     100.0
#define RECALIBRATE_SLOPE_MIN .05
RecalibrateMap recalibrate_fit(const RecalibrateCounts *counts, RecalibrateMap towards);

// Sum of the log losses of what was counted, mended by a map, each taken at the middle of its bin.
double recalibrate_log_loss(const RecalibrateCounts *counts, RecalibrateMap map);

// The mended probability. 0 and 1 stay; NAN for what is no probability.
double recalibrate_apply(RecalibrateMap map, double probability);

#endif
