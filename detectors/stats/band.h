/*
 * band.h - how sure a survival estimate is: pointwise limits on three scales.
 */
#ifndef DETECTORS_STATS_BAND_H
#define DETECTORS_STATS_BAND_H

// The scale on which the estimate is taken to be normal. PLAIN can leave 0..1 and is cut off there; LOG is R's default;
// LOG_LOG keeps the level best in small groups.
typedef enum BandScale
{
    BAND_PLAIN,
    BAND_LOG,
    BAND_LOG_LOG,
} BandScale;

typedef struct Band
{
    double low, high;
} Band;

// Limits of a survival probability whose logarithm has this variance, within 0..1; level such as .95. Where survival is
// 1 both are 1. (NAN, NAN) where they cannot be told: survival not in (0, 1], a variance that is negative or not
// finite, level not within (0, 1).
Band band_of_survival(double survival, double log_variance, BandScale scale, double level);

#endif
