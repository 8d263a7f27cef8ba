/*
 * proportion.h - how sure a share is: intervals for a binomial proportion.
 *
 * All lie within 0..1, and are NANs without trials or for what is no share.
 */
#ifndef DETECTORS_STATS_PROPORTION_H
#define DETECTORS_STATS_PROPORTION_H

typedef struct ShareInterval
{
    double low, high;
} ShareInterval;

// Wilson's interval of a share observed in n trials (both may be real: a weighted share and its effective number), z
// normal quantiles wide (1.96 for 95 %).
ShareInterval proportion_wilson(double share, double n, double z);

#define PROPORTION_Z95 1.959963984540054

// The exact interval, which covers the truth with at least this level (.95) and more when n is small.
ShareInterval proportion_clopper_pearson(double successes, double n, double level);

// Quantiles of the posterior from Jeffreys' prior Beta(1/2, 1/2): covers the level on average.
ShareInterval proportion_jeffreys(double successes, double n, double level);

#endif
