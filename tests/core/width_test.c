// Columns of a terminal: what wcwidth (Unicode 15 tables, as in Python's wcwidth 0.2) says of the same texts.
#include "core/width.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
texts_take_their_columns(void **state)
{
    (void)state;
    assert_int_equal(width_of(""), 0);
    assert_int_equal(width_of("depot"), 5);
    assert_int_equal(width_of("d\u00e9p\u00f4t"), 5);
    assert_int_equal(width_of("de\u0301po\u0302t"), 5);  // combining accents
    assert_int_equal(width_of("\u6771\u4eac"), 4);
    assert_int_equal(width_of("\U0001F4E6 x"), 4);
    assert_int_equal(width_of("\uFFFD"), 1);
}

static void
characters_stay_whole(void **state)
{
    (void)state;
    assert_int_equal(width_fit("d\u00e9p\u00f4t", 2), 3);
    assert_int_equal(width_fit("\u6771\u4eac", 3), 3);  // the second one does not fit
    assert_int_equal(width_fit("\u6771\u4eac", 1), 0);
    assert_int_equal(width_fit("e\u0301x", 1), 3);  // the accent stays with its letter
    assert_int_equal(width_fit("ab", 9), 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_take_their_columns),
        cmocka_unit_test(characters_stay_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
