// The list of lost parcels keeps the share of false ones that it may have: worked by hand.
#include "jobs/detect/lost_list.h"

#include "core/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const Signal one[] = {{.kind = CASE_LOST, .probability = .9}};
static const Signal two[] = {
    {.kind = CASE_LOST, .probability = .8}, {.kind = CASE_LATE, .probability = 1}};
static const Signal sure[] = {
    {.kind = CASE_LOST, .probability = 1}, {.kind = CASE_STUCK, .probability = 1}};
static const Signal late[] = {{.kind = CASE_LATE, .probability = 1}};

static size_t
cut(Finding findings[4], double false_share)
{
    const Finding all[] = {
        {.shipment_id = "likely", .signals = one, .signal_count = 1},
        {.shipment_id = "doubtful", .signals = two, .signal_count = 2},
        {.shipment_id = "late", .signals = late, .signal_count = 1},
        {.shipment_id = "reported", .signals = sure, .signal_count = 2},
    };
    Arena *const arena = arena_create();

    memcpy(findings, all, sizeof all);

    const size_t left = lost_list_cut(findings, 4, false_share, arena);

    arena_destroy(arena);
    return left;
}

// Expected false: 0, 0.1, 0.2 of 1, 2, 3 entries: shares 0, 0.05, 0.1.
static void
without_a_limit_nothing_is_left_out(void **state)
{
    Finding findings[4];

    (void)state;
    assert_int_equal(cut(findings, 1), 4);
    assert_int_equal(cut(findings, .11), 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(findings[i].signals[0].kind, i == 2 ? CASE_LATE : CASE_LOST);
}

static void
the_likeliest_false_one_goes_by_its_next_signal(void **state)
{
    Finding findings[4];

    (void)state;
    assert_int_equal(cut(findings, .06), 4);
    assert_string_equal(findings[1].shipment_id, "doubtful");
    assert_int_equal(findings[1].signals[0].kind, CASE_LATE);
    assert_int_equal(findings[1].signal_count, 1);
    assert_int_equal(findings[0].signals[0].kind, CASE_LOST);
    assert_int_equal(findings[3].signals[0].kind, CASE_LOST);
}

static void
one_without_another_signal_goes(void **state)
{
    Finding findings[4];

    (void)state;
    assert_int_equal(cut(findings, .01), 3);
    assert_string_equal(findings[0].shipment_id, "doubtful");
    assert_string_equal(findings[1].shipment_id, "late");
    assert_string_equal(findings[2].shipment_id, "reported");
    assert_int_equal(findings[2].signals[0].kind, CASE_LOST);
}

static void
an_empty_night_stays_empty(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_int_equal(lost_list_cut(NULL, 0, .1, arena), 0);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_limit_nothing_is_left_out),
        cmocka_unit_test(the_likeliest_false_one_goes_by_its_next_signal),
        cmocka_unit_test(one_without_another_signal_goes),
        cmocka_unit_test(an_empty_night_stays_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
