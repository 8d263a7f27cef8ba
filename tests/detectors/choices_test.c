/*
 * What is chosen by gaps left out, in worlds where it is known what holds: one service of twelve lanes, too few parcels for
 * classes of them, which are accepted and delivered, and nothing in between.
 */
#include "detectors/judgement/normal.h"
#include "tests/harness/network.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define AS_OF (20777 * HOURS_24)  // 2026-11-20 00:00 UTC

enum
{
    LANES = 12,
    PARCELS = 900
};

// Hours from acceptance to delivery on a lane, 0 to LANES - 1.
typedef double Wait(Dice *dice, size_t lane);

static double
alike(Dice *dice, size_t lane)
{
    (void)lane;
    return 10 + 30 * dice_share(dice);
}

// Every day at the same hour a lorry takes one in ten parcels, on the last lane seven.
static double
by_factor(Dice *dice, size_t lane)
{
    const double taken = .1 + .6 * (double)lane / (LANES - 1);
    double days = 1;

    while (days < 40 && dice_share(dice) > taken)
        days++;
    return 24 * days + dice_share(dice);
}

// Half of the parcels take a third of the other half's time; on the last lane both take twice as long as on the first.
static double
by_stretch(Dice *dice, size_t lane)
{
    const double usual =
        dice_below(dice, 2) == 0 ? 8 + 4 * dice_share(dice) : 24 + 12 * dice_share(dice);

    return (1 + (double)lane / (LANES - 1)) * usual;
}

static Shipment
shipment_of(Arena *arena, Dice *dice, size_t i, Wait *wait, bool rests)
{
    static const char *const names[LANES] = {
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"};
    Scan *const scans = ARENA_ARRAY(arena, Scan, 2);
    const Instant accepted = AS_OF - (Instant)(60 * (double)HOURS_24 * (double)(i + 1) / PARCELS);
    Instant delivered = accepted + (Instant)(wait(dice, i % LANES) * (double)HOUR);
    Shipment shipment = history_blank();

    // Nobody works at the weekend, by UTC: what would come then comes as many days later.
    while (rests && day_weekday((Day)(delivered / HOURS_24)) >= 5)
        delivered += 2 * HOURS_24;
    scans[0] = history_scan(accepted, MILESTONE_ACCEPTED);
    scans[1] = history_scan(delivered, MILESTONE_DELIVERED);
    shipment.carrier = "swift";
    shipment.service = "home";
    shipment.origin_zone = "north";
    shipment.destination_zone = names[i % LANES];
    shipment.created_at = accepted;
    shipment.scans = scans;
    shipment.scan_count = 2;
    return shipment;
}

static NormalChoices
choices_in(Wait *wait, bool rests)
{
    Arena *const arena = arena_create();
    const LearnPlan *const plan = network_plan(arena, AS_OF);
    Shipment *const shipments = ARENA_ARRAY(arena, Shipment, PARCELS);
    ClockCounter *const counter = clock_counter_create(arena, plan);
    Dice dice = {17};
    Normal normal;

    for (size_t i = 0; i < PARCELS; i++) {
        shipments[i] = shipment_of(arena, &dice, i, wait, rests);
        clock_counter_add(counter, &shipments[i]);
    }

    Learner *const learner = learner_create(arena, plan, clock_counter_finish(arena, counter));

    for (size_t i = 0; i < PARCELS; i++)
        learner_add(learner, &shipments[i]);
    normal_describe(baselines_fit(arena, learner_finish(arena, learner), plan), "swift", "home",
        "north", "a", MILESTONE_ACCEPTED, MEASURE_MOVE, arena, &normal);
    assert_string_equal(normal.abstained, "");
    arena_destroy(arena);
    return normal.choices;
}

static void
lanes_bend_as_they_differ(void **state)
{
    (void)state;
    const NormalChoices none = choices_in(alike, false);
    const NormalChoices factor = choices_in(by_factor, false);
    const NormalChoices stretch = choices_in(by_stretch, false);

    assert_int_equal(none.lane_way, LANE_AS_SERVICE);
    assert_true(none.lane_gain == 0);
    assert_int_equal(factor.lane_way, LANE_FACTOR);
    assert_true(factor.lane_gain > 1);
    assert_int_equal(stretch.lane_way, LANE_STRETCH);
    assert_true(stretch.lane_gain > .3);
}

static void
clocks_stand_still_where_nobody_works(void **state)
{
    (void)state;
    const NormalChoices always = choices_in(alike, false);
    const NormalChoices weekdays = choices_in(alike, true);

    assert_false(always.by_clock);
    assert_true(fabs(always.clock_gain) < 1e-9);
    assert_true(weekdays.by_clock);
    assert_true(weekdays.clock_gain > .1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lanes_bend_as_they_differ),
        cmocka_unit_test(clocks_stand_still_where_nobody_works),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
