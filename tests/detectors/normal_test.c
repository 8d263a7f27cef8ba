// What is normal in a network whose habits are known (tests/harness/network.h), taken apart.
#include "detectors/judgement/normal.h"

#include "core/text.h"
#include "tests/harness/network.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define AS_OF (20777 * HOURS_24)  // 2026-11-20 00:00 UTC

static const Baselines *
baselines_of(Arena *arena, size_t shipments)
{
    const LearnPlan *const plan = network_plan(arena, AS_OF);

    assert_non_null(plan);
    return baselines_fit(arena, network_learned(arena, plan, shipments), plan);
}

static Normal
lane_of(const Baselines *baselines, Arena *arena, Milestone milestone, Measure measure)
{
    Normal normal;

    assert_true(normal_describe(
        baselines, "swift", "home", "north", "south", (Stage)milestone, measure, arena, &normal));
    return normal;
}

static double
sum_of_shares(const Normal *normal)
{
    double sum = 0;

    for (size_t i = 0; i < normal->ground_count; i++) {
        assert_true(normal->grounds[i].share >= 0 && normal->grounds[i].share <= 1);
        sum += normal->grounds[i].share;
    }
    return sum;
}

static void
tells_the_known_habits(void **state)
{
    Arena *const arena = arena_create();
    const Baselines *const baselines = baselines_of(arena, 6000);
    const Normal transit = lane_of(baselines, arena, MILESTONE_IN_TRANSIT, MEASURE_MOVE);
    const Normal arrival = lane_of(baselines, arena, MILESTONE_OUT_FOR_DELIVERY, MEASURE_ARRIVE);

    (void)state;
    assert_string_equal(transit.abstained, "");
    assert_string_equal(transit.name, "swift / home / north>south");
    assert_int_equal(transit.level, NORMAL_LANE);
    // Evenly from 10 to 40 h, so 13, 25, 37 h; one in 125 rests days longer, which 99 % meets.
    assert_float_equal(transit.quantiles[0].hours, 13, 1);
    assert_float_equal(transit.quantiles[1].hours, 25, 1.5);
    assert_float_equal(transit.quantiles[2].hours, 37, 1.5);
    assert_true(transit.quantiles[3].hours > 39 && transit.quantiles[3].hours < 120);
    assert_true(transit.never > 0 && transit.never < .01);
    // It works day and night, so the wall clock says the same.
    for (int i = 0; i < NORMAL_DAY_CLASSES - 1; i++)
        assert_float_equal(transit.rates[i], 1, 1e-9);
    assert_float_equal(transit.quantiles[1].calendar_hours, transit.quantiles[1].hours, 1e-6);
    // Evenly from 3 to 13 h.
    assert_float_equal(arrival.quantiles[1].hours, 8, .7);
    arena_destroy(arena);
}

static void
the_example_is_an_ordinary_monday(void **state)
{
    Arena *const arena = arena_create();
    const LearnPlan *const plan = network_plan(arena, AS_OF);
    const Normal normal =
        lane_of(baselines_of(arena, 500), arena, MILESTONE_IN_TRANSIT, MEASURE_MOVE);
    const Day day = zone_day(plan->zone, normal.example);

    (void)state;
    assert_int_equal(day_weekday(day), 0);
    assert_int_equal(zone_hour(plan->zone, normal.example), 10);
    assert_true(normal.example >= AS_OF);
    assert_null(calendar_holiday(plan->calendar, day));
    arena_destroy(arena);
}

// The share that has moved on after so many hours, of those that do: evenly from 10 to 40 h, and 1 in 125 later.
static double
truth(double hours)
{
    return (1 - 1. / 125) * fmin(fmax((hours - 10) / 30, 0), 1);
}

static void
the_band_holds_the_truth(void **state)
{
    Arena *const arena = arena_create();
    const Normal normal =
        lane_of(baselines_of(arena, 3000), arena, MILESTONE_IN_TRANSIT, MEASURE_MOVE);
    size_t within = 0;
    size_t count = 0;

    (void)state;
    assert_true(normal.curve_count > 20);
    for (size_t i = 0; i < normal.curve_count; i++) {
        const NormalPoint *const point = &normal.curve[i];

        assert_true(point->low <= point->moved && point->moved <= point->high);
        assert_true(point->low >= 0 && point->high <= 1);
        assert_true(i == 0 || (point->hours > normal.curve[i - 1].hours &&
                                  point->moved >= normal.curve[i - 1].moved));
        if (point->hours > 12 && point->hours < 38) {
            within += point->low <= truth(point->hours) && truth(point->hours) <= point->high;
            count++;
        }
    }
    assert_true(count > 10);
    assert_true((double)within >= .8 * (double)count);  // its points err together
    arena_destroy(arena);
}

static double
width_at_half(const Normal *normal)
{
    for (size_t i = 0; i < normal->curve_count; i++)
        if (normal->curve[i].moved >= .5)
            return normal->curve[i].high - normal->curve[i].low;
    return NAN;
}

static void
more_parcels_make_it_surer(void **state)
{
    Arena *const arena = arena_create();
    const Normal few = lane_of(baselines_of(arena, 300), arena, MILESTONE_IN_TRANSIT, MEASURE_MOVE);
    const Normal many =
        lane_of(baselines_of(arena, 6000), arena, MILESTONE_IN_TRANSIT, MEASURE_MOVE);

    (void)state;
    // Twenty times as many: about 4.5 times narrower.
    assert_true(width_at_half(&few) / width_at_half(&many) > 2.5);
    assert_true(width_at_half(&few) / width_at_half(&many) < 8);
    arena_destroy(arena);
}

static void
shares_add_up(void **state)
{
    Arena *const arena = arena_create();
    const Baselines *const baselines = baselines_of(arena, 1000);
    Normal normal = lane_of(baselines, arena, MILESTONE_IN_TRANSIT, MEASURE_MOVE);

    (void)state;
    assert_int_equal(normal.ground_count, 4);
    assert_float_equal(sum_of_shares(&normal), 1, 1e-12);
    assert_string_equal(normal.grounds[0].name, "all carriers");
    assert_string_equal(normal.grounds[1].name, "swift");
    assert_string_equal(normal.grounds[2].name, "swift / home");
    // One carrier, one service, one lane: all counted the same gaps.
    for (size_t i = 1; i < 4; i++)
        assert_float_equal(normal.grounds[i].events, normal.grounds[0].events, .5);

    assert_true(normal_describe(
        baselines, "swift", NULL, NULL, NULL, MILESTONE_IN_TRANSIT, MEASURE_MOVE, arena, &normal));
    assert_int_equal(normal.level, NORMAL_CARRIER);
    assert_int_equal(normal.ground_count, 2);
    assert_float_equal(sum_of_shares(&normal), 1, 1e-12);
    arena_destroy(arena);
}

// Parcels of this network pass one hub: of a second one nothing is known, and it is told of as of the first.
static void
a_hub_that_nobody_reached_is_like_the_first(void **state)
{
    Arena *const arena = arena_create();
    const Baselines *const baselines = baselines_of(arena, 500);
    const Normal first = lane_of(baselines, arena, MILESTONE_IN_TRANSIT, MEASURE_MOVE);
    Normal second;

    (void)state;
    assert_true(normal_describe(baselines, "swift", "home", "north", "south",
        stage_of(MILESTONE_IN_TRANSIT, 2), MEASURE_MOVE, arena, &second));
    assert_string_equal(second.abstained, "");
    assert_int_equal(second.milestone, MILESTONE_IN_TRANSIT);
    for (size_t i = 0; i < 4; i++)
        assert_true(
            second.grounds[i].events == first.grounds[i].events && first.grounds[i].events > 0);
    assert_true(second.quantiles[1].hours == first.quantiles[1].hours);
    arena_destroy(arena);
}

static void
parents_answer_for_what_is_not_known(void **state)
{
    static const struct
    {
        const char *carrier, *service, *origin, *destination;
        NormalLevel level;
    } cases[] = {
        {"swift", "home", "north", "mars", NORMAL_SERVICE},
        {"swift", "express", "north", "south", NORMAL_CARRIER},
        {"swift", "express", NULL, NULL, NORMAL_CARRIER},
        {"slow", NULL, NULL, NULL, NORMAL_EVERYBODY},
        {"slow", "home", "north", "south", NORMAL_EVERYBODY},
    };
    Arena *const arena = arena_create();
    const Baselines *const baselines = baselines_of(arena, 500);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Normal normal;

        assert_false(normal_describe(baselines, cases[i].carrier, cases[i].service, cases[i].origin,
            cases[i].destination, MILESTONE_IN_TRANSIT, MEASURE_MOVE, arena, &normal));
        assert_int_equal(normal.level, cases[i].level);
        assert_string_equal(normal.abstained, "");
        assert_float_equal(sum_of_shares(&normal), 1, 1e-12);
    }
    arena_destroy(arena);
}

static void
abstains_in_words(void **state)
{
    Arena *const arena = arena_create();
    Normal normal;

    (void)state;
    normal_describe(baselines_of(arena, 500), "swift", NULL, NULL, NULL, MILESTONE_CUSTOMS,
        MEASURE_MOVE, arena, &normal);
    assert_true(
        text_starts_with(normal.abstained, "too little history after \"in customs\": 0 of"));
    assert_int_equal(normal.curve_count, 0);
    assert_true(isnan(normal.never));
    assert_float_equal(sum_of_shares(&normal), 1, 1e-12);

    // Nothing learned at all.
    normal_describe(baselines_of(arena, 0), "swift", "home", "north", "south", MILESTONE_IN_TRANSIT,
        MEASURE_MOVE, arena, &normal);
    assert_true(text_starts_with(normal.abstained, "too little history"));
    assert_int_equal(normal.level, NORMAL_EVERYBODY);
    arena_destroy(arena);
}

static void
names_what_there_is(void **state)
{
    Arena *const arena = arena_create();
    const Baselines *const baselines = baselines_of(arena, 200);
    size_t count;
    const char *const *names = normal_names(baselines, NULL, NULL, arena, &count);

    (void)state;
    assert_int_equal(count, 1);
    assert_string_equal(names[0], "swift");
    names = normal_names(baselines, "swift", NULL, arena, &count);
    assert_int_equal(count, 1);
    assert_string_equal(names[0], "home");
    names = normal_names(baselines, "swift", "home", arena, &count);
    assert_int_equal(count, 1);
    assert_string_equal(names[0], "north>south");
    normal_names(baselines, "swift", "express", arena, &count);
    assert_int_equal(count, 0);
    normal_names(baselines, "slow", NULL, arena, &count);
    assert_int_equal(count, 0);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_the_known_habits),
        cmocka_unit_test(the_example_is_an_ordinary_monday),
        cmocka_unit_test(the_band_holds_the_truth),
        cmocka_unit_test(more_parcels_make_it_surer),
        cmocka_unit_test(shares_add_up),
        cmocka_unit_test(a_hub_that_nobody_reached_is_like_the_first),
        cmocka_unit_test(parents_answer_for_what_is_not_known),
        cmocka_unit_test(abstains_in_words),
        cmocka_unit_test(names_what_there_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
