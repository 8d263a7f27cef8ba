/*
 * A carrier that renames a code, or whose feed loses a file, goes on being heard of, but no parcel is delivered any more. Of the
 * parcels that should have moved on in a night (flow.c) each counts for a kind with the share that such scans have among those that
 * come next after such a wait (mix.c). With E their sum, r the kind's ratio of observed to expected on calm nights of that weekday,
 * p the pace of all other kinds tonight (1 at most) and phi the kind's spread,
 *
 *     P(none of the kind) = P(X = 0),  X Poisson(r p E), or negative binomial with phi
 *
 * A kind that has been missing before on such a weekday, or of which fewer than two such nights are known, is not told.
 */
#include "detectors/incidents/missing.h"

#include "detectors/stats/one_sample.h"

#include <math.h>
#include <string.h>

#define CHANCE_MISSING 1e-6
#define NIGHTS_LEAST   2     // of a weekday
#define RATIO_WEIGHT   50.0  // events
#define SPREAD_WEIGHT  7.0   // nights
#define SPREAD_PRIOR   1.5
#define NIGHTS_MAX     64

// The calm nights of a kind.
typedef struct Past
{
    OneSample nights[NIGHTS_MAX];
    size_t count;
    OneSample all, on;  // sums over all of them, and over those of the weekday
    int64_t on_count;
    double least;  // fewest that came on one of these
} Past;

static Past
recall(
    Milestone milestone, const char *carrier, int weekday, const GroupPast *history, size_t count)
{
    Past past = {.least = INFINITY};

    for (size_t i = 0; i < count && past.count < NIGHTS_MAX; i++) {
        const Flow *const flow = history[i].flow;

        if (flow->kind != INCIDENT_FEED || flow->disturbed || strcmp(flow->carrier, carrier) != 0 ||
            strcmp(flow->name, milestone_name(milestone)) != 0)
            continue;
        past.nights[past.count++] = (OneSample){flow->observed, flow->expected};
        past.all.observed += flow->observed;
        past.all.expected += flow->expected;
        if (history[i].day.weekday != weekday)
            continue;
        past.on.observed += flow->observed;
        past.on.expected += flow->expected;
        past.on_count++;
        past.least = fmin(past.least, flow->observed);
    }
    return past;
}

static double
spread_of(Past *past, double ratio)
{
    for (size_t i = 0; i < past->count; i++)
        past->nights[i].expected *= ratio;

    const double own = one_sample_dispersion(past->nights, past->count);
    const double nights = isnan(own) ? 0 : (double)past->count;

    return fmax(1, ((nights > 0 ? nights * own : 0) + SPREAD_WEIGHT * SPREAD_PRIOR) /
                       (nights + SPREAD_WEIGHT));
}

// all is how many of the carrier's parcels should have moved on by any scan.
static Missing
missing_of(Milestone milestone, const FlowCarrier *carrier, double all, const FlowGroup *group,
    int weekday, const GroupPast *history, size_t history_count)
{
    const FlowKind *const kind = &carrier->kinds[milestone];
    Missing missing = {.chance = 1};

    if (!group || !(kind->expected > 0))
        return missing;

    Past past = recall(milestone, carrier->carrier, weekday, history, history_count);
    const double usual = one_sample_shrunk(past.all, 1, RATIO_WEIGHT);
    const double ratio = one_sample_shrunk(past.on, usual, RATIO_WEIGHT);
    const double others = (all - kind->expected) * group->ratio;
    const double came = group->night.observed - kind->observed;

    if (!(others > 0) || !(came > 0))
        return missing;
    missing.expected = kind->expected * ratio * fmin(1, came / others);
    missing.chance =
        one_sample_test((OneSample){kind->observed, missing.expected}, spread_of(&past, usual))
            .p_low;
    missing.found = kind->observed == 0 && missing.chance < CHANCE_MISSING &&
                    past.on_count >= NIGHTS_LEAST && past.least > 0;
    return missing;
}

static bool
is_open(const Incident *open, size_t count, const char *carrier, Milestone milestone)
{
    for (size_t i = 0; i < count; i++)
        if (open[i].kind == INCIDENT_FEED && strcmp(open[i].carrier, carrier) == 0 &&
            strcmp(open[i].name, milestone_name(milestone)) == 0)
            return true;
    return false;
}

MissingKinds
missing_find(const FlowMeter *meter, const FlowCarrier *carrier, const FlowGroup *group,
    int weekday, const GroupPast *history, size_t history_count, const Incident *open,
    size_t open_count)
{
    MissingKinds kinds = {.carrier = carrier->carrier};
    const double all = flow_expected(meter, carrier);

    for (Milestone kind = MILESTONE_UNMAPPED + 1; kind < MILESTONE_COUNT; kind++) {
        Missing *const missing = &kinds.of[kind];

        *missing = missing_of(kind, carrier, all, group, weekday, history, history_count);
        missing->lasts = missing->found || (carrier->kinds[kind].observed == 0 &&
                                               is_open(open, open_count, carrier->carrier, kind));
    }
    return kinds;
}

void
missing_explain(Groups *groups, const MissingKinds *kinds)
{
    for (size_t i = 0; i < groups->cell_count; i++) {
        const FlowCell *const flow = groups->cells[i].flow;
        double of_missing = 0;

        if (strcmp(flow->carrier, kinds->carrier) != 0)
            continue;
        for (Milestone kind = 1; kind < MILESTONE_COUNT; kind++)
            of_missing += kinds->of[kind].lasts ? flow->waits_for[kind] : 0;
        if (of_missing > flow->expected / 2)
            groups->cells[i].explained = true;
    }
}

size_t
missing_remember(const FlowCarrier *carrier, const MissingKinds *kinds, double least,
    bool disturbed, Flow *flows)
{
    size_t count = 0;

    for (Milestone kind = 1; kind < MILESTONE_COUNT; kind++)
        if (carrier->kinds[kind].expected >= least)
            flows[count++] = (Flow){.kind = INCIDENT_FEED,
                .carrier = carrier->carrier,
                .name = milestone_name(kind),
                .observed = carrier->kinds[kind].observed,
                .expected = carrier->kinds[kind].expected,
                .newest_at = INSTANT_NONE,
                .disturbed = disturbed || kinds->of[kind].lasts};
    return count;
}
