/*
 * The carrier's tempo: gaps that closed in the last nights over those that should have, by the hazards learned from all
 * history. When a network slows down, it slows down for everybody at once, and for weeks; a factor learned from 14
 * nights tells it long before the curves do. With few parcels it stays near 1, which is where nothing is lost.
 *
 * The posterior mean of a Gamma-Poisson rate ratio: D. G. Clayton, J. Kaldor, Biometrics 43 (1987) 671-681.
 */
#include "detectors/stats/tempo.h"

#include <math.h>

double
tempo_factor(double observed, double expected, double prior, double weight)
{
    const double seen = isfinite(observed) && observed > 0 ? observed : 0;
    const double due = isfinite(expected) && expected > 0 ? expected : 0;

    return (seen + weight * prior) / (due + weight);
}
