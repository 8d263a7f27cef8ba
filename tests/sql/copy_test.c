#include "sql/copy.h"

#include "core/text.h"
#include "sql/rows.h"
#include "tests/harness/database.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Arena *arena;
static Db *db;

static int
set_up(void **state)
{
    (void)state;
    arena = arena_create();
    db = test_database_connect(arena, "vigie");
    test_database_run("create table copied (i integer, t text)");
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_destroy(arena);
    test_database_drop();
    return 0;
}

static void
table_has(const char *expect)
{
    char *const value =
        test_database_value("select count(*) || ' ' || coalesce(sum(i), 0) from copied");

    assert_string_equal(value, expect);
    free(value);
}

static Copy *
begin(void)
{
    Err err = {0};
    Copy *const copy = copy_begin(db, arena, "copied", "copy copied from stdin", &err);

    if (copy == NULL)
        fail_msg("%s", err.text);
    return copy;
}

static void
rows_arrive_whatever_the_pieces(void **state)
{
    Err err = {0};
    int64_t rows = 0;
    Copy *const copy = begin();

    (void)state;
    assert_true(copy_bytes(copy, "1\to", 3, &err) && copy_bytes(copy, "ne\n2\ttwo\n", 9, &err) &&
                copy_bytes(copy, "", 0, &err) && copy_end(copy, &rows, &err));
    assert_int_equal(rows, 2);
    table_has("2 3");
}

// The server says only at the end that a row was bad; then none of them is there, and the connection can go on.
static void
one_bad_row_spoils_all(void **state)
{
    Err err = {0};
    Copy *const copy = begin();

    (void)state;
    assert_true(copy_bytes(copy, "5\tx\nsix\ty\n", 10, &err));
    assert_false(copy_end(copy, NULL, &err));
    assert_int_equal(err.kind, ERR_FAILED);
    assert_non_null(strstr(err.text, "six"));
    table_has("2 3");
    assert_true(rows_run(db, "a test", "select 1", NULL, NULL, &(Err){0}));
}

static void
giving_up_leaves_nothing(void **state)
{
    Err err = {0};
    Copy *const copy = begin();

    (void)state;
    assert_true(copy_bytes(copy, "7\tx\n", 4, &err));
    copy_abort(copy);
    table_has("2 3");
    assert_true(rows_run(db, "a test", "select 1", NULL, NULL, &err));
}

static void
a_missing_table_is_told_at_once(void **state)
{
    Err err = {0};

    (void)state;
    assert_null(copy_begin(db, arena, "nothing", "copy no_such_table from stdin", &err));
    assert_int_equal(err.kind, ERR_CONFIG);
    err = (Err){0};
    assert_true(rows_run(db, "a test", "select 1", NULL, NULL, &err));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_arrive_whatever_the_pieces),
        cmocka_unit_test(one_bad_row_spoils_all),
        cmocka_unit_test(giving_up_leaves_nothing),
        cmocka_unit_test(a_missing_table_is_told_at_once),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
