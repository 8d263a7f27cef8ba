/*
 * What detectors may believe of a history: order, meaning, repeats, and what counts as possession, presentation and
 * the end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/arena.h"
#include "core/text.h"
#include "detectors/journey/history.h"
#include "tests/harness/histories.h"

#include <string.h>

typedef struct Fixture
{
    Arena *arena;
    const Catalogue *catalogue;
} Fixture;

static int
setup(void **state)
{
    Arena *const arena = arena_create();
    Fixture *const fixture = ARENA_NEW(arena, Fixture);
    Problems problems = {.arena = arena};
    Err err = {0};

    fixture->arena = arena;
    fixture->catalogue = catalogue_load(arena, (TextList){0}, (TextList){0}, &problems, &err);
    *state = fixture;
    return fixture->catalogue ? 0 : -1;
}

static int
teardown(void **state)
{
    arena_destroy(((Fixture *)*state)->arena);
    return 0;
}

static Scan
scan(int hour, const char *code, const char *place)
{
    return (Scan){.occurred_at = hour * HOUR,
        .recorded_at = INSTANT_NONE,
        .code = code,
        .subcode = "",
        .text = "",
        .place = place,
        .country = "",
        .carrier = ""};
}

static void
scans_are_sorted_by_time_then_by_the_order_of_the_journey(void **state)
{
    const Fixture *const f = *state;
    Scan scans[] = {
        scan(30, "delivered", "PAR"),
        scan(10, "accepted", "LIL"),
        scan(30, "out_for_delivery", "PAR"),
        scan(20, "in_transit", "ARR"),
    };

    assert_int_equal(history_normalise(f->catalogue, -1, scans, 4), 4);
    assert_string_equal(scans[0].code, "accepted");
    assert_string_equal(scans[1].code, "in_transit");
    assert_string_equal(scans[2].code, "out_for_delivery");
    assert_string_equal(scans[3].code, "delivered");
    assert_true(scans[0].physical);
}

static void
repeats_that_differ_in_wording_are_merged(void **state)
{
    const Fixture *const f = *state;
    Scan scans[] = {
        scan(10, "in_transit", "LIL"),
        scan(10, "in_transit", "LIL"),
        scan(10, "in_transit", "ARR"),
        scan(10, "in_transit", "LIL"),
        scan(11, "in_transit", "LIL"),
        scan(12, "no_such_code_a", ""),
        scan(12, "no_such_code_b", ""),
        scan(12, "no_such_code_b", ""),
    };

    scans[0].text = "Arrived";
    scans[0].recorded_at = 20 * HOUR;
    scans[1].text = "ARRIVED AT HUB";
    scans[1].recorded_at = 12 * HOUR;
    scans[3].recorded_at = 30 * HOUR;
    assert_int_equal(history_normalise(f->catalogue, -1, scans, 8), 5);
    assert_string_equal(scans[0].place, "ARR");
    assert_string_equal(scans[1].place, "LIL");
    assert_true(scans[1].recorded_at == 12 * HOUR);  // known since the first of them
}

static void
a_repeat_may_spell_its_place_otherwise_or_lose_it(void **state)
{
    const Fixture *const f = *state;
    Scan scans[] = {
        scan(10, "in_transit", ""),
        scan(10, "in_transit", "Lille"),
        scan(10, "in_transit", "LILLE"),
        scan(11, "in_transit", ""),
        scan(12, "in_transit", "Lille"),
        scan(12, "in_transit", "Paris"),
    };

    assert_int_equal(history_normalise(f->catalogue, -1, scans, 6), 4);
    assert_true(text_equal_folded(scans[0].place, "lille"));
    assert_string_equal(scans[1].place, "");
    assert_string_equal(scans[2].place, "Lille");
    assert_string_equal(scans[3].place, "Paris");
}

static void
unmapped_codes_never_count_as_progress(void **state)
{
    const Fixture *const f = *state;
    Scan scans[] = {scan(10, "accepted", ""), scan(40, "no_such_code", "")};
    Shipment shipment = history_blank();

    shipment.scan_count = history_normalise(f->catalogue, -1, scans, 2);
    scans[1].physical = true;  // whatever a source says
    shipment.scans = scans;
    assert_int_equal(scans[1].milestone, MILESTONE_UNMAPPED);
    assert_int_equal(history_read(&shipment, 90 * HOUR).last_physical, 0);
}

static void
a_milestone_stated_by_the_source_wins_over_its_code(void **state)
{
    const Fixture *const f = *state;
    Scan scans[] = {scan(10, "delivered", ""), scan(20, "", ""), scan(30, "in_transit", "")};

    scans[0].milestone = MILESTONE_IN_TRANSIT;
    scans[1].milestone = MILESTONE_INFORMATION;
    assert_int_equal(history_normalise(f->catalogue, -1, scans, 3), 3);
    assert_int_equal(scans[0].milestone, MILESTONE_IN_TRANSIT);
    assert_true(scans[0].physical);
    assert_int_equal(scans[1].milestone, MILESTONE_INFORMATION);
    assert_false(scans[1].physical);
}

static void
the_same_scans_in_any_order_end_alike(void **state)
{
    const Fixture *const f = *state;
    static const char *const codes[] = {"accepted", "in_transit", "delivered", "x", "held"};
    Dice dice = {11};

    for (int round = 0; round < 40; round++) {
        Scan first[200];
        Scan second[200];
        const size_t count = 1 + (size_t)dice_below(&dice, 200);

        for (size_t i = 0; i < count; i++)
            first[i] = scan((int)dice_below(&dice, 60), codes[dice_below(&dice, 5)],
                dice_below(&dice, 2) ? "LIL" : "PAR");
        memcpy(second, first, count * sizeof *first);
        for (size_t i = count; i-- > 1;) {
            const size_t j = (size_t)dice_below(&dice, (int64_t)i + 1);
            const Scan swap = second[i];

            second[i] = second[j];
            second[j] = swap;
        }

        const size_t kept = history_normalise(f->catalogue, -1, first, count);

        assert_int_equal(history_normalise(f->catalogue, -1, second, count), kept);
        for (size_t i = 0; i < kept; i++) {
            assert_true(first[i].occurred_at == second[i].occurred_at);
            assert_string_equal(first[i].code, second[i].code);
            assert_string_equal(first[i].place, second[i].place);
            assert_true(i == 0 || first[i - 1].occurred_at <= first[i].occurred_at);
        }
    }
}

static History
history_of(const Fixture *f, Scan *scans, size_t count, int as_of_hour)
{
    Shipment shipment = history_blank();

    shipment.scan_count = history_normalise(f->catalogue, -1, scans, count);
    shipment.scans = scans;
    return history_read(&shipment, as_of_hour * HOUR);
}

static void
possession_presentation_and_the_end_are_found(void **state)
{
    const Fixture *const f = *state;
    Scan scans[] = {
        scan(0, "announced", ""),
        scan(10, "accepted", ""),
        scan(20, "information", ""),
        scan(30, "available_for_pickup", ""),
        scan(60, "delivered", ""),
    };
    History history = history_of(f, scans, 5, 50);

    assert_int_equal(history.first_physical, 1);
    assert_int_equal(history.last_physical, 3);
    assert_int_equal(history.first_presentation, 3);
    assert_int_equal(history.final, -1);
    assert_true(history_is_open(&history));

    history = history_of(f, scans, 5, 60);
    assert_int_equal(history.final, 4);
    assert_false(history_is_open(&history));
}

static void
a_physical_scan_ends_the_carriers_own_search(void **state)
{
    const Fixture *const f = *state;
    Scan scans[] = {scan(0, "accepted", ""), scan(50, "lost", ""), scan(90, "in_transit", "")};

    assert_int_equal(history_of(f, scans, 3, 60).carrier_lost, 1);
    assert_int_equal(history_of(f, scans, 3, 60).last_physical, 0);
    assert_int_equal(history_of(f, scans, 3, 90).carrier_lost, -1);
}

static void
what_was_not_known_by_then_is_not_seen(void **state)
{
    const Fixture *const f = *state;
    Scan scans[] = {scan(0, "accepted", ""), scan(10, "delivered", "")};

    scans[1].recorded_at = 40 * HOUR;  // told a day late
    assert_int_equal(history_of(f, scans, 2, 30).final, -1);
    assert_int_equal(history_of(f, scans, 2, 40).final, 1);
}

static void
a_cancelled_label_is_not_open(void **state)
{
    (void)state;
    Shipment shipment = history_blank();

    shipment.cancelled_at = 20 * HOUR;

    const History before = history_read(&shipment, 19 * HOUR);
    const History after = history_read(&shipment, 20 * HOUR);

    assert_true(history_is_open(&before));
    assert_false(history_is_open(&after));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scans_are_sorted_by_time_then_by_the_order_of_the_journey),
        cmocka_unit_test(repeats_that_differ_in_wording_are_merged),
        cmocka_unit_test(a_repeat_may_spell_its_place_otherwise_or_lose_it),
        cmocka_unit_test(unmapped_codes_never_count_as_progress),
        cmocka_unit_test(a_milestone_stated_by_the_source_wins_over_its_code),
        cmocka_unit_test(the_same_scans_in_any_order_end_alike),
        cmocka_unit_test(possession_presentation_and_the_end_are_found),
        cmocka_unit_test(a_physical_scan_ends_the_carriers_own_search),
        cmocka_unit_test(what_was_not_known_by_then_is_not_seen),
        cmocka_unit_test(a_cancelled_label_is_not_open),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
