#include "tests/harness/sample_normal.h"

#include <math.h>
#include <string.h>

#define LANE "correios / <i>standard</i> / SP>BA"

enum
{
    POINTS = 25
};

static const NormalGround grounds[] = {
    {NORMAL_EVERYBODY, "all carriers", 41200.4, 0},
    {NORMAL_CARRIER, "correios", 18010, .33},
    {NORMAL_SERVICE, "correios / <i>standard</i>", 9021, .55},
    {NORMAL_LANE, LANE, 14.2, .12},
};

// Half of the movers leave every `half` hours.
static const NormalPoint *
curve(Arena *arena, double half, double never)
{
    NormalPoint *const points = ARENA_ARRAY(arena, NormalPoint, POINTS);

    for (int i = 0; i < POINTS; i++) {
        const double moved = (1 - never) * (1 - exp2(-i / half));

        points[i] = (NormalPoint){i, moved, moved * .9, fmin(moved * 1.08, 1 - never)};
    }
    return points;
}

static Normal
normal(Arena *arena, Milestone milestone, double half, double never)
{
    static const double shares[] = {.1, .5, .9, .99};
    Normal result = {.measure = MEASURE_MOVE,
        .milestone = milestone,
        .level = NORMAL_LANE,
        .name = LANE,
        .abstained = "",
        .ground_count = NORMAL_LEVELS,
        .example = (Instant)day_from_civil(2018, 2, 19) * HOURS_24 + 13 * HOUR,
        .never = never,
        .curve = curve(arena, half, never),
        .curve_count = POINTS,
        .rates = {1, .4, .02, .05},
        .factor = .84,
        .stretch = 1,
        .by_start = milestone == MILESTONE_IN_TRANSIT,
        .choices = {.by_clock = true,
            .clock_gain = .12,
            .start_gain = milestone == MILESTONE_IN_TRANSIT ? .532 : .004,
            .lane_way = LANE_FACTOR,
            .lane_gain = .013},
        .tempo = .93};

    memcpy(result.grounds, grounds, sizeof grounds);
    for (size_t i = 0; i < NORMAL_QUANTILES; i++) {
        const double movers = shares[i] / (1 - never);
        const double hours = movers < 1 ? -half * log2(1 - movers) : (double)NAN;

        result.quantiles[i] = (NormalQuantile){shares[i], hours, hours * 1.25};
    }
    return result;
}

const NormalReport *
sample_normal(Arena *arena)
{
    NormalReport *const report = ARENA_NEW(arena, NormalReport);
    Normal *const items = ARENA_ARRAY(arena, Normal, 3);

    items[0] = normal(arena, MILESTONE_IN_TRANSIT, 5, .004);
    items[1] = normal(arena, MILESTONE_OUT_FOR_DELIVERY, 3, .02);
    items[2] = (Normal){.measure = MEASURE_MOVE,
        .milestone = MILESTONE_CUSTOMS,
        .level = NORMAL_LANE,
        .name = LANE,
        .abstained = "too little history after \"in customs\": 3 of the 50 events needed",
        .ground_count = NORMAL_LEVELS,
        .never = NAN};
    memcpy(items[2].grounds, grounds, sizeof grounds);
    *report = (NormalReport){.merchant = "Olist & Filhos",
        .carrier = "correios",
        .service = "<i>standard</i>",
        .lane = "SP>BA",
        .as_of = (Instant)day_from_civil(2018, 2, 16) * HOURS_24,
        .learned_as_of = (Instant)day_from_civil(2018, 2, 15) * HOURS_24,
        .first_day = day_from_civil(2017, 8, 19),
        .last_day = day_from_civil(2018, 2, 14),
        .gaps = 88609,
        .half_life_days = 60,
        .age_days = 46.4,
        .items = items,
        .count = 3};
    return report;
}

const NormalReport *
sample_normal_one(Arena *arena)
{
    NormalReport *const report = ARENA_NEW(arena, NormalReport);

    *report = *sample_normal(arena);
    report->count = 1;
    return report;
}
