// What goes wrong in the network can be seen in the rows, where and when the simulator says it did.
#include "tests/harness/simulated.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum
{
    PARCELS = 40000,
};

static void
incidents_are_listed_by_start(void **state)
{
    const Simulated *const simulated = *state;
    size_t count;
    const SimulatorIncident *const incidents = simulator_incidents(simulated->simulator, &count);
    int64_t kinds[3] = {0};

    for (size_t i = 0; i < count; i++) {
        assert_true(incidents[i].begin < incidents[i].end);
        if (i > 0)
            assert_true(incidents[i - 1].begin <= incidents[i].begin);
        kinds[incidents[i].kind]++;
    }
    assert_in_range(kinds[SIMULATOR_SLOWDOWN], 4, 20);
    assert_in_range(kinds[SIMULATOR_OUTAGE], 1, 5);
}

static void
check_name(const Seen *seen, void *data)
{
    const char *const name = seen_truth(seen, "incident");
    size_t count;
    const SimulatorIncident *const incidents =
        simulator_incidents(seen->simulated->simulator, &count);

    (void)data;
    for (size_t i = 0; i < count && name[0]; i++)
        if (strcmp(incidents[i].name, name) == 0) {
            assert_string_equal(incidents[i].carrier, seen_shipment(seen, "carrier"));
            return;
        }
    assert_string_equal(name, "");
}

static void
the_truth_names_incidents_that_are_listed(void **state)
{
    simulated_each(*state, check_name, NULL);
}

typedef struct Silence
{
    const SimulatorIncident *outage;
    int64_t before, during_occurred, during_recorded, released;
} Silence;

static void
count_silence(const Seen *seen, void *data)
{
    Silence *const silence = data;
    const SimulatorIncident *const outage = silence->outage;
    const Instant length = outage->end - outage->begin;

    if (strcmp(seen_shipment(seen, "carrier"), outage->carrier) != 0)
        return;
    for (size_t i = 0; i < seen->scan_count; i++) {
        const Instant at = seen_occurred(seen, i);
        const Instant recorded = simulated_instant(SIMULATOR_SCANS, seen->scans[i], "recorded_at");
        silence->before += recorded >= outage->begin - 7 * HOURS_24 &&
                           recorded < outage->begin - 7 * HOURS_24 + length;
        silence->during_recorded += recorded >= outage->begin && recorded < outage->end;
        silence->during_occurred += at >= outage->begin && at < outage->end;
        silence->released += at >= outage->begin && at < outage->end && recorded >= outage->end;
    }
}

// A week before the feed spoke; while it is out people go on scanning and nothing becomes known until its end.
static void
an_outage_silences_a_carrier(void **state)
{
    const Simulated *const simulated = *state;
    size_t count;
    const SimulatorIncident *const incidents = simulator_incidents(simulated->simulator, &count);

    for (size_t i = 0; i < count; i++) {
        Silence silence = {.outage = &incidents[i]};
        if (incidents[i].kind != SIMULATOR_OUTAGE)
            continue;
        simulated_each(simulated, count_silence, &silence);
        assert_true(silence.before > 20);
        assert_true(silence.during_occurred > 20);
        assert_int_equal(silence.during_recorded, 0);
        assert_int_equal(silence.released, silence.during_occurred);
    }
}

typedef struct Waits
{
    const SimulatorIncident *slowdown;
    int64_t usual, usual_long, struck, struck_long;
} Waits;

// Time from arrival at the hub to the next scan anywhere.
static void
count_waits(const Seen *seen, void *data)
{
    Waits *const waits = data;
    const SimulatorIncident *const slowdown = waits->slowdown;

    if (strcmp(seen_shipment(seen, "carrier"), slowdown->carrier) != 0)
        return;
    for (size_t i = 0; i + 1 < seen->scan_count; i++) {
        const char *const place = simulated_field(SIMULATOR_SCANS, seen->scans[i], "place");
        const Instant at = seen_occurred(seen, i);
        const bool too_long = seen_occurred(seen, i + 1) - at > 36 * HOUR;
        if (strcmp(place, slowdown->place) != 0)
            continue;
        if (at >= slowdown->begin && at < slowdown->end - HOURS_24) {
            waits->struck++;
            waits->struck_long += too_long;
        } else if (at < slowdown->begin - 7 * HOURS_24 || at >= slowdown->end) {
            waits->usual++;
            waits->usual_long += too_long;
        }
    }
}

// At hubs where enough parcels were struck, waits beyond 36 hours are at least twice as common.
static void
a_slowdown_holds_parcels_at_its_hub(void **state)
{
    const Simulated *const simulated = *state;
    size_t count, judged = 0;
    const SimulatorIncident *const incidents = simulator_incidents(simulated->simulator, &count);

    for (size_t i = 0; i < count; i++) {
        Waits waits = {.slowdown = &incidents[i]};
        if (incidents[i].kind != SIMULATOR_SLOWDOWN)
            continue;
        simulated_each(simulated, count_waits, &waits);
        if (waits.struck < 30)
            continue;
        judged++;
        assert_true((double)waits.struck_long / (double)waits.struck >
                    2 * (double)waits.usual_long / (double)waits.usual);
    }
    assert_true(judged >= 2);
}

// Minutes as a rule, but a few hours or days late too: what a backtest must not see too early.
static void
count_backfilled(const Seen *seen, void *data)
{
    int64_t *const tally = data;

    if (seen_truth(seen, "incident")[0])
        return;
    for (size_t i = 0; i < seen->scan_count; i++) {
        const Instant late = simulated_instant(SIMULATOR_SCANS, seen->scans[i], "recorded_at") -
                             seen_occurred(seen, i);
        tally[0]++;
        tally[1] += late > 2 * HOUR;
        tally[2] += late > HOURS_24;
    }
}

static void
some_scans_are_recorded_late(void **state)
{
    int64_t tally[3] = {0};

    simulated_each(*state, count_backfilled, tally);
    ASSERT_SHARE(tally[1], tally[0], .015, .06);
    ASSERT_SHARE(tally[2], tally[0], .003, .015);
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
        cmocka_unit_test(incidents_are_listed_by_start),
        cmocka_unit_test(the_truth_names_incidents_that_are_listed),
        cmocka_unit_test(an_outage_silences_a_carrier),
        cmocka_unit_test(a_slowdown_holds_parcels_at_its_hub),
        cmocka_unit_test(some_scans_are_recorded_late),
    };

    return cmocka_run_group_tests(tests, simulate, simulated_tear_down);
}
