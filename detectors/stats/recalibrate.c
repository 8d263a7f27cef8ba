/*
 * Beta calibration with a ridge.
 *
 * If the scores of what happened and of what did not were both beta distributed, the true probability given the score
 * s would be
 *
 *     logit q = c + a log s - b log(1 - s),        a, b > 0
 *
 * With a = b it is Platt's line on the log odds, so an over-confident forecaster is mended by a = b < 1; with two
 * slopes what is wrong near 0 - where most of P(lost) lies - need not bend what is right near 1. It contains the
 * identity (a = b = 1, c = 0), to which the ridge draws: a prior with standard deviation 1 / sqrt(RIDGE) = .1 for
 * each coefficient. Thus 50 statements hardly move it, and 5,000 do, even though those of one parcel on many nights
 * repeat each other.
 *
 * M. Kull, T. Silva Filho, P. Flach, AISTATS 54 (2017) 623-631.  J. C. Platt, Adv. Large Margin Classifiers (1999)
 * 61-74.
 */
#include "detectors/stats/recalibrate.h"

#include "detectors/stats/logistic.h"

#include <math.h>

#define LOSS_MIN 1e-15

enum
{
    BINS_A_UNIT = 32,
};

bool
recalibrate_count(RecalibrateCounts *counts, double probability, bool happened, double weight)
{
    if (!(probability > 0 && probability < 1))
        return false;

    const double log_odds = log(probability) - log1p(-probability);
    const double place = floor(log_odds * BINS_A_UNIT) + RECALIBRATE_BINS / 2;
    const int bin = (int)fmin(fmax(place, 0), RECALIBRATE_BINS - 1);
    const int64_t units = llround(RECALIBRATE_UNIT * (weight > 0 ? fmin(weight, 1e6) : 1));

    counts->stated[bin] += units;
    counts->happened[bin] += happened ? units : 0;
    return true;
}

static double
middle_of(int bin)
{
    return (bin - RECALIBRATE_BINS / 2 + .5) / BINS_A_UNIT;
}

double
recalibrate_log_loss(const RecalibrateCounts *counts, RecalibrateMap map)
{
    double loss = 0;

    for (int i = 0; i < RECALIBRATE_BINS; i++) {
        const double happened = (double)counts->happened[i] / RECALIBRATE_UNIT;
        const double not = (double)counts->stated[i] / RECALIBRATE_UNIT - happened;
        const double p = recalibrate_apply(map, 1 / (1 + exp(-middle_of(i))));

        if (counts->stated[i] > 0)
            loss -= happened * log(fmax(p, LOSS_MIN)) + not *log(fmax(1 - p, LOSS_MIN));
    }
    return loss;
}

RecalibrateMap
recalibrate_fit(const RecalibrateCounts *counts, RecalibrateMap towards)
{
    LogisticRow rows[RECALIBRATE_BINS];
    LogisticProblem problem = {
        .rows = rows,
        .terms = 3,
        .ridge = {RECALIBRATE_RIDGE, RECALIBRATE_RIDGE, RECALIBRATE_RIDGE},
        .prior = {towards.shift, towards.low, towards.high},
        .floor = {-INFINITY, RECALIBRATE_SLOPE_MIN, RECALIBRATE_SLOPE_MIN},
    };
    double map[LOGISTIC_TERMS_MAX];

    for (int i = 0; i < RECALIBRATE_BINS; i++) {
        const double log_odds = middle_of(i);

        if (counts->stated[i] > 0)
            rows[problem.count++] = (LogisticRow){
                .terms = {1, -logistic_softplus(-log_odds), logistic_softplus(log_odds)},
                .trials = (double)counts->stated[i] / RECALIBRATE_UNIT,
                .events = (double)counts->happened[i] / RECALIBRATE_UNIT,
            };
    }
    if (!logistic_fit(&problem, map))
        return towards;
    return (RecalibrateMap){.shift = map[0], .low = map[1], .high = map[2]};
}

double
recalibrate_apply(RecalibrateMap map, double probability)
{
    if (!(probability >= 0 && probability <= 1))
        return NAN;
    if (probability == 0 || probability == 1)
        return probability;
    if (map.shift == 0 && map.low == 1 && map.high == 1)
        return probability;
    return logistic(map.shift + map.low * log(probability) - map.high * log1p(-probability));
}
