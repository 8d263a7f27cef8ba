#include "sql/rows.h"

#include "core/text.h"
#include "tests/harness/database.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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

static Rows *
ask(const char *sql, const Params *params)
{
    Err err = {0};
    Rows *const rows = rows_open(db, arena, "a test", sql, params, &err);

    if (rows == NULL || !rows_next(rows, &err))
        fail_msg("%s: %s", sql, err.text);
    return rows;
}

static void
values_arrive_as_their_types(void **state)
{
    Rows *const rows =
        ask("select (-7)::smallint, 8::integer, '-9223372036854775808'::bigint, true, 0.1::float8, "
            "'NaN'::float8, '1999-12-31 23:59:59.5+00'::timestamptz, date '2026-11-20', "
            "'caf\xC3\xA9'::text, 'x'::varchar, 'name'::name",
            NULL);

    (void)state;
    assert_int_equal(rows_int(rows, 0), -7);
    assert_int_equal(rows_int(rows, 1), 8);
    assert_true(rows_int(rows, 2) == INT64_MIN);
    assert_true(rows_bool(rows, 3));
    assert_true(rows_real(rows, 4) == 0.1);
    assert_true(isnan(rows_real(rows, 5)));
    assert_int_equal(rows_instant(rows, 6), 946684800 * SECOND - SECOND / 2);
    assert_int_equal(rows_day(rows, 7), day_from_civil(2026, 11, 20));
    assert_string_equal(rows_text(rows, arena, 8), "caf\xC3\xA9");
    assert_string_equal(rows_text(rows, arena, 9), "x");
    assert_string_equal(rows_text(rows, arena, 10), "name");
    rows_close(rows);
}

static void
nulls_and_infinities_are_absent(void **state)
{
    Rows *const rows =
        ask("select null::bigint, null::float8, null::boolean, null::timestamptz, null::date, "
            "null::text, "
            "null::bigint[], 'infinity'::timestamptz, '-infinity'::timestamptz, 'infinity'::date",
            NULL);
    size_t count = 7;

    (void)state;
    assert_int_equal(rows_int(rows, 0), 0);
    assert_true(isnan(rows_real(rows, 1)));
    assert_false(rows_bool(rows, 2));
    assert_true(rows_instant(rows, 3) == INSTANT_NONE);
    assert_int_equal(rows_day(rows, 4), DAY_NONE);
    assert_string_equal(rows_text(rows, arena, 5), "");
    assert_true(rows_is_null(rows, 5));
    assert_null(rows_ints(rows, arena, 6, &count));
    assert_int_equal(count, 0);
    assert_true(rows_instant(rows, 7) == INSTANT_NONE);
    assert_true(rows_instant(rows, 8) == INSTANT_NONE);
    assert_int_equal(rows_day(rows, 9), DAY_NONE);
    rows_close(rows);
}

static void
arrays_are_read(void **state)
{
    Rows *const rows = ask("select array[1, -2, 9223372036854775807]::bigint[], array[3, "
                           "4]::smallint[], '{}'::bigint[]",
        NULL);
    size_t count;
    const int64_t *items = rows_ints(rows, arena, 0, &count);

    (void)state;
    assert_int_equal(count, 3);
    assert_true(items[0] == 1 && items[1] == -2 && items[2] == INT64_MAX);
    items = rows_ints(rows, arena, 1, &count);
    assert_int_equal(count, 2);
    assert_true(items[0] == 3 && items[1] == 4);
    rows_ints(rows, arena, 2, &count);
    assert_int_equal(count, 0);
    rows_close(rows);
}

// Whatever a text holds, it arrives as it was sent and is never understood as SQL or as an array's syntax.
static void
hostile_texts_survive_parameters(void **state)
{
    static const char *const texts[] = {"", "'; drop table run; --", "a\"b", "back\\slash", "{1,2}",
        "NULL", "null", "comma,", "\xF0\x9F\x93\xA6", "two\nlines\ttab", "$1", "%s%n",
        " lead and trail "};
    enum
    {
        COUNT = sizeof texts / sizeof texts[0]
    };

    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        Params params = {.arena = arena};

        param_text(&params, texts[i]);

        Rows *const rows = ask("select $1::text", &params);

        assert_string_equal(rows_text(rows, arena, 0), texts[i]);
        rows_close(rows);
    }

    Params params = {.arena = arena};
    Err err = {0};

    param_texts(&params, texts, COUNT);

    Rows *const rows = rows_open(db, arena, "a test", "select unnest($1::text[])", &params, &err);
    size_t seen = 0;

    assert_non_null(rows);
    for (; rows_next(rows, &err); seen++) {
        assert_false(rows_is_null(rows, 0));
        assert_string_equal(rows_text(rows, arena, 0), texts[seen]);
    }
    assert_int_equal(err.kind, ERR_NONE);
    assert_int_equal(seen, COUNT);
}

static void
parameters_of_all_kinds_arrive(void **state)
{
    const int64_t ints[] = {INT64_MIN, 0, 5};
    const double reals[] = {0.1, (double)NAN};
    Params params = {.arena = arena};

    (void)state;
    param_int(&params, INT64_MIN);
    param_real(&params, 0.1);
    param_real(&params, (double)NAN);
    param_bool(&params, true);
    param_instant(&params, 946684800 * SECOND + 1);
    param_instant(&params, INSTANT_NONE);
    param_day(&params, day_from_civil(2024, 2, 29));
    param_day(&params, DAY_NONE);
    param_text(&params, NULL);
    param_ints(&params, ints, 3);
    param_ints(&params, NULL, 0);
    param_reals(&params, reals, 2);

    Rows *const rows = ask(
        "select $1::bigint, $2::float8, $3::float8, $4::boolean, $5::timestamptz, $6::timestamptz, "
        "$7::date, $8::date, $9::text, $10::bigint[], cardinality($11::bigint[]), "
        "($12::float8[])[2] is null and ($12::float8[])[1] = 0.1::float8",
        &params);
    size_t count;

    assert_true(rows_int(rows, 0) == INT64_MIN);
    assert_true(rows_real(rows, 1) == 0.1);
    assert_true(rows_is_null(rows, 2) && rows_is_null(rows, 5) && rows_is_null(rows, 7) &&
                rows_is_null(rows, 8));
    assert_true(rows_bool(rows, 3));
    assert_int_equal(rows_instant(rows, 4), 946684800 * SECOND + 1);
    assert_int_equal(rows_day(rows, 6), day_from_civil(2024, 2, 29));
    assert_memory_equal(rows_ints(rows, arena, 9, &count), ints, sizeof ints);
    assert_int_equal(rows_int(rows, 10), 0);
    assert_true(rows_bool(rows, 11));
    rows_close(rows);
}

static void
many_rows_stream_in_order(void **state)
{
    Err err = {0};
    Rows *const rows = rows_open(
        db, arena, "a test", "select i::bigint from generate_series(1, 100000) i", NULL, &err);
    int64_t seen = 0;

    (void)state;
    while (rows_next(rows, &err))
        assert_int_equal(rows_int(rows, 0), ++seen);
    assert_int_equal(err.kind, ERR_NONE);
    assert_int_equal(seen, 100000);
    assert_false(rows_next(rows, &err));
}

// An error may come after rows; a stream that is given up leaves the connection ready.
static void
late_errors_are_seen_and_early_ends_forgiven(void **state)
{
    Err err = {0};
    Rows *rows = rows_open(db, arena, "quotients",
        "select 100 / (50000 - i) from generate_series(1, 60000) i", NULL, &err);
    int64_t seen = 0;

    (void)state;
    while (rows_next(rows, &err))
        seen++;
    assert_int_equal(err.kind, ERR_FAILED);
    assert_non_null(strstr(err.text, "quotients"));
    assert_non_null(strstr(err.text, "division by zero"));
    assert_true(seen > 0 && seen < 50000);

    err = (Err){0};
    rows = rows_open(db, arena, "a test", "select generate_series(1, 1000000)", NULL, &err);
    assert_true(rows_next(rows, &err));
    rows_close(rows);
    rows_close(rows);
    rows = ask("select 1::bigint", NULL);
    assert_int_equal(rows_int(rows, 0), 1);
    rows_close(rows);
}

static void
statements_tell_what_they_changed(void **state)
{
    int64_t affected = 0;
    Err err = {0};

    (void)state;
    assert_true(rows_script(db, "a test",
        "create table public.changed (i integer); create index on changed (i)", &err));
    assert_true(rows_run(
        db, "a test", "insert into changed select generate_series(1, 7)", NULL, &affected, &err));
    assert_int_equal(affected, 7);
    assert_true(rows_run(db, "a test", "delete from changed where i > 3", NULL, &affected, &err));
    assert_int_equal(affected, 4);
    affected = 99;
    assert_false(rows_run(db, "a test", "insert into changed values ('x')", NULL, &affected, &err));
    assert_int_equal(affected, 99);
}

static void
identifiers_are_quoted(void **state)
{
    Err err = {0};

    (void)state;
    assert_string_equal(db_identifier(db, arena, "tracking-status", &err), "\"tracking-status\"");
    assert_string_equal(db_identifier(db, arena, "a\"b; drop", &err), "\"a\"\"b; drop\"");
    assert_null(db_identifier(db, arena, "\xFF", &err));
    assert_int_equal(err.kind, ERR_CONFIG);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_arrive_as_their_types),
        cmocka_unit_test(nulls_and_infinities_are_absent),
        cmocka_unit_test(arrays_are_read),
        cmocka_unit_test(hostile_texts_survive_parameters),
        cmocka_unit_test(parameters_of_all_kinds_arrive),
        cmocka_unit_test(many_rows_stream_in_order),
        cmocka_unit_test(late_errors_are_seen_and_early_ends_forgiven),
        cmocka_unit_test(statements_tell_what_they_changed),
        cmocka_unit_test(identifiers_are_quoted),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
