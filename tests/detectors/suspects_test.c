/*
 * Which of overlapping groups is told: made-up nights of one carrier of two services whose lanes all begin at one gate and end at
 * places of their own, eight of each, thirty parcels a night at every place of a lane, of which 27 usually move on.
 */
#include "detectors/incidents/suspects.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum
{
    LANES = 8,
    PARCELS = 30,
    USUAL = 27,
    SLOW = 17,
    NIGHTS = 21,
};

static const NightDay day = {.weekday = 2};

static FlowCell
cell_of(Arena *arena, int lane, const char *place, int moved)
{
    FlowCell cell = {.carrier = "c",
        .service = lane % 2 ? "home" : "relay",
        .lane = arena_printf(arena, "N>%d", lane),
        .place = arena_copy(arena, place),
        .observed = moved,
        .expected = USUAL};

    for (int i = 0; i < PARCELS; i++)
        pace_add(&cell.pace, pace_trial(i < moved, (double)USUAL / PARCELS));
    return cell;
}

// A night on which so many of the parcels at the gate moved on, and so many of those at each end.
static Groups
night_of(Arena *arena, int at_gate, int at_ends, const GroupPast *history, size_t history_count)
{
    FlowCell *const cells = ARENA_ARRAY(arena, FlowCell, 2 * LANES);

    for (int i = 0; i < LANES; i++) {
        cells[2 * i] = cell_of(arena, i, "gate", at_gate);
        cells[2 * i + 1] = cell_of(arena, i, arena_printf(arena, "end %d", i), at_ends);
    }
    return groups_make(arena, 0, day, cells, 2 * (size_t)LANES, history, history_count);
}

static bool
nobody_is_silent(const char *carrier, const void *data)
{
    (void)carrier;
    (void)data;
    return false;
}

// Calm nights, then one on which so many moved on.
static const FlowGroup *const *
told_of(Arena *arena, int at_gate, int at_ends, size_t *count)
{
    const Groups calm = night_of(arena, USUAL, USUAL, NULL, 0);
    GroupPast *const history = ARENA_ARRAY(arena, GroupPast, NIGHTS * calm.count);
    Flow *const flows = ARENA_ARRAY(arena, Flow, NIGHTS * calm.count);
    size_t used = 0;

    for (int night = NIGHTS; night > 0; night--)
        for (size_t i = 0; i < calm.count; i++, used++) {
            flows[used] = group_flow(&calm.items[i]);
            flows[used].as_of = -night * HOURS_24;
            history[used] = (GroupPast){.flow = &flows[used], .day = day};
        }

    Groups *const groups = ARENA_NEW(arena, Groups);

    *groups = night_of(arena, at_gate, at_ends, history, used);
    return suspects_find(arena, groups, nobody_is_silent, NULL, count);
}

static void
one_is_told(int at_gate, int at_ends, IncidentKind kind, const char *name)
{
    Arena *const arena = arena_create();
    size_t count;
    const FlowGroup *const *const told = told_of(arena, at_gate, at_ends, &count);

    assert_int_equal(count, 1);
    assert_int_equal(told[0]->kind, kind);
    assert_string_equal(told[0]->name, name);
    arena_destroy(arena);
}

static void
a_calm_night_tells_nothing(void **state)
{
    Arena *const arena = arena_create();
    size_t count;

    (void)state;
    told_of(arena, USUAL, USUAL, &count);
    assert_int_equal(count, 0);
    arena_destroy(arena);
}

// Behind the gate all lanes are slow, and so is the carrier.
static void
the_gate_of_all_lanes_is_told_and_not_its_carrier(void **state)
{
    (void)state;
    one_is_told(SLOW, USUAL, INCIDENT_HUB, "gate");
}

static void
what_is_slow_everywhere_is_the_carrier(void **state)
{
    (void)state;
    one_is_told(SLOW, SLOW, INCIDENT_CARRIER, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_calm_night_tells_nothing),
        cmocka_unit_test(the_gate_of_all_lanes_is_told_and_not_its_carrier),
        cmocka_unit_test(what_is_slow_everywhere_is_the_carrier),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
