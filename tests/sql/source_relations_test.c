// Relations and columns as people name and type them, and what is said when they cannot be read.
#include "sql/source.h"

#include "core/text.h"
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

static Source *
open_both(const char *shipments, const char *scans, SourceColumns *columns, Err *err)
{
    return source_open(db, arena,
        &(SourceOptions){.shipments = shipments,
            .scans = scans,
            .time_zone = "America/Sao_Paulo",
            .promise_time_zone = "Europe/Paris",
            .currency = "EUR"},
        columns, err);
}

static Source *
opened(const char *shipments, const char *scans)
{
    Err err = {0};
    Source *const source = open_both(shipments, scans, NULL, &err);

    if (source == NULL)
        fail_msg("%s", err.text);
    return source;
}

static Instant
utc(const char *text)
{
    Instant at = INSTANT_NONE;

    assert_true(instant_parse(text, &at));
    return at;
}

static SourcePage
read_all(Source *source, const char *as_of)
{
    SourcePage page;
    Err err = {0};

    if (!source_read_shipments(
            source, utc("2000-01-01T00:00:00Z"), utc(as_of), NULL, 100, arena, &page, &err) ||
        !source_read_scans(source, utc(as_of), arena, &page, &err))
        fail_msg("%s", err.text);
    return page;
}

static void
odd_names_and_selects_are_relations(void **state)
{
    (void)state;
    test_database_run(
        "create schema \"my shop\";"
        "create table \"my shop\".\"Parcel-List\" (shipment_id text, tracking_number text, carrier "
        "text,"
        " created_at timestamptz);"
        "insert into \"my shop\".\"Parcel-List\" values ('a', 'T', 'c', '2026-11-01Z');"
        "create table \"my shop\".\"tracking-status\" (parcel text, \"at\" timestamptz, status "
        "text);"
        "insert into \"my shop\".\"tracking-status\" values ('a', '2026-11-02Z', 'in_transit')");

    Source *const source = opened("\"my shop\".\"Parcel-List\"",
        "SELECT parcel AS shipment_id, \"at\" AS occurred_at, status AS milestone FROM \"my "
        "shop\".\"tracking-status\""
        " -- a comment at the end");
    const SourcePage page = read_all(source, "2026-12-01T00:00:00Z");
    Err err = {0};

    assert_int_equal(page.count, 1);
    assert_int_equal(page.shipments[0].scan_count, 1);
    assert_int_equal(page.shipments[0].scans[0].milestone, MILESTONE_IN_TRANSIT);
    assert_int_equal(
        source_estimate(opened("select * from \"my shop\".\"Parcel-List\"",
                            "select 'x' as shipment_id, now() as occurred_at, '' as code"),
            &err),
        -1);
    assert_int_equal(err.kind, ERR_NONE);
}

static void
names_are_never_sql(void **state)
{
    static const char *const wrong[] = {"", "no_such_table", "a.b.c.d", "shipments; drop table x",
        "x\"y", "\"open", "pg_class where true --"};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        Err err = {0};

        assert_null(open_both(wrong[i], "ids.scans", NULL, &err));
        assert_true(err.kind == ERR_CONFIG || err.kind == ERR_FAILED);
        assert_non_null(strstr(err.text, "source.shipments"));
    }
}

static const SourceColumn *
column(const SourceColumns *columns, const char *relation, const char *name)
{
    for (size_t i = 0; i < columns->count; i++)
        if (strcmp(columns->items[i].relation, relation) == 0 &&
            strcmp(columns->items[i].name, name) == 0)
            return &columns->items[i];
    fail_msg("%s.%s is not in the contract", relation, name);
    return NULL;
}

static void
all_problems_of_columns_are_told(void **state)
{
    SourceColumns columns = {0};
    Err err = {0};

    (void)state;
    test_database_run("create schema wrong;"
                      "create table wrong.shipments (shipment_id text, carrier bytea, created_at "
                      "text, weight_grams text,"
                      " declared_value jsonb, promised_at integer);"
                      "create table wrong.scans (shipment_id bigint, occurred_at interval)");
    assert_null(open_both("wrong.shipments", "wrong.scans", &columns, &err));
    assert_int_equal(err.kind, ERR_CONFIG);
    assert_string_equal(column(&columns, "shipments", "tracking_number")->problem, "is missing");
    assert_true(*column(&columns, "shipments", "carrier")->problem != '\0');
    assert_true(*column(&columns, "shipments", "created_at")->problem != '\0');
    assert_true(*column(&columns, "shipments", "weight_grams")->problem != '\0');
    assert_true(*column(&columns, "shipments", "declared_value")->problem != '\0');
    assert_true(*column(&columns, "shipments", "promised_at")->problem != '\0');
    assert_true(*column(&columns, "shipments", "service")->problem == '\0');
    assert_non_null(strstr(column(&columns, "scans", "shipment_id")->problem, "text"));
    assert_true(*column(&columns, "scans", "occurred_at")->problem != '\0');
    assert_non_null(strstr(column(&columns, "scans", "code")->problem, "milestone"));
    assert_string_equal(column(&columns, "scans", "occurred_at")->type, "interval");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(odd_names_and_selects_are_relations),
        cmocka_unit_test(names_are_never_sql),
        cmocka_unit_test(all_problems_of_columns_are_told),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
