/*
 * Hazards that lean on their parent.
 *
 * A segment with 30 parcels cannot fill 200 bins. So its hazards start from those of the group it belongs to, and
 * move away as its own counts allow (a beta-Stacy process cut into bins):
 *
 *     h_k = (d_k + M h_k^parent) / (n_k + M),    d_k | n_k ~ BetaBinomial(n_k, M h_k^parent, M (1 - h_k^parent))
 *
 * One M per level of the tree is chosen by maximising the marginal likelihood of all its children together, so the
 * data decide how alike siblings are.
 *
 * S. Walker, P. Muliere, Ann. Statist. 25 (1997) 1762-1780; the actuarial n_k: E. S. Gehan, J. Chronic Dis. 21 (1969)
 * 629-644.
 */
#include "detectors/stats/hazard.h"

#include "detectors/stats/special.h"

#include <math.h>

#define LOG_WEIGHT_LOW  (-3.0)
#define LOG_WEIGHT_HIGH 12.0
#define SCORE_MIN       1e-9  // a prediction is not punished below it

enum
{
    GRID_CELLS = 10
};

void
hazard_at_risk(size_t bins, const double *ended, const double *waited, double *at_risk)
{
    double later = 0;

    for (size_t k = bins; k-- > 0;) {
        later += ended[k] + waited[k];
        at_risk[k] = later - waited[k] / 2;
    }
}

void
hazard_estimate(size_t bins, const double *ended, const double *at_risk, const double *parent,
    double weight, double *hazard)
{
    for (size_t k = 0; k < bins; k++) {
        const double own = parent ? weight : 0;
        const double among = at_risk[k] + own;
        const double share = among > 0 ? (ended[k] + (own > 0 ? own * parent[k] : 0)) / among : 0;

        hazard[k] = fmin(share, 1);
    }
}

void
hazard_survival(size_t bins, const double *hazard, double *survival)
{
    survival[0] = 1;
    for (size_t k = 0; k < bins; k++)
        survival[k + 1] = survival[k] * (1 - hazard[k]);
}

void
hazard_cumulative(size_t bins, const double *hazard, double *cumulative)
{
    cumulative[0] = 0;
    for (size_t k = 0; k < bins; k++)
        cumulative[k + 1] =
            fmin(cumulative[k] + (hazard[k] < 1 ? -log1p(-hazard[k]) : HAZARD_MAX), HAZARD_MAX);
}

void
hazard_cumulative_single(size_t bins, const double *hazard, float *cumulative)
{
    double sum = 0;

    cumulative[0] = 0;
    for (size_t k = 0; k < bins; k++) {
        sum = fmin(sum + (hazard[k] < 1 ? -log1p(-hazard[k]) : HAZARD_MAX), HAZARD_MAX);
        cumulative[k + 1] = (float)sum;
    }
}

static double
log_score(double happened, double probability)
{
    return happened > 0 ? happened * log(fmax(probability, SCORE_MIN)) : 0;
}

double
hazard_left_out_gain(size_t bins, const double *ended, const double *at_risk, const double *parent,
    double weight, const double *others, double one)
{
    double gain = 0;

    for (size_t k = 0; k < bins; k++) {
        const double d = fmin(ended[k], at_risk[k]);
        const double left = fmax(at_risk[k] - one, 0) + weight;

        if (!(at_risk[k] > 0) || !(left > 0))
            continue;
        gain +=
            log_score(d, (fmax(d - one, 0) + weight * parent[k]) / left) - log_score(d, others[k]);
        gain += log_score(at_risk[k] - d, 1 - fmin((d + weight * parent[k]) / left, 1)) -
                log_score(at_risk[k] - d, 1 - others[k]);
    }
    return gain;
}

double
hazard_own_share(size_t bins, const double *ended, const double *at_risk, double weight)
{
    double own = 0;
    double events = 0;

    for (size_t k = 0; k < bins; k++)
        if (ended[k] > 0 && at_risk[k] + weight > 0) {
            own += ended[k] * at_risk[k] / (at_risk[k] + weight);
            events += ended[k];
        }
    return events > 0 ? own / events : 0;
}

static bool
tells_something(const HazardChild *child, size_t k)
{
    return child->at_risk[k] > 0 && child->parent[k] > 0 && child->parent[k] < 1 &&
           child->ended[k] <= child->at_risk[k];
}

// In most bins nothing ended, in some everything did: two of six calls less there, in the dearest loop of a night.
static double
rise(double (*of)(double), double from, double by)
{
    return by > 0 ? of(from + by) - of(from) : 0;
}

// The same from the weight, which is both parents' parts together, by all at risk: from bin to bin that is often as it was.
typedef struct Joint
{
    double (*of)(double);
    double weight, from;
    double at_risk, rise;  // of the last bin
} Joint;

static Joint
joint_of(double (*of)(double), double weight)
{
    return (Joint){.of = of, .weight = weight, .from = of(weight), .at_risk = NAN};
}

static double
joint_rise(Joint *joint, double at_risk)
{
    if (!(at_risk <= joint->at_risk && at_risk >= joint->at_risk)) {
        joint->at_risk = at_risk;
        joint->rise = joint->of(joint->weight + at_risk) - joint->from;
    }
    return joint->rise;
}

double
hazard_log_likelihood(const HazardChildren *children, double weight)
{
    Joint joint = joint_of(special_log_gamma, weight);
    double sum = 0;

    for (size_t i = 0; i < children->count; i++) {
        const HazardChild *const child = &children->items[i];

        for (size_t k = 0; k < children->bins; k++)
            if (tells_something(child, k))
                sum += rise(special_log_gamma, weight * child->parent[k], child->ended[k]) +
                       rise(special_log_gamma, weight * (1 - child->parent[k]),
                           child->at_risk[k] - child->ended[k]) -
                       joint_rise(&joint, child->at_risk[k]);
    }
    return sum;
}

static double
value_at(double log_weight, const void *children)
{
    return hazard_log_likelihood(children, exp(log_weight));
}

static double
slope_of_bin(Joint *joint, double parent, double ended, double at_risk)
{
    const double a = joint->weight * parent;
    const double b = joint->weight * (1 - parent);

    return parent * rise(special_digamma, a, ended) +
           (1 - parent) * rise(special_digamma, b, at_risk - ended) - joint_rise(joint, at_risk);
}

static double
slope_at(double log_weight, const void *data)
{
    const HazardChildren *const children = data;
    Joint joint = joint_of(special_digamma, exp(log_weight));
    double sum = 0;

    for (size_t i = 0; i < children->count; i++) {
        const HazardChild *const child = &children->items[i];

        for (size_t k = 0; k < children->bins; k++)
            if (tells_something(child, k))
                sum += slope_of_bin(&joint, child->parent[k], child->ended[k], child->at_risk[k]);
    }
    return joint.weight * sum;
}

static bool
anything_told(const HazardChildren *children)
{
    for (size_t i = 0; i < children->count; i++)
        for (size_t k = 0; k < children->bins; k++)
            if (tells_something(&children->items[i], k))
                return true;
    return false;
}

bool
hazard_fit_weight(const HazardChildren *children, double *weight)
{
    const Likelihood likelihood = {.value = value_at, .slope = slope_at, .data = children};

    return anything_told(children) &&
           special_maximise(&likelihood, LOG_WEIGHT_LOW, LOG_WEIGHT_HIGH, GRID_CELLS, weight);
}
