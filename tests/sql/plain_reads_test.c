// What a night reads of plain tables: what is new in them, whatever history lies before it.
#include "sql/plain_tables.h"

#include "sql/rows.h"
#include "sql/source.h"
#include "tests/harness/database.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Arena *arena;
static Db *db;

static int
set_up(void **state)
{
    Err err = {0};

    (void)state;
    arena = arena_create();
    db = test_database_connect(arena, "plain");
    must(plain_create(db, &err), &err);
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

// How many rows of a table this session has read, as far as the server has not added them up yet.
static int64_t
touched_of(const char *table)
{
    Params params = {.arena = arena};
    Err err = {0};

    param_text(&params, table);

    Rows *const rows = rows_open(db, arena, "what was read",
        "select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relid = "
        "$1::regclass",
        &params, &err);
    int64_t touched = -1;

    while (rows != NULL && rows_next(rows, &err))
        touched = rows_int(rows, 0);
    must(err.kind == ERR_NONE, &err);
    return touched;
}

static Source *
plain_source(void)
{
    Err err = {0};
    Source *const source = source_open(db, arena,
        &(SourceOptions){.shipments = "plain.shipments",
            .scans = "plain.scans",
            .time_zone = "UTC",
            .promise_time_zone = "UTC",
            .currency = "EUR"},
        NULL, &err);

    must(source != NULL, &err);
    return source;
}

// Of 30,000 shipments of a year only those on the pages that no summary speaks of yet are read for a window after all of them, and
// to find those without a date.
static void
a_window_costs_what_is_in_it(void **state)
{
    const SourcePart part = {.limit = 20000, .undated = true};
    Instant year, as_of;
    SourcePage page;
    Err err = {0};

    (void)state;
    assert_true(instant_parse("2027-11-02T00:00:00Z", &year));
    assert_true(instant_parse("2028-11-02T00:00:00Z", &as_of));
    test_database_run(
        "insert into plain.shipments (shipment_id, tracking_number, carrier, created_at)"
        " select md5(n::text), n, 'dpd', '2025-11-01Z'::timestamptz + n * interval '17 minutes'"
        " from generate_series(1, 30000) n");
    must(plain_refresh(db, &err), &err);

    Source *const source = plain_source();

    must(db_begin(db, &err), &err);

    const int64_t before = touched_of("plain.shipments");  // by the refresh, too

    must(source_read_part(source, year, as_of, &part, arena, &page, &err), &err);
    assert_int_equal(page.count, 0);
    assert_in_range(touched_of("plain.shipments") - before, 0, 15000);
    db_rollback(db);
}

// One scan in a thousand has a date far ahead, as wrong clocks give: the thousands around it are not read for that.
static void
news_cost_what_they_are(void **state)
{
    const char *const *ids;
    Instant known, as_of;
    size_t count;
    Err err = {0};

    (void)state;
    if (db_server_version(db) < 140000)
        skip();
    assert_true(instant_parse("2027-11-02T00:00:00Z", &known));
    assert_true(instant_parse("2027-11-03T00:00:00Z", &as_of));
    test_database_run(
        "insert into plain.scans (shipment_id, occurred_at, code)"
        " select md5(n::text), case when n % 1000 = 0 then '2099-01-01Z' else '2025-11-01Z' end"
        "::timestamptz + n * interval '17 minutes', 'x' from generate_series(1, 60000) n");
    must(plain_refresh(db, &err), &err);

    Source *const source = plain_source();

    must(db_begin(db, &err), &err);

    const int64_t before = touched_of("plain.scans");

    must(source_changed(source, known, as_of, arena, &ids, &count, &err), &err);
    assert_in_range(touched_of("plain.scans") - before, 0, 30000);
    db_rollback(db);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_window_costs_what_is_in_it),
        cmocka_unit_test(news_cost_what_they_are),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
