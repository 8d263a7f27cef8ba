// Lines for a terminal: never wider than asked, no words lost, nothing that could command the terminal.
#include "jobs/frame/screen.h"

#include "core/width.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int
create_arena(void **state)
{
    *state = arena_create();
    return 0;
}

static int
destroy_arena(void **state)
{
    arena_destroy(*state);
    return 0;
}

static void
words_hang(void **state)
{
    Text out = {.arena = *state};

    text_add(&out, "silent  ");
    screen_wrap(&out, 30, 8, 8, "61 h since \"in transit\" at LIL");
    assert_string_equal(text_get(&out), "silent  61 h since \"in\n"
                                        "        transit\" at LIL\n");
}

static void
long_words_are_cut(void **state)
{
    Text out = {.arena = *state};

    screen_wrap(&out, 22, 2, 2, "a 123456789012345678901234567890 b");
    assert_string_equal(text_get(&out), "a\n"
                                        "  12345678901234567890\n"
                                        "  1234567890 b\n");
}

// Whatever the text and the width: lines fit, and without blanks the text is what it was.
static void
nothing_is_lost(void **state)
{
    static const char *const texts[] = {"", " ", "one", "  many   blanks  between ",
        "\u6771\u4eac\u6771\u4eac\u6771\u4eac\u6771\u4eac\u6771\u4eac\u6771\u4eac\u6771\u4eac",
        "e\u0301e\u0301e\u0301 \U0001F4E6\U0001F4E6\U0001F4E6\U0001F4E6\U0001F4E6\U0001F4E6"};

    for (size_t columns = 21; columns < 40; columns++)
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
            Text out = {.arena = *state}, squeezed = {.arena = *state}, wanted = {.arena = *state};

            screen_wrap(&out, columns, 1, 1, texts[i]);
            for (const char *c = text_get(&out); *c; c++)
                if (*c != ' ' && *c != '\n')
                    text_add_bytes(&squeezed, c, 1);
            for (const char *c = texts[i]; *c; c++)
                if (*c != ' ')
                    text_add_bytes(&wanted, c, 1);
            assert_string_equal(text_get(&squeezed), text_get(&wanted));
            for (char *line = strdup(text_get(&out)), *at = line, *end; at; at = end) {
                end = strchr(at, '\n');
                if (end)
                    *end++ = '\0';
                else
                    free(line);
                if (end)
                    assert_true(width_of(at) <= columns);
            }
        }
}

static void
controls_are_shown_as_such(void **state)
{
    Text out = {.arena = *state};

    screen_line(&out, 80, "text", "a\033[31mb\u202Ec\nd");
    assert_string_equal(text_get(&out), "  text            a\uFFFD[31mb\uFFFDc d\n");
    assert_null(strchr(text_get(&out), '\033'));
}

static void
cells_have_their_width(void **state)
{
    static const char *const texts[] = {"", "abc", "abcd", "abcdefgh", "\u6771\u4eac\u6771",
        "d\u00e9p\u00f4ts", "\033\033\033\033\033\033"};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        Text cell = {.arena = *state}, cut = {.arena = *state};

        screen_cell(&cell, 4, texts[i]);
        screen_cut(&cut, 4, texts[i]);
        assert_int_equal(width_of(text_get(&cell)), 4);
        assert_true(width_of(text_get(&cut)) <= 4);
    }
}

static void
what_is_not_known_is_null(void **state)
{
    json_t *const all[] = {json_of_text(*state, ""), json_of_real((double)NAN),
        json_of_day(*state, DAY_NONE), json_of_instant(*state, INSTANT_NONE),
        json_of_money(*state, MONEY_NONE)};

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        assert_true(json_is_null(all[i]));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_hang),
        cmocka_unit_test(long_words_are_cut),
        cmocka_unit_test(nothing_is_lost),
        cmocka_unit_test(controls_are_shown_as_such),
        cmocka_unit_test(cells_have_their_width),
        cmocka_unit_test(what_is_not_known_is_null),
    };

    return cmocka_run_group_tests(tests, create_arena, destroy_arena);
}
