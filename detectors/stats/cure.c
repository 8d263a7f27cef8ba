/*
 * The mixture cure model on a histogram.
 *
 *     S(t) = pi + (1 - pi) S_u(t),    P(lost | silent t) = pi / (pi + (1 - pi) S_u(t))
 *
 * pi comes from gaps old enough to tell, where S is flat; guessing it from the shape of a curve is what parametric
 * cure models do, and it cannot be trusted. S_u starts from (S - S(H)) / (1 - S(H)). Then, in turn:
 *
 *     E: each of the c_k last seen waiting in bin k is a mover with probability (1 - pi) S_u / (pi + (1 - pi) S_u)
 *     M: hazards of movers from d_k and those shares of c_k
 *
 * Within a bin S_u is taken at its geometric middle. Who waits past the horizon is lost by the very definition of pi;
 * leaving that to the E step would, whenever more are lost lately than pi says, give movers a tail that never ends.
 *
 * J. W. Boag, J. R. Statist. Soc. B 11 (1949) 15-53; V. T. Farewell, Biometrics 38 (1982) 1041-1046; for the EM
 * Y. Peng, K. B. G. Dear, Biometrics 56 (2000) 237-243.
 */
#include "detectors/stats/cure.h"

#include "detectors/stats/hazard.h"

#include <math.h>

#define SURVIVAL_MIN 1e-12
#define SETTLED      1e-14

double
cure_share(double lost, double ripe, double prior, double weight)
{
    const double among = ripe + weight;
    const double share = among > 0 ? (lost + weight * prior) / among : prior;

    return fmin(fmax(share, CURE_SHARE_MIN), .5);
}

double
cure_posterior(double share, double survival)
{
    const double all = share + (1 - share) * survival;

    return all > 0 ? share / all : 1;
}

double
cure_lost(double share, double survival, double survival_later)
{
    const double now = share + (1 - share) * survival;
    const double later = share + (1 - share) * fmin(survival_later, survival);

    return now > 0 ? later / now : 1;
}

static void
start_from_plateau(const CureCounts *counts, double survival[BIN_COUNT + 1])
{
    const size_t bins = counts->bins;
    double at_risk[BIN_COUNT];
    double hazard[BIN_COUNT];

    hazard_at_risk(bins, counts->ended, counts->waited, at_risk);
    hazard_estimate(bins, counts->ended, at_risk, NULL, 0, hazard);
    hazard_survival(bins, hazard, survival);

    const double plateau = survival[bins];

    for (size_t k = 0; k <= bins; k++)
        survival[k] = plateau < 1 ? fmax((survival[k] - plateau) / (1 - plateau), SURVIVAL_MIN) : 1;
}

static void
expect_movers(const CureCounts *counts, const double survival[BIN_COUNT + 1], double *mover)
{
    for (size_t k = 0; k < counts->bins; k++) {
        const double middle =
            sqrt(fmax(survival[k] * survival[k + 1], SURVIVAL_MIN * SURVIVAL_MIN));

        mover[k] = k < counts->horizon ? 1 - cure_posterior(counts->share, middle) : 0;
    }
}

void
cure_fit(const CureCounts *counts, double *hazard, double *mover)
{
    const size_t bins = counts->bins;
    double survival[BIN_COUNT + 1];
    double next[BIN_COUNT + 1];
    double waited[BIN_COUNT];
    double at_risk[BIN_COUNT];

    start_from_plateau(counts, survival);
    for (int step = 0; step < counts->steps; step++) {
        double change = 0;

        expect_movers(counts, survival, mover);
        for (size_t k = 0; k < bins; k++)
            waited[k] = counts->waited[k] * mover[k];
        hazard_at_risk(bins, counts->ended, waited, at_risk);
        hazard_estimate(bins, counts->ended, at_risk, counts->parent, counts->weight, hazard);
        hazard_survival(bins, hazard, next);
        for (size_t k = 0; k <= bins; k++) {
            change = fmax(change, fabs(next[k] - survival[k]));
            survival[k] = next[k];
        }
        if (change < SETTLED)
            break;
    }
}
