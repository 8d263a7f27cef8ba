/*
 * Scorecards, against what can be counted by hand. As of midnight after Monday 2026-04-20 in Paris, a horizon of 10 days, parcels
 * accepted since Monday 2026-02-23: the window of learning begins no earlier.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/baseline/scorecard.h"
#include "tests/harness/histories.h"
#include "tests/harness/learning.h"

#include <math.h>
#include <string.h>

#define MOST 400

typedef struct Parcels
{
    Learning *f;
    Shipment items[MOST];
    Scan scans[MOST][2];
    size_t count;
} Parcels;

static Parcels *
parcels_of(Learning *f)
{
    Parcels *const parcels = ARENA_NEW(f->arena, Parcels);

    parcels->f = f;
    return parcels;
}

// Accepted at a time, and after so many hours (0: not) a second scan.
static Shipment *
add(Parcels *parcels, const char *accepted, int64_t hours, Milestone milestone)
{
    Scan *const scans = parcels->scans[parcels->count];
    Shipment *const shipment = &parcels->items[parcels->count++];

    *shipment = history_blank();
    shipment->carrier = "alpha";
    shipment->service = "home";
    shipment->origin_zone = "IDF";
    shipment->destination_zone = "ARA";
    shipment->created_at = learning_instant(accepted);
    scans[0] = history_scan(learning_instant(accepted), MILESTONE_ACCEPTED);
    scans[1] = history_scan(learning_instant(accepted) + hours * HOUR, milestone);
    shipment->scans = scans;
    shipment->scan_count = hours > 0 ? 2 : 1;
    return shipment;
}

static void
promise(Shipment *shipment, const char *at, PromiseOrigin origin)
{
    shipment->promised_at = learning_instant(at);
    shipment->promise_origin = origin;
}

static Scorecards
cards_of(Parcels *parcels)
{
    Learning *const f = parcels->f;
    const Learned *const learned = learning_sums(
        f, learning_clocks(f, parcels->items, parcels->count), parcels->items, parcels->count);

    return scorecards_make(f->arena, learned, &f->plan);
}

static void
days_are_those_of_the_window(void **state)
{
    Learning *const f = *state;
    const Scorecards cards = cards_of(parcels_of(f));

    assert_string_equal(day_print(f->arena, cards.first_day), "2026-02-23");
    assert_string_equal(day_print(f->arena, cards.promised_by), "2026-04-19");
    assert_string_equal(day_print(f->arena, cards.accepted_by), "2026-04-05");
    assert_int_equal(cards.count, 0);

    // With a longer memory, from the Monday before the first of the month three months before.
    f->plan.window_days = 365;
    f->plan.landmark = learning_instant("2026-03-31T22:00:00Z");
    assert_string_equal(day_print(f->arena, card_first_day(&f->plan)), "2025-12-29");
}

static void
promises_count_once_their_week_is_over(void **state)
{
    Parcels *const parcels = parcels_of(*state);

    promise(add(parcels, "2026-04-06T10:00:00Z", 48, MILESTONE_DELIVERED), "2026-04-08T21:59:59Z",
        PROMISE_STATED);
    promise(add(parcels, "2026-04-06T10:00:00Z", 72, MILESTONE_DELIVERED), "2026-04-08T21:59:59Z",
        PROMISE_STATED);
    promise(add(parcels, "2026-04-06T10:00:00Z", 72, MILESTONE_ATTEMPT_FAILED),
        "2026-04-10T21:59:59Z", PROMISE_STATED);
    promise(add(parcels, "2026-04-16T10:00:00Z", 0, MILESTONE_UNMAPPED), "2026-04-18T21:59:59Z",
        PROMISE_DERIVED);
    // Kept already, but the others of its week cannot have failed yet.
    promise(add(parcels, "2026-04-06T10:00:00Z", 48, MILESTONE_DELIVERED), "2026-04-22T21:59:59Z",
        PROMISE_STATED);
    // Nobody's word, and one that came too late to be kept.
    promise(add(parcels, "2026-04-06T10:00:00Z", 48, MILESTONE_DELIVERED), "2026-04-08T21:59:59Z",
        PROMISE_LEARNED);
    promise(add(parcels, "2026-04-06T10:00:00Z", 48, MILESTONE_DELIVERED), "2026-04-05T21:59:59Z",
        PROMISE_STATED);
    // Called off before it could be broken.
    promise(add(parcels, "2026-04-06T10:00:00Z", 0, MILESTONE_UNMAPPED), "2026-04-10T21:59:59Z",
        PROMISE_STATED);
    parcels->items[parcels->count - 1].cancelled_at = learning_instant("2026-04-07T10:00:00Z");

    const Scorecards cards = cards_of(parcels);
    const Scorecard *const card = scorecards_carrier(&cards, "alpha");

    assert_non_null(card);
    assert_int_equal(card->parcels, 8);
    assert_int_equal(card->on_time[PROMISE_STATED].of, 3);
    assert_int_equal(card->on_time[PROMISE_STATED].count, 2);
    assert_int_equal(card->on_time[PROMISE_DERIVED].of, 1);
    assert_int_equal(card->on_time[PROMISE_DERIVED].count, 0);
    // Wilson's limits of 2 in 3, as R's prop.test(2, 3, correct = FALSE) prints them.
    assert_true(fabs(card->on_time[PROMISE_STATED].low - 0.2076596) < 1e-6);
    assert_true(fabs(card->on_time[PROMISE_STATED].high - 0.9385081) < 1e-6);
}

static void
a_parcel_is_lost_when_its_time_is_up(void **state)
{
    Parcels *const parcels = parcels_of(*state);

    add(parcels, "2026-03-10T10:00:00Z", 48, MILESTONE_DELIVERED);
    add(parcels, "2026-03-10T10:00:00Z", 0, MILESTONE_UNMAPPED);
    add(parcels, "2026-03-10T10:00:00Z", 300, MILESTONE_DELIVERED);  // too late
    add(parcels, "2026-03-10T10:00:00Z", 48, MILESTONE_RETURNED);
    add(parcels, "2026-03-10T10:00:00Z", 48, MILESTONE_DESTROYED);
    add(parcels, "2026-04-06T10:00:00Z", 0, MILESTONE_UNMAPPED);  // of a week too young
    add(parcels, "2026-02-20T10:00:00Z", 0, MILESTONE_UNMAPPED);  // accepted before the first day
    add(parcels, "2026-03-10T10:00:00Z", 0, MILESTONE_UNMAPPED)->cancelled_at =
        learning_instant("2026-03-12T10:00:00Z");

    const Scorecards cards = cards_of(parcels);
    const Scorecard *const card = scorecards_carrier(&cards, "alpha");

    assert_non_null(card);
    assert_int_equal(card->lost.of, 5);
    assert_int_equal(card->lost.count, 3);
}

// A carrier that gets slower has its slow parcels on their way still. Of those that arrived half took one day; of all, a
// third is still out after at least two.
static void
parcels_on_their_way_count_in_transit_times(void **state)
{
    Parcels *const parcels = parcels_of(*state);

    for (int i = 0; i < 30; i++)
        add(parcels, "2026-04-14T10:00:00Z", 23, MILESTONE_DELIVERED);
    for (int i = 0; i < 30; i++)
        add(parcels, "2026-04-14T10:00:00Z", 47, MILESTONE_DELIVERED);
    for (int i = 0; i < 30; i++)
        add(parcels, "2026-04-17T10:00:00Z", 0, MILESTONE_UNMAPPED);
    // Accepted nobody knows when.
    Shipment *const unseen = add(parcels, "2026-04-14T10:00:00Z", 47, MILESTONE_DELIVERED);

    unseen->scans++;
    unseen->scan_count = 1;

    const Scorecards cards = cards_of(parcels);
    const Scorecard *const card = scorecards_carrier(&cards, "alpha");

    assert_non_null(card);
    assert_int_equal(card->parcels, 90);
    assert_int_equal(card->presented, 60);
    assert_true(card->transit_hours[0] > 46 && card->transit_hours[0] < 48);
    assert_true(isnan(card->transit_hours[1]) && isnan(card->transit_hours[2]));
}

static void
lanes_add_up_to_services_and_carriers(void **state)
{
    Parcels *const parcels = parcels_of(*state);
    static const char *const carriers[] = {"alpha", "beta"}, *const services[] = {"home", "relay"},
                             *const zones[] = {"ARA", "BRE", "OCC"};

    for (int i = 0; i < 360; i++) {
        Shipment *const shipment =
            add(parcels, "2026-03-10T10:00:00Z", i % 9 == 0 ? 0 : 24 + i % 30, MILESTONE_DELIVERED);

        shipment->carrier = carriers[i % 2];
        shipment->service = services[i / 2 % 2];
        shipment->destination_zone = zones[i / 4 % 3];
    }
    add(parcels, "2026-03-10T10:00:00Z", 24, MILESTONE_DELIVERED)->destination_zone = "PAC";

    const Scorecards cards = cards_of(parcels);
    int64_t parcels_at[SCORE_LEVEL_COUNT] = {0}, lost_at[SCORE_LEVEL_COUNT] = {0};

    for (size_t i = 0; i < cards.count; i++) {
        const Scorecard *const card = &cards.items[i];

        parcels_at[card->level] += card->parcels;
        lost_at[card->level] += card->lost.count;
        assert_true(i == 0 || card->level >= cards.items[i - 1].level);
        assert_true((card->level == SCORE_LANE) == (card->origin[0] != '\0'));
    }
    assert_int_equal(cards.count, 2 + 4 + 12);  // not the lane of one parcel
    assert_int_equal(parcels_at[SCORE_CARRIER], 361);
    assert_int_equal(parcels_at[SCORE_SERVICE], 361);
    assert_int_equal(parcels_at[SCORE_LANE], 360);
    for (int level = 0; level < SCORE_LEVEL_COUNT; level++)
        assert_int_equal(lost_at[level], 40);
}

// A sample of one in ten tells the same share, but is no surer than what was seen.
static void
a_sample_is_no_surer_than_what_was_seen(void **state)
{
    Learning *const f = *state;
    Scorecards cards[2];

    for (int sample = 0; sample < 2; sample++) {
        Parcels *const parcels = parcels_of(f);

        for (int i = 0; i < 50; i++)
            add(parcels, "2026-03-10T10:00:00Z", i % 10 == 0 ? 0 : 30, MILESTONE_DELIVERED)
                ->sample_weight = sample ? 10 : 1;
        cards[sample] = cards_of(parcels);
    }
    assert_int_equal(cards[1].items[0].lost.of, 500);
    assert_int_equal(cards[1].items[0].lost.count, 50);
    assert_true(fabs(cards[0].items[0].lost.low - cards[1].items[0].lost.low) < 1e-9);
    assert_true(fabs(cards[0].items[0].lost.high - cards[1].items[0].lost.high) < 1e-9);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, learning_setup, learning_teardown)
    const struct CMUnitTest tests[] = {
        TEST(days_are_those_of_the_window),
        TEST(promises_count_once_their_week_is_over),
        TEST(a_parcel_is_lost_when_its_time_is_up),
        TEST(parcels_on_their_way_count_in_transit_times),
        TEST(lanes_add_up_to_services_and_carriers),
        TEST(a_sample_is_no_surer_than_what_was_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
