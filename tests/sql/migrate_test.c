#include "sql/migrate.h"

#include "core/claim.h"
#include "core/text.h"
#include "sql/rows.h"
#include "tests/harness/database.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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

static void
value_is(const char *sql, const char *expect)
{
    char *const value = test_database_value(sql);

    assert_non_null(value);
    assert_string_equal(value, expect);
    free(value);
}

static void
migrating_twice_is_migrating_once(void **state)
{
    Db *const db = test_database_connect(arena, "vigie");
    const MigrationStatus *items;
    size_t count;
    int64_t applied = -1;
    Err err = {0};

    (void)state;
    assert_true(migrate_status(db, arena, &items, &count, &err));
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++)
        assert_false(items[i].applied);
    assert_false(migrate_check(db, &err));
    assert_int_equal(err.kind, ERR_CONFIG);
    assert_non_null(strstr(err.text, "vigie migrate"));

    err = (Err){0};
    assert_true(migrate_apply(db, &applied, &err));
    assert_int_equal(applied, count);
    assert_true(migrate_apply(db, &applied, &err));
    assert_int_equal(applied, 0);
    assert_true(migrate_check(db, &err));
    assert_true(migrate_status(db, arena, &items, &count, &err));
    for (size_t i = 0; i < count; i++) {
        assert_true(items[i].applied && !items[i].changed);
        assert_true(i == 0 || strcmp(items[i - 1].name, items[i].name) < 0);
    }
}

static void
odd_schema_names_are_only_names(void **state)
{
    Db *const db = test_database_connect(arena, "odd \"schema\"; drop");
    int64_t applied;
    Err err = {0};

    (void)state;
    assert_true(migrate_apply(db, &applied, &err));
    value_is("select count(*) from pg_tables where schemaname = 'odd \"schema\"; drop' and "
             "tablename = 'run'",
        "1");
}

// A role that may not create schemas can use one that was made for it.
static void
an_existing_schema_needs_no_privilege_on_the_database(void **state)
{
    int64_t applied = 0;
    Err err = {0};

    (void)state;
    test_database_run("drop role if exists migrate_test_role; create role migrate_test_role login; "
                      "create schema made_before "
                      "authorization migrate_test_role");

    Db *const db = test_database_connect(arena, "made_before");

    assert_true(rows_run(db, "role", "set role migrate_test_role", NULL, NULL, &err));
    if (!migrate_apply(db, &applied, &err))
        fail_msg("%s", err.text);
    assert_true(applied > 0);
    assert_true(rows_run(db, "role", "reset role", NULL, NULL, &err));
    test_database_run("set client_min_messages = warning; drop schema made_before cascade; drop "
                      "role migrate_test_role");
}

static void
what_was_changed_afterwards_is_refused(void **state)
{
    Db *const db = test_database_connect(arena, "vigie");
    const MigrationStatus *items;
    size_t count;
    int64_t applied;
    Err err = {0};

    (void)state;
    test_database_run(
        "create table kept as select * from vigie.migration;"
        "update vigie.migration set sha256 = repeat('0', 64) where name like '0001%'");
    assert_false(migrate_apply(db, &applied, &err));
    assert_int_equal(err.kind, ERR_CONFIG);
    assert_non_null(strstr(err.text, "0001"));
    err = (Err){0};
    assert_false(migrate_check(db, &err));
    err = (Err){0};
    assert_true(migrate_status(db, arena, &items, &count, &err));
    assert_true(items[0].changed);
    test_database_run(
        "update vigie.migration m set sha256 = k.sha256 from kept k where k.name = m.name");
    err = (Err){0};
    assert_true(migrate_check(db, &err));
}

static void
a_newer_database_is_refused(void **state)
{
    Db *const db = test_database_connect(arena, "vigie");
    int64_t applied;
    Err err = {0};

    (void)state;
    test_database_run("insert into vigie.migration values ('9999_future.sql', 'x', now())");
    assert_false(migrate_apply(db, &applied, &err));
    assert_int_equal(err.kind, ERR_CONFIG);
    assert_non_null(strstr(err.text, "9999_future.sql"));
    assert_non_null(strstr(err.text, "newer"));
    test_database_run("delete from vigie.migration where name = '9999_future.sql'");
}

// Child processes, because one connection cannot wait for itself.
static void
two_at_once_wait_for_each_other(void **state)
{
    enum
    {
        CHILDREN = 4
    };
    pid_t children[CHILDREN];
    const char *const url = test_database_create();

    (void)state;
    for (int i = 0; i < CHILDREN; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            Arena *const own = arena_create();
            int64_t applied;
            Err err = {0};
            Db *const db = db_connect(own,
                &(DbOptions){.url = url,
                    .schema = "vigie_crowd",
                    .application_name = "migrate_test",
                    .connect_timeout_seconds = 10},
                &err);
            const bool good = db != NULL && migrate_apply(db, &applied, &err);

            arena_destroy(own);
            _exit(good ? 0 : 1);
        }
    }
    for (int i = 0; i < CHILDREN; i++) {
        int status;

        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    value_is("select (select count(*) from vigie_crowd.migration) = (select count(*) from "
             "vigie.migration)",
        "t");
}

// core/claim.c and the database hold the same table of moves.
static void
the_ledger_s_moves_are_the_database_s(void **state)
{
    Text moves = {.arena = arena};
    int64_t count = 0;

    (void)state;
    for (int from = CLAIM_ENQUIRY; from < CLAIM_STATE_COUNT; from++)
        for (int to = CLAIM_ENQUIRY; to < CLAIM_STATE_COUNT; to++)
            if (claim_move_allowed((ClaimState)from, (ClaimState)to)) {
                text_add_format(&moves, "%s('%s', '%s')", count > 0 ? ", " : "",
                    claim_state_name((ClaimState)from), claim_state_name((ClaimState)to));
                count++;
            }
    assert_true(count > 50);
    value_is(arena_printf(arena,
                 "select count(*) from (values %s) as c (state_from, state_to)"
                 " full join vigie.claim_state_move m using (state_from, state_to)"
                 " where c.* is null or m.* is null",
                 text_get(&moves)),
        "0");
    value_is("select count(*) from vigie.claim_state_move",
        arena_printf(arena, "%lld", (long long)count));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(migrating_twice_is_migrating_once),
        cmocka_unit_test(odd_schema_names_are_only_names),
        cmocka_unit_test(an_existing_schema_needs_no_privilege_on_the_database),
        cmocka_unit_test(what_was_changed_afterwards_is_refused),
        cmocka_unit_test(a_newer_database_is_refused),
        cmocka_unit_test(two_at_once_wait_for_each_other),
        cmocka_unit_test(the_ledger_s_moves_are_the_database_s),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
