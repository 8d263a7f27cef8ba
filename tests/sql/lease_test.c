// Who may run, on a real server: the row decides, whoever holds the server's lock, and a commit never comes after the lease
// went to somebody else.
#include "sql/lease.h"

#include "core/text.h"
#include "sql/rows.h"
#include "tests/harness/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Db *first, *second;

static int
set_up(void **state)
{
    fixture_set_up(state);
    first = db;
    second = test_database_connect(arena, "vigie");
    return 0;
}

static bool
lives(int64_t process)
{
    return process < 1000;
}

static Lease
lease_of(const char *token, const char *host, int64_t process)
{
    return (Lease){.token = token,
        .host = host,
        .process = process,
        .holder = "nightly of 2026-11-20",
        .seconds = 60,
        .is_alive = lives};
}

static void
must_be_busy(bool done, const Err *err, const char *words)
{
    assert_false(done);
    assert_int_equal(err->kind, ERR_BUSY);
    if (strstr(err->text, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err->text, words);
}

static void
one_run_at_a_time(void **state)
{
    const Lease mine = lease_of("a", "here boot", 7), theirs = lease_of("b", "there boot", 8);
    Err err = {0};

    (void)state;
    must(lease_take(first, &mine, &err), &err);
    must_be_busy(lease_take(second, &theirs, &err), &err,
        "schema \"vigie\": nightly of 2026-11-20, process 7 on here, since");
    err = (Err){0};
    must_be_busy(lease_look(second, &theirs, &err), &err, "another run holds the lease");
    err = (Err){0};
    must(lease_beat(first, &mine, &err), &err);
    lease_release(second, theirs.token);
    must(lease_beat(first, &mine, &err), &err);
    // Its connection goes on, as that of a run does which has just ended.
    lease_release(first, mine.token);
    must(lease_take(second, &theirs, &err), &err);
    must_be_busy(lease_beat(first, &mine, &err), &err, "was lost");
}

// Somebody who knows nothing of the row, and a dry run that ended.
static void
whoever_holds_the_lock_alone_is_heeded(void **state)
{
    const Lease mine = lease_of("a", "here", 7), theirs = lease_of("b", "there", 8);
    Err err = {0};

    (void)state;
    test_database_run("select pg_advisory_lock(hashtextextended('vigie run vigie', 0))");
    must_be_busy(lease_take(first, &mine, &err), &err, "another run holds the lock");
    err = (Err){0};
    must_be_busy(lease_look(first, &mine, &err), &err, "another run holds the lock");
    err = (Err){0};
    test_database_run("select pg_advisory_unlock_all()");
    must(lease_look(first, &mine, &err), &err);
    must_be_busy(lease_take(second, &theirs, &err), &err, "holds the lock");
    err = (Err){0};
    lease_unlock(first);
    must(lease_take(second, &theirs, &err), &err);
}

// Whoever only looks is told the same, and takes nothing.
static void
whether_it_is_held_is_told_without_taking(void **state)
{
    const Lease mine = lease_of("a", "here", 7), dead = lease_of("b", "here", 4711);
    const Lease looking = {.host = "here", .is_alive = lives};
    bool held = true;
    Err err = {0};

    (void)state;
    must(lease_is_held(second, &looking, &held, &err), &err);
    assert_false(held);
    must(lease_take(first, &mine, &err), &err);
    must(lease_is_held(second, &looking, &held, &err), &err);
    assert_true(held);
    test_database_run("update vigie.lease set expires_at = now() - interval '1 second'");
    must(lease_is_held(second, &looking, &held, &err), &err);
    assert_false(held);
    lease_release(first, mine.token);
    must(lease_take(first, &dead, &err), &err);
    must(lease_is_held(second, &looking, &held, &err), &err);
    assert_false(held);
    lease_release(first, dead.token);
}

static void
an_expired_lease_is_taken_over(void **state)
{
    const Lease mine = lease_of("a", "here", 7), theirs = lease_of("b", "there", 8);
    Err err = {0};

    (void)state;
    must(lease_take(first, &mine, &err), &err);
    must(db_begin(first, &err), &err);
    test_database_run("update vigie.lease set expires_at = now() - interval '1 second'");
    // An own lease goes on although it expired, as long as nobody took it.
    must(lease_guard(first, "a", &err), &err);
    db_rollback(first);
    must(lease_take(second, &theirs, &err), &err);
    // The old holder's session was ended with its lock.
    assert_false(lease_beat(first, &mine, &err));
    err = (Err){0};
    must(db_reconnect(first, &err), &err);
    must_be_busy(lease_resume(first, &mine, &err), &err, "was lost");
}

static void
what_a_dead_process_left_is_taken_over(void **state)
{
    const Lease dead = lease_of("a", "here", 5000), next = lease_of("b", "here", 8),
                elsewhere = lease_of("c", "there", 9);
    Err err = {0};

    (void)state;
    must(lease_take(first, &dead, &err), &err);
    must_be_busy(lease_take(second, &elsewhere, &err), &err, "process 5000");  // who knows there
    err = (Err){0};
    must(lease_take(second, &next, &err), &err);
}

static void
no_commit_after_the_lease_is_lost(void **state)
{
    const Lease mine = lease_of("a", "here", 7);
    Err err = {0};

    (void)state;
    test_database_run("create table vigie.carrier_note (words text)");
    must(lease_take(first, &mine, &err), &err);
    db_guard(first, "a");
    must(db_begin(first, &err) &&
             rows_run(first, "a test", "insert into carrier_note values ('x')", NULL, NULL, &err),
        &err);
    must(db_commit(first, &err), &err);
    must(db_begin(first, &err) &&
             rows_run(first, "a test", "insert into carrier_note values ('y')", NULL, NULL, &err),
        &err);
    test_database_run("update vigie.lease set token = 'b'");
    must_be_busy(db_commit(first, &err), &err, "another one took over");
    db_rollback(first);

    char *const count = test_database_value("select count(*) from vigie.carrier_note");

    assert_string_equal(count, "1");
    free(count);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_run_at_a_time, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            whoever_holds_the_lock_alone_is_heeded, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            whether_it_is_held_is_told_without_taking, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(an_expired_lease_is_taken_over, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            what_a_dead_process_left_is_taken_over, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(
            no_commit_after_the_lease_is_lost, set_up, fixture_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, fixture_drop);
}
