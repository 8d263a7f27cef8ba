#include "sql/db.h"

#include "core/text.h"
#include "sql/rows.h"
#include "sql/rows_copy.h"
#include "tests/harness/database.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Arena *arena;

static int
set_up(void **state)
{
    (void)state;
    test_database_create();
    arena = arena_create();
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

static DbOptions
options(void)
{
    return (DbOptions){.url = test_database_create(),
        .schema = "vigie",
        .application_name = "db_test",
        .connect_timeout_seconds = 10,
        .lock_timeout_seconds = 1};
}

static Db *
connect_with(const DbOptions *with)
{
    Err err = {0};
    Db *const db = db_connect(arena, with, &err);

    if (db == NULL)
        fail_msg("%s", err.text);
    return db;
}

static Db *
connect_plainly(void)
{
    const DbOptions plain = options();

    return connect_with(&plain);
}

static int64_t
number(Db *db, const char *sql)
{
    Err err = {0};
    Rows *const rows = rows_open(db, arena, "a test", sql, NULL, &err);

    if (rows == NULL || !rows_next(rows, &err))
        fail_msg("%s: %s", sql, err.text);

    const int64_t value = rows_int(rows, 0);

    rows_close(rows);
    return value;
}

static ErrKind
kind_of(Db *db, const char *sql)
{
    Err err = {0};

    rows_run(db, "a test", sql, NULL, NULL, &err);
    return err.kind;
}

static void
sessions_do_not_depend_on_their_surroundings(void **state)
{
    (void)state;
    test_database_run("alter role current_user set timezone = 'Asia/Tokyo'");
    test_database_run("alter role current_user set datestyle = 'SQL, DMY'");

    Db *const db = connect_plainly();

    test_database_run("alter role current_user reset all");
    assert_int_equal(number(db, "select (current_setting('TimeZone') = 'UTC')::integer"), 1);
    assert_int_equal(number(db, "select (current_setting('DateStyle') = 'ISO, YMD')::integer"), 1);
    assert_int_equal(
        number(db, "select (current_setting('search_path') = '\"vigie\", public')::integer"), 1);
    assert_int_equal(
        number(db, "select (current_setting('application_name') = 'db_test')::integer"), 1);
    assert_string_equal(db_schema(db), "vigie");
    assert_true(db_server_version(db) >= 130000);
}

static void
kinds_of_errors_tell_what_to_do(void **state)
{
    Db *const db = connect_plainly();

    (void)state;
    assert_int_equal(kind_of(db, "select * from no_such_table"), ERR_CONFIG);
    assert_int_equal(kind_of(db, "select no_such_column from pg_class"), ERR_CONFIG);
    assert_int_equal(kind_of(db, "select 1 / 0"), ERR_FAILED);
    assert_int_equal(kind_of(db, "this is no sql"), ERR_FAILED);
    assert_int_equal(kind_of(db, "do $$ begin raise sqlstate '40001'; end $$"), ERR_TEMPORARY);
    assert_int_equal(kind_of(db, "do $$ begin raise sqlstate '42501'; end $$"), ERR_CONFIG);
    assert_int_equal(kind_of(db, "select 1"), ERR_NONE);
}

static void
servers_that_cannot_be_reached_are_temporary(void **state)
{
    DbOptions away = options();
    Err err = {0};

    (void)state;
    away.url = "host=/nonexistent-folder dbname=x";
    assert_null(db_connect(arena, &away, &err));
    assert_int_equal(err.kind, ERR_TEMPORARY);
    assert_null(strchr(err.text, '\n'));
}

static void
what_the_server_refuses_is_configuration(void **state)
{
    DbOptions wrong = options();
    Err err = {0};

    (void)state;
    wrong.url = arena_printf(arena, "%s dbname=no_such_database", test_database_create());
    assert_null(db_connect(arena, &wrong, &err));
    assert_int_equal(err.kind, ERR_CONFIG);
    assert_non_null(strstr(err.text, "no_such_database"));
}

static void
timeouts_are_temporary(void **state)
{
    DbOptions hasty = options();

    (void)state;
    hasty.statement_timeout_seconds = 1;

    Db *const db = connect_with(&hasty);

    assert_int_equal(kind_of(db, "select pg_sleep(30)"), ERR_TEMPORARY);
    test_database_run("create table held (i integer)");
    test_database_run("begin; lock table held");
    assert_int_equal(kind_of(connect_plainly(), "select * from held"), ERR_TEMPORARY);
    test_database_run("rollback");
}

static int asked;
static bool stop;

static bool
stop_when_told(void)
{
    asked++;
    return stop;
}

// A signal must not wait for the server: the query is cancelled, and the connection can go on.
static void
interruption_cancels_the_query(void **state)
{
    DbOptions impatient = options();
    Err err = {0};

    (void)state;
    impatient.interrupted = stop_when_told;

    Db *const db = connect_with(&impatient);

    stop = true;

    assert_false(rows_run(db, "a long sleep", "select pg_sleep(60)", NULL, NULL, &err));
    assert_int_equal(err.kind, ERR_INTERRUPTED);
    assert_non_null(strstr(err.text, "a long sleep"));
    assert_true(asked > 0);

    err = (Err){0};
    Rows *rows = rows_open(db, arena, "a long read", "select pg_sleep(60)", NULL, &err);

    assert_non_null(rows);
    assert_false(rows_next(rows, &err));
    assert_int_equal(err.kind, ERR_INTERRUPTED);
    rows_close(rows);

    err = (Err){0};
    rows = rows_open_copy(db, arena, "a long copy",
        "copy (select 1 from pg_sleep(60)) to stdout (format binary)", &err);
    assert_true(rows == NULL || !rows_next(rows, &err));
    assert_int_equal(err.kind, ERR_INTERRUPTED);
    stop = false;
    assert_int_equal(number(db, "select 7"), 7);
}

static void
snapshots_are_shared_and_stay(void **state)
{
    Db *const first = connect_plainly(), *const second = connect_plainly();
    const char *name = NULL;
    Err err = {0};

    (void)state;
    test_database_run("create table seen (i integer); insert into seen values (1)");
    assert_true(db_begin_snapshot(first, arena, &name, &err));
    assert_int_equal(number(first, "select count(*) from seen"), 1);
    test_database_run("insert into seen values (2)");
    assert_true(db_join_snapshot(second, name, &err));
    assert_int_equal(number(first, "select count(*) from seen"), 1);
    assert_int_equal(number(second, "select count(*) from seen"), 1);
    assert_int_equal(kind_of(second, "insert into seen values (3)"), ERR_FAILED);
    db_rollback(second);
    db_rollback(first);
    assert_int_equal(number(first, "select count(*) from seen"), 2);
    assert_false(db_join_snapshot(second, "no such'snapshot", &err));
    db_rollback(second);
    err = (Err){0};
    assert_true(db_join_snapshot(second, "", &err));
    db_rollback(second);
}

static void
rolling_back_forgets(void **state)
{
    Db *const db = connect_plainly();
    Err err = {0};

    (void)state;
    test_database_run("create table rolled (i integer)");
    assert_true(db_begin(db, &err) &&
                rows_run(db, "a test", "insert into rolled values (1)", NULL, NULL, &err));
    db_rollback(db);
    db_rollback(db);
    assert_int_equal(number(db, "select count(*) from rolled"), 0);
    assert_true(db_begin(db, &err) &&
                rows_run(db, "a test", "insert into rolled values (1)", NULL, NULL, &err) &&
                db_commit(db, &err));
    assert_int_equal(number(db, "select count(*) from rolled"), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sessions_do_not_depend_on_their_surroundings),
        cmocka_unit_test(kinds_of_errors_tell_what_to_do),
        cmocka_unit_test(servers_that_cannot_be_reached_are_temporary),
        cmocka_unit_test(what_the_server_refuses_is_configuration),
        cmocka_unit_test(timeouts_are_temporary),
        cmocka_unit_test(interruption_cancels_the_query),
        cmocka_unit_test(snapshots_are_shared_and_stay),
        cmocka_unit_test(rolling_back_forgets),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
