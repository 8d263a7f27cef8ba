#include "core/err.h"

#include "core/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
a_failure_tells_its_story_outside_in(void **state)
{
    Err err = {0};

    (void)state;
    assert_false(err_set(&err, ERR_DATA, "invalid amount \"%s\"", "1,234"));
    assert_false(err_context(&err, "line %d", 12));
    assert_false(err_context(&err, "\"%s\"", "a.csv"));
    assert_int_equal(err.kind, ERR_DATA);
    assert_string_equal(err.text, "\"a.csv\": line 12: invalid amount \"1,234\"");
}

// However long the words, the text ends within its array and on a whole character.
static void
long_words_are_cut_on_a_character(void **state)
{
    char words[4000];

    (void)state;
    for (size_t shift = 0; shift < 4; shift++) {
        Err err = {0};

        memset(words, 'x', shift);
        for (size_t i = shift; i + 4 < sizeof words; i += 3)
            memcpy(words + i, "\xE2\x82\xAC", 4);  // the euro sign and an end
        err_set(&err, ERR_FAILED, "%s", words);
        assert_true(strlen(err.text) < sizeof err.text);
        assert_true(strlen(err.text) > sizeof err.text - 5);
        assert_true(text_is_utf8(err.text, strlen(err.text)));
        err_context(&err, "%s", words);
        assert_true(text_is_utf8(err.text, strlen(err.text)));
        err_context(&err, "short");
        assert_true(text_starts_with(err.text, "short: "));
        assert_true(text_is_utf8(err.text, strlen(err.text)));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_tells_its_story_outside_in),
        cmocka_unit_test(long_words_are_cut_on_a_character),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
