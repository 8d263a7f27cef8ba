/*
 * How the lanes of one measure and milestone bend their services' curves: not at all, by a factor on hazards, by a stretch of
 * time, or by classes of lanes with curves of their own. That is chosen by the score of gaps left out, over all lanes that can
 * tell.
 *
 * A factor is (O + k) / (E + k). Without one gap, that closed (o = 1) or not (o = 0) where e closures were to be expected, it is
 * (O + k - o) / (E + k - e); the log of a stretch is a share of a mean of log hours, and as easily found without one of them. What
 * a gap's score loses by that is taken to first order: the slope of its score times the change. What a gap does to the curve of
 * its class or service is left in, since many stand behind these.
 *
 * M. Stone, J. R. Statist. Soc. B 36 (1974) 111-147 (choice by gaps left out); B. Efron, "The jackknife, the bootstrap and
 * other resampling plans" (1982) ch. 6 (to first order).
 */
#include "detectors/baseline/tree.h"

#include <math.h>

#define PROBABILITY_MIN 1e-9
#define FACTOR_LEAST                                                                               \
    .01  // of a factor is left when a gap is taken out, or there would be no telling
#define STRETCH_STEP .01

enum
{
    EDGES = BIN_COARSE_COUNT - 1  // between coarse bins
};

// One way of bending one lane.
typedef struct Bent
{
    const double *curve;
    double factor, time;
    double total;        // closures behind the factor; 0: there is none
    double stretch_own;  // share of a stretch that rests on the lane; 0: there is none
} Bent;

// Log scores of a gap at the edges: of outlasting each, and of having ended before.
typedef struct Scores
{
    double beyond[EDGES], before[EDGES];
} Scores;

// How well a bent curve says of a gap whether it outlasts the edge of each coarse bin: binary log scores. The likelihood of the
// bins themselves would not do: rounds recur every 24 hours whatever the distance, and a stretch that moves them is
// punished for hours that decide nothing.
static void
score(const LaneSum *sum, const Bent *bent, Scores *scores)
{
    const double share = sum->service->share;

    for (int edge = 0; edge < EDGES; edge++) {
        const double hours = bin_edge(bin_coarse_start(edge + 1));
        const double moving = exp(-bent->factor * bin_interpolate(bent->curve, hours / bent->time));

        scores->beyond[edge] = log(fmax(share + (1 - share) * moving, PROBABILITY_MIN));
        scores->before[edge] = log(fmax((1 - share) * (1 - moving), PROBABILITY_MIN));
    }
}

// What a gap of a coarse bin gets: it outlasted the edges before; one that closed there did not outlast the others.
static void
add_up(const Scores *scores, double ended[BIN_COARSE_COUNT], double waited[BIN_COARSE_COUNT])
{
    waited[0] = 0;
    for (int bin = 0; bin < EDGES; bin++)
        waited[bin + 1] = waited[bin] + scores->beyond[bin];
    ended[EDGES] = 0;
    for (int bin = EDGES - 1; bin >= 0; bin--)
        ended[bin] = ended[bin + 1] + scores->before[bin];
    for (int bin = 0; bin < BIN_COARSE_COUNT; bin++)
        ended[bin] += waited[bin];
}

// By how much one gap moved the log of the factor.
static double
pull_on_factor(const Bent *bent, double closed, double expected)
{
    if (!(bent->total > expected))
        return 0;

    const double rest =
        fmax(bent->factor * bent->total - closed, FACTOR_LEAST * bent->factor * bent->total);

    return log(bent->factor) - log(rest / (bent->total - expected));
}

// And the log of the stretch.
static double
pull_on_stretch(const LaneSum *sum, const Bent *bent, double one, double log_hours)
{
    const double departure = log_hours - sum->service->expected->log_mean;

    return sum->gaps > one
               ? bent->stretch_own * (departure - sum->departure) * one / (sum->gaps - one)
               : 0;
}

// Scores of gaps by coarse bin, and their slopes by the logs of factor and time.
typedef struct Slopes
{
    double ended[3][BIN_COARSE_COUNT], waited[3][BIN_COARSE_COUNT];
} Slopes;

static void
score_all(const LaneSum *sum, const Bent *bent, Slopes *slopes)
{
    const Bent moved[3] = {*bent,
        {.curve = bent->curve, .factor = bent->factor * exp(STRETCH_STEP), .time = bent->time},
        {.curve = bent->curve, .factor = bent->factor, .time = bent->time * exp(STRETCH_STEP)}};

    for (int i = 0; i < 3; i++) {
        Scores scores;

        score(sum, &moved[i], &scores);
        add_up(&scores, slopes->ended[i], slopes->waited[i]);
    }
    for (int i = 1; i < 3; i++)
        for (int bin = 0; bin < BIN_COARSE_COUNT; bin++) {
            slopes->ended[i][bin] = (slopes->ended[i][bin] - slopes->ended[0][bin]) / STRETCH_STEP;
            slopes->waited[i][bin] =
                (slopes->waited[i][bin] - slopes->waited[0][bin]) / STRETCH_STEP;
        }
}

// The lane's gaps, each by a curve that was bent without it.
static double
score_left_out(const LaneSum *sum, const Bent *bent, double one)
{
    const Expectation *const expected = sum->service->expected;
    Slopes slopes;
    double all = 0;

    score_all(sum, bent, &slopes);
    for (size_t i = 0; i < sum->cohort->bin_count; i++) {
        const int bin = sum->cohort->bins[i];

        if (bin < 0 || bin >= BIN_COARSE_COUNT)
            continue;

        const double mover = one * expected->mover[bin];
        const double ended =
            slopes.ended[0][bin] -
            slopes.ended[1][bin] * pull_on_factor(bent, one, one * expected->closures_ended[bin]) -
            slopes.ended[2][bin] * pull_on_stretch(sum, bent, one, expected->log_ended[bin]);
        const double waited =
            slopes.waited[0][bin] -
            slopes.waited[1][bin] * pull_on_factor(bent, 0, one * expected->closures_waited[bin]) -
            slopes.waited[2][bin] * pull_on_stretch(sum, bent, mover, expected->log_waited[bin]);

        all += sum->unit *
               ((double)sum->cohort->ended[i] * ended + (double)sum->cohort->waited[i] * waited);
    }
    return all;
}

static Bent
bent_by(const LaneSum *sum, LaneWay way)
{
    switch (way) {
    case LANE_FACTOR:
        return (Bent){sum->service->cumulative, sum->scalar, 1, sum->scalar_total, 0};
    case LANE_STRETCH:
        return (Bent){
            sum->service->cumulative, sum->rest, sum->stretch, sum->rest_total, sum->stretch_own};
    case LANE_CLASS:
        if (sum->class_curve)
            return (Bent){sum->class_curve, sum->class_factor, 1, sum->class_total, 0};
        return bent_by(sum, LANE_FACTOR);
    default:
        return (Bent){sum->service->cumulative, 1, 1, 0, 0};
    }
}

static void
score_ways(const LaneSums *sums, double one, double gains[LANE_WAYS])
{
    double gaps = 0;

    for (size_t i = 0; i < sums->count; i += lane_stride(sums)) {
        const LaneSum *const sum = &sums->items[i];

        if (sum->gaps < LANE_GAPS_TO_TELL)
            continue;
        gaps += sum->gaps;
        for (LaneWay way = LANE_AS_SERVICE; way < LANE_WAYS; way++) {
            const Bent bent = bent_by(sum, way);

            gains[way] += score_left_out(sum, &bent, one);
        }
    }
    for (LaneWay way = LANE_WAYS; way-- > LANE_AS_SERVICE;)
        gains[way] = gaps > 0 ? (gains[way] - gains[LANE_AS_SERVICE]) / gaps : 0;
}

// Bending is chosen in any case: where start phases tell more, they are bent, and the class is not used.
static void
set(LaneSum *sum, LaneWay way, LaneWay bending)
{
    const Bent bent = bent_by(sum, bending);
    const Bent used = bent_by(sum, way);
    const bool class = way == LANE_CLASS && sum->class_curve;

    sum->bent_factor = bent.factor;
    sum->bent_time = bent.time;
    sum->base = used.curve;
    sum->factor = used.factor;
    sum->time = used.time;
    // A stretch, or the class that was chosen by it, and then a factor: what neither says is the service's.
    sum->own = class                    ? 1 - (1 - sum->stretch_own) * (1 - sum->class_own)
               : way == LANE_STRETCH    ? 1 - (1 - sum->stretch_own) * (1 - sum->rest_own)
               : way == LANE_AS_SERVICE ? 0
                                        : sum->scalar_own;
}

LaneChoice
lanes_choose(LaneSums *sums, double parcel)
{
    double gains[LANE_WAYS] = {0};
    LaneWay bending = LANE_AS_SERVICE;

    score_ways(sums, parcel, gains);
    for (LaneWay way = LANE_FACTOR; way <= LANE_STRETCH; way++)
        bending = gains[way] > gains[bending] ? way : bending;

    const LaneWay way = gains[LANE_CLASS] > gains[bending] ? LANE_CLASS : bending;

    for (size_t i = 0; i < sums->count; i++)
        set(&sums->items[i], way, bending);
    return (LaneChoice){.way = way, .gain = gains[way]};
}
