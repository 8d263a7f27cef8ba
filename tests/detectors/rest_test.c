/*
 * What parcels have in common of the rest of their way is kept while they are judged (judgement/rest.c): whoever was judged
 * before, and whatever had to make room, each parcel is told the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/harness/timetable.h"

enum
{
    PARCELS = 6000
};

// At its depot, at a hub or at the gate since some hours, and promised for some minute of the next four days: more promises
// than there is room for.
static Shipment
waiting(Arena *arena, Dice *dice, Instant as_of)
{
    static const Milestone seen[] = {
        MILESTONE_ACCEPTED, MILESTONE_IN_TRANSIT, MILESTONE_DELIVERY_DEPOT};
    Shipment shipment = history_blank();
    Scan *const scan = ARENA_NEW(arena, Scan);

    *scan = history_scan(as_of - dice_below(dice, 30 * 60) * MINUTE, seen[dice_below(dice, 3)]);
    shipment.carrier = "swift";
    shipment.service = dice_below(dice, 3) == 0 ? "relay" : "home";
    shipment.origin_zone = "N";
    shipment.destination_zone = dice_below(dice, 5) == 0 ? "S" : "W";
    shipment.created_at = scan->occurred_at - 2 * HOUR;
    shipment.promised_at = as_of + (1 + dice_below(dice, 96 * 60)) * MINUTE;
    shipment.scans = scan;
    shipment.scan_count = 1;
    return shipment;
}

static void
the_order_of_judging_changes_nothing(void **state)
{
    const Timetable *const f = *state;
    void *other = NULL;
    const Instant as_of = f->plan->as_of;
    Shipment *const all = ARENA_ARRAY(f->arena, Shipment, PARCELS);
    double *const late = ARENA_ARRAY(f->arena, double, PARCELS);
    Dice dice = {9};
    int open = 0;

    assert_int_equal(timetable_setup(&other), 0);

    const Timetable *const g = other;

    for (size_t i = 0; i < PARCELS; i++) {
        all[i] = waiting(f->arena, &dice, as_of);
        late[i] = baselines_judge(f->baselines, &all[i], as_of, NULL, f->arena).p_late;
        open += late[i] > .001 && late[i] < .999;
    }
    for (size_t i = PARCELS; i-- > 0;) {
        const double again = baselines_judge(g->baselines, &all[i], as_of, NULL, f->arena).p_late;

        assert_memory_equal(&late[i], &again, sizeof again);
    }
    assert_true(open > PARCELS / 4);
    timetable_teardown(&other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_judging_changes_nothing),
    };

    return cmocka_run_group_tests(tests, timetable_setup, timetable_teardown);
}
