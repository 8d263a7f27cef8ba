// Texts find labels of the same words, whatever stands around them; texts that say something else find none.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/likeness.h"

typedef struct Case
{
    Arena *arena;
    Likeness *likeness;
} Case;

static int
set_up(void **state)
{
    Arena *const arena = arena_create();
    Case *const c = ARENA_NEW(arena, Case);
    Problems problems = {.arena = arena};
    Err err = {0};
    const Catalogue *const catalogue =
        catalogue_load(arena, (TextList){0}, (TextList){0}, &problems, &err);

    *state = c;
    if (catalogue == NULL)
        return 1;
    *c = (Case){.arena = arena, .likeness = likeness_create(arena, catalogue)};
    return 0;
}

static int
tear_down(void **state)
{
    arena_destroy(((Case *)*state)->arena);
    return 0;
}

static void
words_find_their_label(void **state)
{
    static const struct
    {
        const char *text;
        Milestone milestone;
    } TEXTS[] = {
        {"Out for delivery", MILESTONE_OUT_FOR_DELIVERY},
        {"OutForDelivery", MILESTONE_OUT_FOR_DELIVERY},
        {"OUT-FOR-DELIVERY!", MILESTONE_OUT_FOR_DELIVERY},
        {"The parcel is out for delivery", MILESTONE_OUT_FOR_DELIVERY},
        {"delivered", MILESTONE_DELIVERED},
        {"customs held", MILESTONE_CUSTOMS_HELD},
    };
    const Case *const c = *state;

    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        const Like like = likeness_find(c->likeness, TEXTS[i].text);

        if (like.row == NULL)
            fail_msg("\"%s\" is like nothing", TEXTS[i].text);
        assert_int_equal(like.row->milestone, TEXTS[i].milestone);
        assert_true(like.nearness >= 0.5 && like.nearness < 1.000001);
    }
}

static void
the_same_words_are_nearest(void **state)
{
    const Case *const c = *state;
    const double same = likeness_find(c->likeness, "out for delivery").nearness;
    const double more = likeness_find(c->likeness, "the parcel is out for delivery").nearness;

    assert_true(same > 0.999999);
    assert_true(more < same);
}

static void
what_no_label_says_is_like_nothing(void **state)
{
    static const char *const TEXTS[] = {"", "   ", "gurr gurr", "\xe5\x9c\x93\xe9\x80\x9a",
        "123456", "the quick brown fox jumps over the lazy dog and was never delivered"};
    const Case *const c = *state;

    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++)
        assert_null(likeness_find(c->likeness, TEXTS[i]).row);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_find_their_label),
        cmocka_unit_test(the_same_words_are_nearest),
        cmocka_unit_test(what_no_label_says_is_like_nothing),
    };

    return cmocka_run_group_tests_name("likeness", tests, set_up, tear_down);
}
