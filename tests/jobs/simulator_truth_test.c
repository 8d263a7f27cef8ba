// Every clean parcel of a year: the truth agrees with the scans, and people work when they work.
#include "tests/harness/simulated.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum
{
    PARCELS = 20000,
};

static void
check_order(const Seen *seen, void *data)
{
    Instant before = simulated_instant(SIMULATOR_SHIPMENTS, seen->shipment, "created_at");

    (void)data;
    assert_true(seen->scan_count >= 1);
    assert_string_equal(seen_truth(seen, "dirty"), "");
    for (size_t i = 0; i < seen->scan_count; i++) {
        assert_true(seen_occurred(seen, i) > before);
        before = seen_occurred(seen, i);
        assert_true(simulated_instant(SIMULATOR_SCANS, seen->scans[i], "recorded_at") >= before);
    }
}

static void
scans_of_clean_parcels_ascend(void **state)
{
    simulated_each(*state, check_order, NULL);
}

static void
check_truth(const Seen *seen, void *data)
{
    Instant delivered = INSTANT_NONE, presented = INSTANT_NONE;
    Milestone last_physical = MILESTONE_UNMAPPED;
    const Instant promised = simulated_instant(SIMULATOR_SHIPMENTS, seen->shipment, "promised_at");
    const bool cancelled = seen_shipment(seen, "cancelled_at")[0];

    (void)data;
    for (size_t i = 0; i < seen->scan_count; i++) {
        const Milestone milestone = seen_meaning(seen, i);
        if (milestone == MILESTONE_DELIVERED)
            delivered = seen_occurred(seen, i);
        if (milestone_is_presentation(milestone) && presented == INSTANT_NONE)
            presented = seen_occurred(seen, i);
        if (milestone_is_physical(milestone))
            last_physical = milestone;
    }
    assert_true(simulated_instant(SIMULATOR_TRUTH, seen->truth, "delivered_at") == delivered);
    assert_true(simulated_instant(SIMULATOR_TRUTH, seen->truth, "presented_at") == presented);
    const char *const late = promised == INSTANT_NONE || cancelled ? ""
                             : presented == INSTANT_NONE           ? "true"
                             : presented > promised                ? "true"
                                                                   : "false";
    assert_string_equal(seen_truth(seen, "late"), late);
    if (cancelled)
        assert_true(last_physical == MILESTONE_UNMAPPED);
    if (seen_lost(seen)) {
        assert_true(delivered == INSTANT_NONE);
        assert_string_equal(seen_truth(seen, "lost_after"), milestone_name(last_physical));
    } else {
        assert_string_equal(seen_truth(seen, "lost_after"), "");
    }
}

static void
truth_agrees_with_scans(void **state)
{
    simulated_each(*state, check_truth, NULL);
}

// A parcel that is not lost ends: delivered or returned, or it was never handed over.
static void
check_end(const Seen *seen, void *data)
{
    const Milestone last = seen_meaning(seen, seen->scan_count - 1);

    (void)data;
    if (seen_lost(seen))
        assert_false(milestone_is_final(last));
    else if (seen->scan_count == 1)
        assert_int_equal(last, MILESTONE_ANNOUNCED);
    else
        assert_true(last == MILESTONE_DELIVERED || last == MILESTONE_RETURNED);
}

static void
journeys_end_unless_lost(void **state)
{
    simulated_each(*state, check_end, NULL);
}

// Nobody collects or delivers on Sundays and holidays; on Saturdays only who says so, and only at home.
static void
check_days(const Seen *seen, void *data)
{
    int64_t *const saturdays = data;
    const SimulatorPlan *const plan = &seen->simulated->plan;
    const bool home = strcmp(seen_shipment(seen, "destination_country"), "FR") == 0;
    const char *const carrier = seen_shipment(seen, "carrier");
    const bool works_saturdays =
        strcmp(carrier, "colissimo") == 0 || strcmp(carrier, "mondialrelay") == 0;

    for (size_t i = 0; i < seen->scan_count; i++) {
        const Milestone milestone = seen_meaning(seen, i);
        const Day day = zone_day(plan->zone, seen_occurred(seen, i));
        const DayClass class = calendar_day_class(plan->calendar, day);
        if (milestone != MILESTONE_ACCEPTED && milestone != MILESTONE_OUT_FOR_DELIVERY &&
            milestone != MILESTONE_DELIVERED && milestone != MILESTONE_ATTEMPT_FAILED)
            continue;
        assert_true(class == DAY_WORKING || class == DAY_SATURDAY);
        if (milestone == MILESTONE_ACCEPTED)
            assert_true(class == DAY_WORKING);
        if (milestone == MILESTONE_OUT_FOR_DELIVERY && class == DAY_SATURDAY) {
            assert_true(home && works_saturdays);
            ++*saturdays;
        }
    }
}

static void
nobody_works_on_sundays_and_holidays(void **state)
{
    int64_t saturdays = 0;

    simulated_each(*state, check_days, &saturdays);
    ASSERT_SHARE(saturdays, PARCELS, .03, .15);
}

// The promise is the last second of a working day at most a fortnight or so after the label.
static void
check_promise(const Seen *seen, void *data)
{
    const SimulatorPlan *const plan = &seen->simulated->plan;
    const Instant promised = simulated_instant(SIMULATOR_SHIPMENTS, seen->shipment, "promised_at");
    const Instant created = simulated_instant(SIMULATOR_SHIPMENTS, seen->shipment, "created_at");

    if (promised == INSTANT_NONE) {
        ++*(int64_t *)data;
        return;
    }
    const Day day = zone_day(plan->zone, promised);
    assert_true(promised == zone_day_start(plan->zone, day + 1) - SECOND);
    assert_int_equal(calendar_day_class(plan->calendar, day), DAY_WORKING);
    assert_true(day > zone_day(plan->zone, created));
    assert_true(day < zone_day(plan->zone, created) + 25);
}

static void
promises_are_working_days(void **state)
{
    int64_t unpromised = 0;

    simulated_each(*state, check_promise, &unpromised);
    ASSERT_SHARE(unpromised, PARCELS, .005, .015);
}

static void
check_customs(const Seen *seen, void *data)
{
    const char *const country = seen_shipment(seen, "destination_country");
    const bool outside =
        strcmp(country, "CH") == 0 || strcmp(country, "GB") == 0 || strcmp(country, "US") == 0;

    (void)data;
    if (seen_has(seen, MILESTONE_CUSTOMS) || seen_has(seen, MILESTONE_CUSTOMS_HELD))
        assert_true(outside);
    if (outside && seen_truth(seen, "delivered_at")[0])
        assert_true(seen_has(seen, MILESTONE_CUSTOMS_CLEARED));
}

static void
customs_see_what_leaves_the_union(void **state)
{
    simulated_each(*state, check_customs, NULL);
}

typedef struct Mishaps
{
    int64_t damaged, sent_back, circled, handed;
} Mishaps;

// How often the parcel's scans name one place after another one.
static int
arrivals(const Seen *seen, const char *place)
{
    int count = 0;
    bool there = false;

    for (size_t i = 0; i < seen->scan_count; i++) {
        const bool now =
            strcmp(simulated_field(SIMULATOR_SCANS, seen->scans[i], "place"), place) == 0;

        count += now && !there && seen_meaning(seen, i) == MILESTONE_IN_TRANSIT;
        there = now;
    }
    return count;
}

static void
count_mishaps(const Seen *seen, void *data)
{
    Mishaps *const mishaps = data;
    const bool asked =
        seen_has(seen, MILESTONE_REFUSED) || seen_has(seen, MILESTONE_AVAILABLE_FOR_PICKUP);
    int most = 0;

    for (size_t i = 0; i < seen->scan_count; i++) {
        const int count = arrivals(seen, simulated_field(SIMULATOR_SCANS, seen->scans[i], "place"));

        most = count > most ? count : most;
    }
    mishaps->damaged += seen_has(seen, MILESTONE_DAMAGED);
    mishaps->sent_back += seen_has(seen, MILESTONE_RETURNED) && !asked;
    mishaps->circled += most >= 3;
    mishaps->handed += seen_lost(seen) && strcmp(simulated_field(SIMULATOR_SCANS,
                                                     seen->scans[seen->scan_count - 1], "text"),
                                              "Remis au partenaire") == 0;
}

// Some 15 in 10,000, a third of each kind; of those lost abroad a few before the other carrier saw them.
static void
mishaps_are_there_and_rare(void **state)
{
    Mishaps mishaps = {0};

    simulated_each(*state, count_mishaps, &mishaps);
    assert_in_range(mishaps.damaged, 2, 25);
    assert_in_range(mishaps.sent_back, 2, 25);
    assert_in_range(mishaps.circled, 2, 25);
    assert_in_range(mishaps.handed, 1, 10);
}

static int
simulate(void **state)
{
    return simulated_set_up(state, PARCELS, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scans_of_clean_parcels_ascend),
        cmocka_unit_test(truth_agrees_with_scans),
        cmocka_unit_test(journeys_end_unless_lost),
        cmocka_unit_test(nobody_works_on_sundays_and_holidays),
        cmocka_unit_test(promises_are_working_days),
        cmocka_unit_test(customs_see_what_leaves_the_union),
        cmocka_unit_test(mishaps_are_there_and_rare),
    };

    return cmocka_run_group_tests(tests, simulate, simulated_tear_down);
}
