// Properties of 20,000 clean parcels of one year: the truth agrees with the scans, and shares are as designed.
#include "tests/harness/simulated.h"

#include "core/milestone.h"
#include "jobs/simulator/network.h"

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

// One parcel with all its rows.
typedef struct Seen
{
    const Simulated *simulated;
    const char *const *shipment, *const *truth;
    const char *const **scans;
    size_t scan_count;
} Seen;

typedef void Visit(const Seen *seen, void *data);

static void
each_parcel(const Simulated *simulated, Visit *visit, void *data)
{
    const SimulatedRows *const shipments = &simulated->tables[SIMULATOR_SHIPMENTS];
    const SimulatedRows *const truth = &simulated->tables[SIMULATOR_TRUTH];
    const SimulatedRows *const scans = &simulated->tables[SIMULATOR_SCANS];
    size_t first = 0;

    assert_int_equal(shipments->count, PARCELS);
    assert_int_equal(truth->count, PARCELS);
    for (size_t i = 0; i < shipments->count; i++) {
        assert_string_equal(shipments->items[i][0], truth->items[i][0]);
        const Seen seen = {
            .simulated = simulated,
            .shipment = shipments->items[i],
            .truth = truth->items[i],
            .scans = scans->items + first,
            .scan_count = simulated_scan_count(simulated, first, shipments->items[i][0]),
        };
        visit(&seen, data);
        first += seen.scan_count;
    }
    assert_int_equal(first, scans->count);
}

static const char *
truth_of(const Seen *seen, const char *column)
{
    return simulated_field(SIMULATOR_TRUTH, seen->truth, column);
}

static const char *
shipment_of(const Seen *seen, const char *column)
{
    return simulated_field(SIMULATOR_SHIPMENTS, seen->shipment, column);
}

static Instant
occurred(const Seen *seen, size_t i)
{
    return simulated_instant(SIMULATOR_SCANS, seen->scans[i], "occurred_at");
}

// What a scan means, by its word or by the carrier's own table of codes.
static Milestone
meaning(const Seen *seen, size_t i)
{
    const char *const word = simulated_field(SIMULATOR_SCANS, seen->scans[i], "milestone");
    const char *const code = simulated_field(SIMULATOR_SCANS, seen->scans[i], "code");
    Milestone milestone = MILESTONE_UNMAPPED;

    if (word[0]) {
        assert_true(milestone_parse(word, &milestone));
        return milestone;
    }
    for (size_t c = 0; c < CARRIER_COUNT; c++)
        for (size_t s = 0; s < STEP_COUNT; s++)
            if (strcmp(NETWORK_CARRIERS[c].id, shipment_of(seen, "carrier")) == 0 &&
                strcmp(NETWORK_CARRIERS[c].wordings[s].code, code) == 0)
                milestone = step_milestone((Step)s);
    assert_true(milestone != MILESTONE_UNMAPPED);
    return milestone;
}

static bool
has(const Seen *seen, Milestone milestone)
{
    for (size_t i = 0; i < seen->scan_count; i++)
        if (meaning(seen, i) == milestone)
            return true;
    return false;
}

static bool
is_lost(const Seen *seen)
{
    return strcmp(truth_of(seen, "lost"), "true") == 0;
}

static void
check_order(const Seen *seen, void *data)
{
    Instant before = simulated_instant(SIMULATOR_SHIPMENTS, seen->shipment, "created_at");

    (void)data;
    assert_true(seen->scan_count >= 1);
    assert_string_equal(truth_of(seen, "dirty"), "");
    for (size_t i = 0; i < seen->scan_count; i++) {
        assert_true(occurred(seen, i) > before);
        before = occurred(seen, i);
        assert_true(simulated_instant(SIMULATOR_SCANS, seen->scans[i], "recorded_at") >= before);
    }
}

static void
scans_of_clean_parcels_ascend(void **state)
{
    each_parcel(*state, check_order, NULL);
}

static void
check_truth(const Seen *seen, void *data)
{
    Instant delivered = INSTANT_NONE, presented = INSTANT_NONE;
    Milestone last_physical = MILESTONE_UNMAPPED;
    const Instant promised = simulated_instant(SIMULATOR_SHIPMENTS, seen->shipment, "promised_at");
    const bool cancelled = shipment_of(seen, "cancelled_at")[0];

    (void)data;
    for (size_t i = 0; i < seen->scan_count; i++) {
        const Milestone milestone = meaning(seen, i);
        if (milestone == MILESTONE_DELIVERED)
            delivered = occurred(seen, i);
        if (milestone_is_presentation(milestone) && presented == INSTANT_NONE)
            presented = occurred(seen, i);
        if (milestone_is_physical(milestone))
            last_physical = milestone;
    }
    assert_true(simulated_instant(SIMULATOR_TRUTH, seen->truth, "delivered_at") == delivered);
    assert_true(simulated_instant(SIMULATOR_TRUTH, seen->truth, "presented_at") == presented);
    const char *const late = promised == INSTANT_NONE || cancelled ? ""
                             : presented == INSTANT_NONE           ? "true"
                             : presented > promised                ? "true"
                                                                   : "false";
    assert_string_equal(truth_of(seen, "late"), late);
    if (cancelled)
        assert_true(last_physical == MILESTONE_UNMAPPED);
    if (is_lost(seen)) {
        assert_true(delivered == INSTANT_NONE);
        assert_string_equal(truth_of(seen, "lost_after"), milestone_name(last_physical));
    } else {
        assert_string_equal(truth_of(seen, "lost_after"), "");
    }
}

static void
truth_agrees_with_scans(void **state)
{
    each_parcel(*state, check_truth, NULL);
}

// A parcel that is not lost ends: delivered or returned, or it was never handed over.
static void
check_end(const Seen *seen, void *data)
{
    const Milestone last = meaning(seen, seen->scan_count - 1);

    (void)data;
    if (is_lost(seen))
        assert_false(milestone_is_final(last));
    else if (seen->scan_count == 1)
        assert_int_equal(last, MILESTONE_ANNOUNCED);
    else
        assert_true(last == MILESTONE_DELIVERED || last == MILESTONE_RETURNED);
}

static void
journeys_end_unless_lost(void **state)
{
    each_parcel(*state, check_end, NULL);
}

typedef struct Tally
{
    int64_t parcels, scans, lost, legs[MILESTONE_COUNT], never, cancelled, attempts, returns, late,
        customs;
} Tally;

static void
count(const Seen *seen, void *data)
{
    Tally *const tally = data;
    Milestone leg = MILESTONE_UNMAPPED;

    tally->parcels++;
    tally->scans += (int64_t)seen->scan_count;
    tally->lost += is_lost(seen);
    if (milestone_parse(truth_of(seen, "lost_after"), &leg))
        tally->legs[leg]++;
    tally->never += !is_lost(seen) && !truth_of(seen, "presented_at")[0];
    tally->cancelled += shipment_of(seen, "cancelled_at")[0] != '\0';
    tally->attempts += has(seen, MILESTONE_ATTEMPT_FAILED);
    tally->returns += has(seen, MILESTONE_RETURNED);
    tally->customs += has(seen, MILESTONE_CUSTOMS_CLEARED);
}

#define ASSERT_SHARE(part, whole, low, high)                                                       \
    assert_true(                                                                                   \
        (double)(part) >= (low) * (double)(whole) && (double)(part) <= (high) * (double)(whole))

static void
shares_are_as_designed(void **state)
{
    Tally tally = {0};

    each_parcel(*state, count, &tally);
    ASSERT_SHARE(tally.scans, tally.parcels, 7.5, 9.5);
    ASSERT_SHARE(tally.lost, tally.parcels, .0035, .0065);
    ASSERT_SHARE(tally.never, tally.parcels, .0015, .0045);
    ASSERT_SHARE(tally.attempts, tally.parcels, .012, .030);
    ASSERT_SHARE(tally.returns, tally.parcels, .005, .015);
    ASSERT_SHARE(tally.customs, tally.parcels, .02, .08);
    assert_true(tally.cancelled > 0 && tally.cancelled < tally.never);
    assert_true(tally.legs[MILESTONE_ACCEPTED] > 5);
    assert_true(tally.legs[MILESTONE_IN_TRANSIT] > 20);
    assert_true(tally.legs[MILESTONE_DELIVERY_DEPOT] > 5);
}

typedef struct Lateness
{
    int64_t calm, calm_late, peak, peak_late, struck, struck_late;
} Lateness;

static void
count_late(const Seen *seen, void *data)
{
    Lateness *const lateness = data;
    const char *const late = truth_of(seen, "late");
    const char *const day = shipment_of(seen, "created_at") + 5;  // "11-25..."
    const bool peak = strncmp(day, "11-24", 5) >= 0 && strncmp(day, "12-22", 5) <= 0;

    if (!late[0])
        return;
    if (strncmp(truth_of(seen, "incident"), "slowdown", 8) == 0) {
        lateness->struck++;
        lateness->struck_late += late[0] == 't';
    } else if (peak) {
        lateness->peak++;
        lateness->peak_late += late[0] == 't';
    } else {
        lateness->calm++;
        lateness->calm_late += late[0] == 't';
    }
}

static void
parcels_are_later_before_christmas_and_in_incidents(void **state)
{
    Lateness lateness = {0};

    each_parcel(*state, count_late, &lateness);
    ASSERT_SHARE(lateness.calm_late, lateness.calm, .03, .06);
    ASSERT_SHARE(lateness.peak_late, lateness.peak, .09, .20);
    assert_true(lateness.struck >= 30);
    ASSERT_SHARE(lateness.struck_late, lateness.struck, .20, .95);
}

// Nobody collects or delivers on Sundays and holidays; on Saturdays only who says so, and only at home.
static void
check_days(const Seen *seen, void *data)
{
    int64_t *const saturdays = data;
    const SimulatorPlan *const plan = &seen->simulated->plan;
    const bool home = strcmp(shipment_of(seen, "destination_country"), "FR") == 0;
    const char *const carrier = shipment_of(seen, "carrier");
    const bool works_saturdays =
        strcmp(carrier, "colissimo") == 0 || strcmp(carrier, "mondialrelay") == 0;

    for (size_t i = 0; i < seen->scan_count; i++) {
        const Milestone milestone = meaning(seen, i);
        const Day day = zone_day(plan->zone, occurred(seen, i));
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

    each_parcel(*state, check_days, &saturdays);
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

    each_parcel(*state, check_promise, &unpromised);
    ASSERT_SHARE(unpromised, PARCELS, .005, .015);
}

static void
check_customs(const Seen *seen, void *data)
{
    const char *const country = shipment_of(seen, "destination_country");
    const bool outside =
        strcmp(country, "CH") == 0 || strcmp(country, "GB") == 0 || strcmp(country, "US") == 0;

    (void)data;
    if (has(seen, MILESTONE_CUSTOMS) || has(seen, MILESTONE_CUSTOMS_HELD))
        assert_true(outside);
    if (outside && truth_of(seen, "delivered_at")[0])
        assert_true(has(seen, MILESTONE_CUSTOMS_CLEARED));
}

static void
customs_see_what_leaves_the_union(void **state)
{
    each_parcel(*state, check_customs, NULL);
}

typedef struct Pace
{
    double hours[2];  // express and relay, sums from acceptance to presentation
    int64_t count[2];
} Pace;

static void
add_pace(const Seen *seen, void *data)
{
    Pace *const pace = data;
    const char *const service = shipment_of(seen, "service");
    const int kind = strcmp(service, "express") == 0 ? 0 : strcmp(service, "relay") == 0 ? 1 : -1;
    const Instant presented = simulated_instant(SIMULATOR_TRUTH, seen->truth, "presented_at");

    if (kind < 0 || presented == INSTANT_NONE)
        return;
    pace->hours[kind] += (double)((presented - occurred(seen, 1)) / HOUR);
    pace->count[kind]++;
}

static void
services_differ(void **state)
{
    Pace pace = {0};

    each_parcel(*state, add_pace, &pace);
    assert_true(pace.count[0] > 1000 && pace.count[1] > 1000);
    const double express = pace.hours[0] / (double)pace.count[0];
    const double relay = pace.hours[1] / (double)pace.count[1];
    assert_true(express * 1.5 < relay);
}

// 61 days each: labels of November and December against those of March and April.
static void
the_season_has_a_peak(void **state)
{
    const Simulated *const simulated = *state;
    const SimulatedRows *const shipments = &simulated->tables[SIMULATOR_SHIPMENTS];
    int64_t spring = 0, winter = 0;
    const char *before = "";

    for (size_t i = 0; i < shipments->count; i++) {
        const char *const created =
            simulated_field(SIMULATOR_SHIPMENTS, shipments->items[i], "created_at");
        assert_true(strcmp(before, created) <= 0);  // ids ascend with the label's instant
        before = created;
        spring += strncmp(created, "2026-03", 7) == 0 || strncmp(created, "2026-04", 7) == 0;
        winter += strncmp(created, "2026-11", 7) == 0 || strncmp(created, "2026-12", 7) == 0;
    }
    assert_true((double)winter > 1.3 * (double)spring);
}

static int
simulate(void **state)
{
    static Simulated simulated;
    Arena *const arena = arena_create();
    const SimulatorPlan plan = simulated_plan(arena, PARCELS);

    simulated = simulated_create(arena, &plan);
    *state = &simulated;
    return 0;
}

static int
forget(void **state)
{
    arena_destroy(((Simulated *)*state)->arena);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scans_of_clean_parcels_ascend),
        cmocka_unit_test(truth_agrees_with_scans),
        cmocka_unit_test(journeys_end_unless_lost),
        cmocka_unit_test(shares_are_as_designed),
        cmocka_unit_test(parcels_are_later_before_christmas_and_in_incidents),
        cmocka_unit_test(nobody_works_on_sundays_and_holidays),
        cmocka_unit_test(promises_are_working_days),
        cmocka_unit_test(customs_see_what_leaves_the_union),
        cmocka_unit_test(services_differ),
        cmocka_unit_test(the_season_has_a_peak),
    };

    return cmocka_run_group_tests(tests, simulate, forget);
}
