/*
 * proportion.h - how sure a share is: intervals for a binomial proportion.
 */
#ifndef DETECTORS_STATS_PROPORTION_H
#define DETECTORS_STATS_PROPORTION_H

typedef struct ShareInterval
{
    double low, high;
} ShareInterval;

// Wilson's interval of a share observed in n trials (both may be real: a weighted share and its effective number), z
// normal quantiles wide (1.96 for 95 %). Within 0..1. NANs without trials or for what is no share.
ShareInterval proportion_wilson(double share, double n, double z);

#define PROPORTION_Z95 1.959963984540054

#endif
