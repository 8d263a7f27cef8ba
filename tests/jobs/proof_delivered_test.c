/*
 * P(late) from delivered parcels only: by hand on a few, and against counting them one by one on many.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "jobs/proof/delivered.h"
#include "tests/harness/histories.h"

#include <math.h>

#define T0 (20000 * HOURS_24)

static void
assert_near(double actual, double expected)
{
    if (!(fabs(actual - expected) <= 1e-9))
        fail_msg("%.17g instead of %.17g", actual, expected);
}

static Shipment
parcel(const char *carrier, const char *service, const char *destination)
{
    Shipment shipment = history_blank();

    shipment.carrier = carrier;
    shipment.service = service;
    shipment.origin_zone = "IDF";
    shipment.destination_zone = destination;
    return shipment;
}

// n parcels that took first, first + step, ... hours.
static void
deliver(Delivered *delivered, uint32_t lane, int n, int first, int step)
{
    for (int i = 0; i < n; i++)
        delivered_add(delivered, lane, T0, T0 + (first + i * step) * HOUR);
}

static void
the_share_of_those_that_took_longer(void **state)
{
    Arena *const arena = arena_create();
    Delivered *const delivered = delivered_create(arena);
    const Shipment shipment = parcel("c", "s", "PACA");
    const uint32_t lane = delivered_lane(delivered, &shipment);

    (void)state;
    deliver(delivered, lane, 40, 10, 10);  // 10 to 400 hours

    const DeliveredTimes *const times = delivered_sort(delivered, T0 - HOUR, arena);

    assert_near(delivered_p_late(times, lane, 0, 200), .5);
    // Of the 20 that took longer than 200 hours, 5 took longer than 350.
    assert_near(delivered_p_late(times, lane, 200, 150), .25);
    assert_near(delivered_p_late(times, lane, 0, 400), .001);
    assert_near(delivered_p_late(times, lane, 0, 5), .999);
    assert_near(delivered_p_late(times, lane, 400, 1), .999);
    arena_destroy(arena);
}

static void
the_narrowest_group_with_thirty_speaks(void **state)
{
    Arena *const arena = arena_create();
    Delivered *const delivered = delivered_create(arena);
    const Shipment fat = parcel("c", "s", "PACA"), thin = parcel("c", "s", "BRE"),
                   express = parcel("c", "x", "BRE"), other = parcel("d", "s", "PACA");
    const uint32_t fat_lane = delivered_lane(delivered, &fat);
    const uint32_t thin_lane = delivered_lane(delivered, &thin);
    const uint32_t express_lane = delivered_lane(delivered, &express);
    const uint32_t other_lane = delivered_lane(delivered, &other);

    (void)state;
    assert_int_equal(delivered_lane(delivered, &fat), fat_lane);
    assert_int_not_equal(fat_lane, thin_lane);
    deliver(delivered, fat_lane, 60, 10, 0);
    deliver(delivered, thin_lane, 29, 100, 0);
    deliver(delivered, express_lane, 11, 100, 0);

    const DeliveredTimes *times = delivered_sort(delivered, T0 - HOUR, arena);

    assert_near(delivered_p_late(times, fat_lane, 0, 50), .001);
    assert_near(delivered_p_late(times, thin_lane, 0, 50), 29. / 89);  // service
    assert_near(delivered_p_late(times, express_lane, 0, 50), .4);     // carrier
    assert_near(delivered_p_late(times, fat_lane, 20, 50), 1 - .001);  // slower than its lane
    assert_true(isnan(delivered_p_late(times, other_lane, 0, 50)));
    deliver(delivered, thin_lane, 1, 100, 0);
    assert_near(delivered_p_late(times, thin_lane, 0, 50), 29. / 89);  // as sorted
    times = delivered_sort(delivered, T0 - HOUR, arena);
    assert_near(delivered_p_late(times, thin_lane, 0, 50), .999);
    arena_destroy(arena);
}

static void
what_is_too_old_or_makes_no_sense_does_not_count(void **state)
{
    Arena *const arena = arena_create();
    Delivered *const delivered = delivered_create(arena);
    const Shipment shipment = parcel("c", "s", "PACA");
    const uint32_t lane = delivered_lane(delivered, &shipment);

    (void)state;
    deliver(delivered, lane, 40, 100, 0);
    assert_true(isnan(delivered_p_late(delivered_sort(delivered, T0 + HOUR, arena), lane, 0, 50)));
    delivered_add(delivered, lane, INSTANT_NONE, T0);
    delivered_add(delivered, lane, T0, T0);
    delivered_add(delivered, lane, T0, T0 - HOUR);
    delivered_add(delivered, lane, T0, INSTANT_NONE);
    assert_near(delivered_p_late(delivered_sort(delivered, T0 - HOUR, arena), lane, 0, 50), .999);
    arena_destroy(arena);
}

static void
many_lanes_as_counted_one_by_one(void **state)
{
    enum
    {
        LANES = 7,
        TRIPS = 900
    };
    static const char *const zones[LANES] = {"A", "B", "C", "D", "E", "F", "G"};
    Arena *const arena = arena_create();
    Delivered *const delivered = delivered_create(arena);
    Dice dice = {42};
    uint32_t lanes[LANES], lane_of[TRIPS];
    double hours[TRIPS];

    (void)state;
    for (int i = 0; i < LANES; i++) {
        const Shipment shipment = parcel("c", "s", zones[i]);

        lanes[i] = delivered_lane(delivered, &shipment);
    }
    for (int i = 0; i < TRIPS; i++) {
        const int64_t took = 1 + dice_below(&dice, 300);

        lane_of[i] = lanes[dice_below(&dice, LANES)];
        hours[i] = (double)took;
        delivered_add(delivered, lane_of[i], T0 + i * MINUTE, T0 + i * MINUTE + took * HOUR);
    }

    const DeliveredTimes *const times = delivered_sort(delivered, T0 - HOUR, arena);

    for (int asked = 0; asked < 500; asked++) {
        const uint32_t lane = lanes[dice_below(&dice, LANES)];
        const double waited = (double)dice_below(&dice, 200), left = (double)dice_below(&dice, 90);
        int longer = 0, late = 0;

        for (int i = 0; i < TRIPS; i++) {
            longer += lane_of[i] == lane && hours[i] > waited;
            late += lane_of[i] == lane && hours[i] > waited + left;
        }

        const double share = (double)late / (double)longer;

        assert_true(longer > 0);
        assert_near(delivered_p_late(times, lane, waited, left), fmin(fmax(share, .001), .999));
    }
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_share_of_those_that_took_longer),
        cmocka_unit_test(the_narrowest_group_with_thirty_speaks),
        cmocka_unit_test(what_is_too_old_or_makes_no_sense_does_not_count),
        cmocka_unit_test(many_lanes_as_counted_one_by_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
