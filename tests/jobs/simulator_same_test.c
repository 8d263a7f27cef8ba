// The same plan gives the same bytes: everywhere, in any order of work, with any dirt, as of any instant.
#include "core/hash.h"
#include "tests/harness/simulated.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

// The SHA-256 of the three tables together.
static const char *
digest(const SimulatedOutput *output, Arena *arena)
{
    Text all = {.arena = arena};

    for (int i = 0; i < SIMULATOR_TABLE_COUNT; i++)
        text_add_bytes(&all, text_get(&output->tables[i]), output->tables[i].length);
    return text_sha256(arena, all.bytes, all.length);
}

static const char *
digest_of(const SimulatorPlan *plan, Arena *arena)
{
    SimulatedOutput output = simulated_output(arena);

    simulated_write(plan, 0, plan->shipments, true, arena, &output);
    return digest(&output, arena);
}

static SimulatorPlan
small_plan(Arena *arena)
{
    SimulatorPlan plan = simulated_plan(arena, 500);

    plan.dirty_share = .05;
    return plan;
}

static void
same_plan_gives_same_bytes(void **state)
{
    Arena *const arena = *state;
    SimulatorPlan plan = small_plan(arena);
    const char *const once = digest_of(&plan, arena);

    assert_string_equal(digest_of(&plan, arena), once);
    plan.seed = 2;
    assert_string_not_equal(digest_of(&plan, arena), once);
}

// A locale that writes 1,5 for one and a half, if the system has one.
static bool
take_comma_locale(void)
{
    static const char *const NAMES[] = {"fr_FR.UTF-8", "de_DE.UTF-8", "fr_FR.utf8", "de_DE.utf8"};

    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (setlocale(LC_ALL, NAMES[i]))
            return true;
    return false;
}

static void
surroundings_change_nothing(void **state)
{
    Arena *const arena = *state;
    const SimulatorPlan plan = small_plan(arena);
    const char *const once = digest_of(&plan, arena);

    setenv("TZ", "Asia/Kolkata", 1);
    tzset();
    const SimulatorPlan elsewhere = small_plan(arena);
    assert_string_equal(digest_of(&elsewhere, arena), once);
    setenv("TZ", "UTC", 1);
    tzset();
    if (!take_comma_locale())
        print_message("no locale with a decimal comma is installed: that part is skipped\n");
    assert_string_equal(digest_of(&plan, arena), once);
    setlocale(LC_ALL, "C");
}

// Pinned, so that another compiler, processor or library that gives other bytes is noticed. A change of the network
// or of a journey changes it on purpose: then put the new one here.
static void
bytes_are_the_same_on_every_machine(void **state)
{
    Arena *const arena = *state;
    Err err = {0};
    SimulatorPlan plan = small_plan(arena);

    plan.zone = zone_load(arena, "UTC", &err);
    plan.calendar = NULL;
    assert_string_equal(digest_of(&plan, arena),
        "99849da56c06795ef8e4fd4669dabb6cb256bb168246e421d1b757d354493a29");
}

static void
ranges_add_up_to_the_whole(void **state)
{
    Arena *const arena = *state;
    const SimulatorPlan plan = small_plan(arena);
    SimulatedOutput whole = simulated_output(arena);
    SimulatedOutput parts[3] = {
        simulated_output(arena), simulated_output(arena), simulated_output(arena)};

    simulated_write(&plan, 0, INT64_MAX, false, arena, &whole);
    simulated_write(&plan, 137, 200, false, arena, &parts[1]);  // in another order
    simulated_write(&plan, 337, 1000, false, arena, &parts[2]);
    simulated_write(&plan, 0, 137, false, arena, &parts[0]);
    for (int i = 0; i < SIMULATOR_TABLE_COUNT; i++) {
        Text joined = {.arena = arena};
        for (int part = 0; part < 3; part++)
            text_add_bytes(&joined, text_get(&parts[part].tables[i]), parts[part].tables[i].length);
        assert_string_equal(text_get(&joined), text_get(&whole.tables[i]));
    }
}

// A dirtier plan has the same parcels: a parcel without dirt has the same rows in both.
static void
dirt_changes_no_journey(void **state)
{
    Arena *const arena = *state;
    SimulatorPlan plan = small_plan(arena);
    const Simulated dirty = simulated_create(arena, &plan);
    plan.dirty_share = 0;
    const Simulated clean = simulated_create(arena, &plan);
    const SimulatedRows *const dirty_scans = &dirty.tables[SIMULATOR_SCANS];
    const SimulatedRows *const clean_scans = &clean.tables[SIMULATOR_SCANS];
    size_t at = 0, compared = 0;

    assert_true(dirty_scans->count > clean_scans->count);
    for (size_t i = 0; i < clean_scans->count; i++) {
        const char *const id = clean_scans->items[i][0];
        const size_t parcel = (size_t)strtol(id + 1, NULL, 10) - 1;
        const char *const *const truth = dirty.tables[SIMULATOR_TRUTH].items[parcel];
        assert_string_equal(truth[0], id);
        if (simulated_field(SIMULATOR_TRUTH, truth, "dirty")[0])
            continue;
        while (strcmp(dirty_scans->items[at][0], id) != 0)
            at++;
        for (size_t column = 0; column < 10; column++)
            assert_string_equal(dirty_scans->items[at][column], clean_scans->items[i][column]);
        at++;
        compared++;
    }
    assert_true(compared > clean_scans->count / 4);
}

// As it stood: exactly the rows recorded by then, nothing else.
static void
nothing_recorded_later_is_emitted(void **state)
{
    Arena *const arena = *state;
    SimulatorPlan plan = small_plan(arena);
    const Simulated all = simulated_create(arena, &plan);
    assert_true(instant_parse("2026-07-15T12:00:00Z", &plan.known_until));
    const Simulated then = simulated_create(arena, &plan);
    const SimulatedRows *const scans = &all.tables[SIMULATOR_SCANS];
    const SimulatedRows *const shipments = &then.tables[SIMULATOR_SHIPMENTS];
    size_t at = 0, open = 0;

    assert_in_range(shipments->count, 200, 300);
    assert_int_equal(then.tables[SIMULATOR_TRUTH].count, shipments->count);
    for (size_t i = 0; i < shipments->count; i++) {
        const char *const *const row = shipments->items[i];
        assert_true(simulated_instant(SIMULATOR_SHIPMENTS, row, "created_at") <= plan.known_until);
        assert_true(
            simulated_instant(SIMULATOR_SHIPMENTS, row, "cancelled_at") <= plan.known_until);
        const char *const *const truth = then.tables[SIMULATOR_TRUTH].items[i];
        open += simulated_instant(SIMULATOR_TRUTH, truth, "delivered_at") > plan.known_until;
    }
    assert_true(open > 0);  // the truth still says what will happen
    for (size_t i = 0; i < scans->count; i++) {
        if (simulated_instant(SIMULATOR_SCANS, scans->items[i], "recorded_at") > plan.known_until)
            continue;
        assert_true(at < then.tables[SIMULATOR_SCANS].count);
        for (size_t column = 0; column < 10; column++)
            assert_string_equal(
                then.tables[SIMULATOR_SCANS].items[at][column], scans->items[i][column]);
        at++;
    }
    assert_int_equal(at, then.tables[SIMULATOR_SCANS].count);
}

// The first cancelled parcel of a year, the second before it is cancelled and at that second.
static void
a_cancellation_is_known_from_its_instant_on(void **state)
{
    Arena *const arena = *state;
    SimulatorPlan plan = simulated_plan(arena, 5000);
    const Simulated all = simulated_create(arena, &plan);
    const SimulatedRows *const shipments = &all.tables[SIMULATOR_SHIPMENTS];
    Instant cancelled = INSTANT_NONE;
    size_t at = 0;

    while (cancelled == INSTANT_NONE) {
        assert_true(at < shipments->count);
        cancelled = simulated_instant(SIMULATOR_SHIPMENTS, shipments->items[at++], "cancelled_at");
    }
    at--;
    plan.known_until = cancelled - SECOND;
    const Simulated before = simulated_create(arena, &plan);
    plan.known_until = cancelled;
    const Simulated then = simulated_create(arena, &plan);
    const char *const *const early = before.tables[SIMULATOR_SHIPMENTS].items[at];
    const char *const *const late = then.tables[SIMULATOR_SHIPMENTS].items[at];
    assert_string_equal(simulated_field(SIMULATOR_SHIPMENTS, early, "cancelled_at"), "");
    assert_true(simulated_instant(SIMULATOR_SHIPMENTS, late, "cancelled_at") == cancelled);
}

static int
open_arena(void **state)
{
    *state = arena_create();
    return 0;
}

static int
close_arena(void **state)
{
    arena_destroy(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(same_plan_gives_same_bytes),
        TEST(surroundings_change_nothing),
        TEST(bytes_are_the_same_on_every_machine),
        TEST(ranges_add_up_to_the_whole),
        TEST(dirt_changes_no_journey),
        TEST(nothing_recorded_later_is_emitted),
        TEST(a_cancellation_is_known_from_its_instant_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
