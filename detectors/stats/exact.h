/*
 * exact.h - tests of counts and shares, two-sided. NAN for what are no counts.
 */
#ifndef DETECTORS_STATS_EXACT_H
#define DETECTORS_STATS_EXACT_H

// Two groups and what became of them: whole counts, at most 1e7 in all.
typedef struct TwoByTwo
{
    double yes_a, no_a;  // first group
    double yes_b, no_b;  // second group
} TwoByTwo;

// P(a count no likelier than this one | mean); count whole, mean >= 0.
double exact_poisson(double count, double mean);

// P(a table no likelier than this one | its margins): Fisher's test. 1 when a group or an outcome is empty.
double exact_fisher(TwoByTwo table);

// Pearson's chi-squared of equal shares, 1 degree of freedom, without correction (its p: special_chi_squared_above). NAN when a group or an outcome is
// empty.
double exact_chi_squared(TwoByTwo table);

#endif
