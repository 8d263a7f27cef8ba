// What a year of parcels adds up to: losses, delays, returns, seasons, services.
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

typedef struct Tally
{
    int64_t parcels, scans, day_late, lost, legs[MILESTONE_COUNT], never, cancelled, attempts,
        returns, late, customs;
} Tally;

static void
count(const Seen *seen, void *data)
{
    Tally *const tally = data;
    Milestone leg = MILESTONE_UNMAPPED;

    tally->parcels++;
    tally->scans += (int64_t)seen->scan_count;
    for (size_t i = 0; i < seen->scan_count; i++) {
        const Instant known = simulated_instant(SIMULATOR_SCANS, seen->scans[i], "recorded_at");

        tally->day_late += known != INSTANT_NONE && known - seen_occurred(seen, i) > HOURS_24;
    }
    tally->lost += seen_lost(seen);
    if (milestone_parse(seen_truth(seen, "lost_after"), &leg))
        tally->legs[leg]++;
    tally->never += !seen_lost(seen) && !seen_truth(seen, "presented_at")[0];
    tally->cancelled += seen_shipment(seen, "cancelled_at")[0] != '\0';
    tally->attempts += seen_has(seen, MILESTONE_ATTEMPT_FAILED);
    tally->returns += seen_has(seen, MILESTONE_RETURNED);
    tally->customs += seen_has(seen, MILESTONE_CUSTOMS_CLEARED);
}

static void
shares_are_as_designed(void **state)
{
    Tally tally = {0};

    simulated_each(*state, count, &tally);
    ASSERT_SHARE(tally.scans, tally.parcels, 7.5, 9.5);
    ASSERT_SHARE(tally.day_late, tally.scans, .004, .015);
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
    const char *const late = seen_truth(seen, "late");
    const char *const day = seen_shipment(seen, "created_at") + 5;  // "11-25..."
    const bool peak = strncmp(day, "11-24", 5) >= 0 && strncmp(day, "12-22", 5) <= 0;

    if (!late[0])
        return;
    if (strncmp(seen_truth(seen, "incident"), "slowdown", 8) == 0) {
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

    simulated_each(*state, count_late, &lateness);
    ASSERT_SHARE(lateness.calm_late, lateness.calm, .03, .06);
    ASSERT_SHARE(lateness.peak_late, lateness.peak, .09, .20);
    assert_true(lateness.struck >= 30);
    ASSERT_SHARE(lateness.struck_late, lateness.struck, .20, .95);
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
    const char *const service = seen_shipment(seen, "service");
    const int kind = strcmp(service, "express") == 0 ? 0 : strcmp(service, "relay") == 0 ? 1 : -1;
    const Instant presented = simulated_instant(SIMULATOR_TRUTH, seen->truth, "presented_at");

    if (kind < 0 || presented == INSTANT_NONE)
        return;
    pace->hours[kind] += (double)((presented - seen_occurred(seen, 1)) / HOUR);
    pace->count[kind]++;
}

static void
services_differ(void **state)
{
    Pace pace = {0};

    simulated_each(*state, add_pace, &pace);
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
    return simulated_set_up(state, PARCELS, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_as_designed),
        cmocka_unit_test(parcels_are_later_before_christmas_and_in_incidents),
        cmocka_unit_test(services_differ),
        cmocka_unit_test(the_season_has_a_peak),
    };

    return cmocka_run_group_tests(tests, simulate, simulated_tear_down);
}
