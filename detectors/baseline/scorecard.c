/*
 * Cards are sums of lanes: cohorts come sorted by names, so a lane is added to its service and its carrier as it passes.
 *
 * Transit: the life table of the hours from acceptance to first presentation (actuarial convention, stats/life_table.c).
 * Parcels on their way, cancelled or sent back count for as long as they were watched, so that the slow ones are not
 * missing from the newest weeks; quantiles are of all parcels, and those that never arrive push them up.
 *
 * Shares: Wilson's interval (stats/proportion.c), which L. D. Brown, T. T. Cai, A. DasGupta, Statist. Sci. 16 (2001) 101-133
 * recommend, with Jeffreys', for small numbers, as losses are. Parcels that stand for several in a sample make it no
 * narrower: n is how many were counted, not what they stand for.
 */
#include "detectors/baseline/scorecard.h"

#include "detectors/stats/bins.h"
#include "detectors/stats/life_table.h"
#include "detectors/stats/proportion.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// What a card adds up, in COHORT_UNIT.
typedef struct Sums
{
    const Cohort *names;  // of its first cohort; NULL when there is none
    int64_t presented[BIN_COUNT], waited[BIN_COUNT];
    int64_t outcomes[CARD_OUTCOME_COUNT][2];  // waited, ended
} Sums;

typedef struct Maker
{
    Arena *arena;
    double parcel;                            // how many a parcel stands for on average
    int64_t whole_weeks[CARD_OUTCOME_COUNT];  // that have matured
    Sums levels[SCORE_LEVEL_COUNT];
    double edges[BIN_COUNT + 1];
    Scorecard *items;
    size_t count, capacity;
} Maker;

static int64_t
parcels_of(int64_t sum)
{
    return (sum + COHORT_UNIT / 2) / COHORT_UNIT;
}

static ScoreShare
share_of(const Maker *maker, int64_t count, int64_t of)
{
    const double share = of > 0 ? (double)count / (double)of : (double)NAN;
    const ShareInterval limits =
        proportion_wilson(share, (double)of / COHORT_UNIT / maker->parcel, PROPORTION_Z95);

    return (ScoreShare){.of = parcels_of(of),
        .count = parcels_of(count),
        .share = share,
        .low = limits.low,
        .high = limits.high};
}

static void
tell_transit(const Maker *maker, const Sums *sums, Scorecard *card)
{
    double presented[BIN_COUNT], waited[BIN_COUNT];
    const LifeCounts counts = {
        .bins = BIN_COUNT, .edges = maker->edges, .ended = presented, .waited = waited};
    LifeRow rows[BIN_COUNT];
    int64_t all = 0, there = 0;

    for (int bin = 0; bin < BIN_COUNT; bin++) {
        presented[bin] = (double)sums->presented[bin];
        waited[bin] = (double)sums->waited[bin];
        there += sums->presented[bin];
        all += sums->presented[bin] + sums->waited[bin];
    }
    card->parcels = parcels_of(all);
    card->presented = parcels_of(there);
    life_table(&counts, LIFE_ACTUARIAL, rows);
    for (size_t i = 0; i < SCORE_QUANTILES; i++)
        card->transit_hours[i] = life_table_quantile(&counts, rows, score_quantiles[i]);
}

static void
finish(Maker *maker, ScoreLevel level)
{
    Sums *const sums = &maker->levels[level];
    const Cohort *const names = sums->names;

    if (names == NULL)
        return;

    Scorecard card = {.level = level,
        .carrier = names->carrier,
        .service = level >= SCORE_SERVICE ? names->service : "",
        .origin = level == SCORE_LANE ? names->origin : "",
        .destination = level == SCORE_LANE ? names->destination : "",
        .drift = {.since = DAY_NONE, .usual = NAN}};

    tell_transit(maker, sums, &card);
    for (CardOutcome origin = CARD_STATED; origin <= CARD_DERIVED; origin++) {
        const int64_t *const counts = sums->outcomes[origin];

        card.on_time[origin] = share_of(maker, counts[1], counts[0] + counts[1]);
    }
    card.lost = share_of(maker, sums->outcomes[CARD_LOSS][0],
        sums->outcomes[CARD_LOSS][0] + sums->outcomes[CARD_LOSS][1]);
    if (level != SCORE_LANE || card.parcels >= CARD_LANE_PARCELS)
        ARENA_PUSH(maker, card);
    *sums = (Sums){0};
}

static void
add(const Maker *maker, Sums *sums, const Cohort *cohort)
{
    if (sums->names == NULL)
        sums->names = cohort;
    for (size_t i = 0; i < cohort->bin_count; i++) {
        const int bin = cohort->bins[i];
        const int outcome = bin % CARD_OUTCOME_COUNT;

        if (cohort->part == CARD_TRANSIT) {
            sums->presented[bin] += cohort->ended[i];
            sums->waited[bin] += cohort->waited[i];
        } else if (bin / CARD_OUTCOME_COUNT < maker->whole_weeks[outcome]) {
            sums->outcomes[outcome][0] += cohort->waited[i];
            sums->outcomes[outcome][1] += cohort->ended[i];
        }
    }
}

// The widest level at which a cohort is not of the card at hand; SCORE_LEVEL_COUNT when it belongs to all.
static ScoreLevel
changed(const Maker *maker, const Cohort *cohort)
{
    const Cohort *const at_hand = maker->levels[SCORE_LANE].names;

    if (at_hand == NULL || strcmp(at_hand->carrier, cohort->carrier) != 0)
        return SCORE_CARRIER;
    if (strcmp(at_hand->service, cohort->service) != 0)
        return SCORE_SERVICE;
    return strcmp(at_hand->origin, cohort->origin) != 0 ||
                   strcmp(at_hand->destination, cohort->destination) != 0
               ? SCORE_LANE
               : SCORE_LEVEL_COUNT;
}

static void
finish_from(Maker *maker, ScoreLevel widest)
{
    for (ScoreLevel level = widest; level < SCORE_LEVEL_COUNT; level++)
        finish(maker, level);
}

static int
by_level_and_names(const void *left, const void *right)
{
    const Scorecard *const a = left, *const b = right;
    const char *const names_a[] = {a->carrier, a->service, a->origin, a->destination};
    const char *const names_b[] = {b->carrier, b->service, b->origin, b->destination};
    int order = (int)a->level - (int)b->level;

    for (size_t i = 0; i < 4 && order == 0; i++)
        order = strcmp(names_a[i], names_b[i]);
    return order;
}

// Weeks since the first day whose last day had ended `days` before an instant.
static int64_t
weeks_over(const LearnPlan *plan, Day first, Instant as_of, int32_t days)
{
    // The day of the first instant after as_of: those before it are over.
    const Day today = zone_day(plan->zone, as_of + 1);
    const Day over = today - days - first;

    return over > 0 ? over / 7 : 0;
}

static Maker *
maker_create(Arena *arena, const Learned *learned, const LearnPlan *plan, Day first)
{
    Maker *const maker = ARENA_NEW(arena, Maker);

    *maker = (Maker){.arena = arena, .parcel = learned_weight_of_parcel(learned)};
    maker->whole_weeks[CARD_STATED] = maker->whole_weeks[CARD_DERIVED] =
        weeks_over(plan, first, learned->as_of, 0);
    maker->whole_weeks[CARD_LOSS] =
        weeks_over(plan, first, learned->as_of, plan->loss_horizon_days);
    for (int bin = 0; bin < BIN_COUNT; bin++)
        maker->edges[bin] = bin_edge(bin);
    maker->edges[BIN_COUNT] = INFINITY;
    return maker;
}

Scorecards
scorecards_make(Arena *arena, const Learned *learned, const LearnPlan *plan)
{
    LearnPlan own = *plan;

    own.landmark = learned->landmark;

    const Day first = card_first_day(&own);
    Maker *const maker = maker_create(arena, learned, plan, first);

    for (size_t i = 0; i < learned->cohort_count; i++) {
        const Cohort *const cohort = &learned->cohorts[i];

        if (cohort->kind != COHORT_CARD)
            continue;
        finish_from(maker, changed(maker, cohort));
        for (ScoreLevel level = SCORE_CARRIER; level < SCORE_LEVEL_COUNT; level++)
            add(maker, &maker->levels[level], cohort);
    }
    finish_from(maker, SCORE_CARRIER);
    if (maker->count > 0)
        qsort(maker->items, maker->count, sizeof *maker->items, by_level_and_names);
    return (Scorecards){.as_of = learned->as_of,
        .first_day = first,
        .promised_by = first + (Day)(7 * maker->whole_weeks[CARD_STATED]) - 1,
        .accepted_by = first + (Day)(7 * maker->whole_weeks[CARD_LOSS]) - 1,
        .horizon_days = plan->loss_horizon_days,
        .items = maker->items,
        .count = maker->count};
}
