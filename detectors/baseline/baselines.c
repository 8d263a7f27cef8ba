/*
 * Baselines as a whole: the order in which their parts are fitted.
 */
#include "detectors/baseline/days.h"
#include "detectors/baseline/tree.h"

#include <math.h>

// Movements that closed in the last days, over all carriers, per night.
static double
closing_a_night(const Learned *learned)
{
    int64_t closed = 0;

    for (size_t i = 0; i < learned->cohort_count; i++) {
        const Cohort *const cohort = &learned->cohorts[i];

        if (cohort->kind == COHORT_RECENT && cohort->measure == MEASURE_MOVE)
            for (size_t k = 0; k < cohort->bin_count; k++)
                closed += cohort->ended[k];
    }
    return (double)closed / COHORT_UNIT / COHORT_RECENT_DAYS;
}

const Baselines *
baselines_fit(Arena *arena, const Learned *learned, const LearnPlan *plan)
{
    Baselines *const baselines = ARENA_NEW(arena, Baselines);
    const double age = zone_day(plan->zone, plan->as_of) - zone_day(plan->zone, learned->landmark);

    *baselines = (Baselines){.plan = plan,
        .clocks = clocks_of_learned(arena, plan, learned),
        .group_index = map_create(arena),
        .lane_index = map_create(arena),
        .pace_index = map_create(arena),
        .groups = {.arena = arena},
        .lanes = {.arena = arena},
        .paces = {.arena = arena},
        .outlooks = outlook_book_create(arena),
        .unit = exp2(-age / plan->half_life_days) / COHORT_UNIT,
        .parcel = learned_weight_of_parcel(learned),
        .closing_a_night = closing_a_night(learned)};
    baselines->days = clocks_days(baselines->clocks);
    baselines->ahead = ahead_make(arena, baselines->days, plan->as_of);
    fit_curves(baselines, learned);
    fit_phases(baselines, learned);
    fit_mix(baselines, learned);
    fit_lanes(baselines, learned);
    fit_slacks(baselines, learned);
    fit_paces(baselines, learned);
    fit_delays(baselines, learned);
    return baselines;
}

double
baselines_closing_a_night(const Baselines *baselines)
{
    return baselines->closing_a_night;
}
