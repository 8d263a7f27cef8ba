#include "sql/plain_tables.h"

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
    Err err = {0};

    (void)state;
    arena = arena_create();
    db = test_database_connect(arena, "plain");
    if (plain_check(db, &err) || err.kind != ERR_CONFIG)
        fail_msg("%s", err.text);
    err = (Err){0};
    if (!plain_create(db, &err) || !plain_create(db, &err) || !plain_check(db, &err))
        fail_msg("%s", err.text);
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

static size_t
column(PlainTable table, const char *name)
{
    const PlainShape *const shape = plain_shape(table);

    for (size_t i = 0; i < shape->count; i++)
        if (strcmp(shape->columns[i].name, name) == 0)
            return i;
    fail_msg("no column %s", name);
    return 0;
}

static bool present[64];

static PlainLoad *
begin(PlainTable table)
{
    Err err = {0};
    PlainLoad *const load = plain_load_begin(db, arena, table, &err);

    if (load == NULL)
        fail_msg("%s", err.text);
    return load;
}

static void
add_shipment(PlainLoad *load, int64_t line, const char *id, const char *service)
{
    const char *values[64] = {id, "T", "Carrier", "2026-11-01T10:00:00Z"};
    Err err = {0};

    values[column(PLAIN_SHIPMENTS, "service")] = service;
    assert_true(plain_load_row(load, line, values, &err));
}

static PlainCounts
end(PlainLoad *load, PlainRepeat *visit, void *data)
{
    PlainCounts counts;
    Err err = {0};

    for (size_t i = 0; i < 64; i++)
        present[i] = true;
    if (!plain_load_end(load, present, visit, data, &counts, &err))
        fail_msg("%s", err.text);
    return counts;
}

static void
schemas_are_read_from_the_settings(void **state)
{
    static const struct
    {
        const char *shipments, *scans, *schema;
    } cases[] = {
        {"vigie_source.shipments", "vigie_source.scans", "vigie_source"},
        {"Vigie_Source.Shipments", "vigie_source.scans", "vigie_source"},
        {"\"My Data\".shipments", "\"My Data\".scans", "My Data"},
        {"a.shipments", "b.scans", NULL},
        {"shipments", "scans", NULL},
        {".shipments", ".scans", NULL},
        {"a.parcels", "a.scans", NULL},
        {"a b.shipments", "a b.scans", NULL},
        {"\"x\"\".shipments", "\"x\"\".scans", NULL},
        {"select * from a.shipments", "a.scans", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *schema = NULL;
        Err err = {0};

        assert_int_equal(plain_schema(arena, cases[i].shipments, cases[i].scans, &schema, &err),
            cases[i].schema != NULL);
        if (cases[i].schema != NULL)
            assert_string_equal(schema, cases[i].schema);
        else
            assert_int_equal(err.kind, ERR_CONFIG);
    }
}

static void
note_repeat(void *data, int64_t line, const char *shipment_id, int64_t last)
{
    text_add_format(data, "%s %lld<%lld;", shipment_id, (long long)line, (long long)last);
}

static void
loading_twice_changes_nothing(void **state)
{
    Text repeats = {.arena = arena};

    (void)state;
    for (int round = 0; round < 2; round++) {
        PlainLoad *const load = begin(PLAIN_SHIPMENTS);

        add_shipment(load, 2, "A", "x");
        add_shipment(load, 3, "B", NULL);
        add_shipment(load, 4, "A", "y");
        add_shipment(load, 5, "A", "z");

        const PlainCounts counts = end(load, note_repeat, &repeats);

        assert_int_equal(counts.inserted, round == 0 ? 2 : 0);
        assert_int_equal(counts.updated, 0);
        assert_int_equal(counts.unchanged, round == 0 ? 0 : 2);
        assert_int_equal(counts.repeated, 2);
    }
    assert_string_equal(text_get(&repeats), "A 2<5;A 4<5;A 2<5;A 4<5;");
    value_is("select string_agg(shipment_id || coalesce(service, '-'), ' ' order by shipment_id) "
             "from plain.shipments",
        "Az B-");
}

static void
what_a_file_does_not_have_is_kept(void **state)
{
    PlainLoad *load = begin(PLAIN_SHIPMENTS);
    bool some[64] = {true, true, true, true};
    PlainCounts counts;
    Err err = {0};

    (void)state;
    add_shipment(load, 2, "A", NULL);
    add_shipment(load, 3, "B", "ignored");
    assert_true(plain_load_end(load, some, NULL, NULL, &counts, &err));
    assert_int_equal(counts.unchanged, 2);
    value_is("select service from plain.shipments where shipment_id = 'A'", "z");

    load = begin(PLAIN_SHIPMENTS);
    add_shipment(load, 2, "A", NULL);
    assert_int_equal(end(load, NULL, NULL).updated, 1);
    value_is(
        "select coalesce(service, 'none') from plain.shipments where shipment_id = 'A'", "none");
}

// Each column of the shape arrives under its own name, whatever it holds.
static void
columns_arrive_under_their_names(void **state)
{
    (void)state;
    for (int table = PLAIN_SHIPMENTS; table <= PLAIN_SCANS; table++) {
        const PlainShape *const shape = plain_shape((PlainTable)table);
        const char *values[64];
        PlainLoad *const load = begin((PlainTable)table);
        Err err = {0};

        for (size_t i = 0; i < shape->count; i++)
            switch (shape->columns[i].kind) {
            case PLAIN_INSTANT:
            case PLAIN_PROMISE:
                values[i] = arena_printf(arena, "2026-11-20T10:00:%02zuZ", i);
                break;
            case PLAIN_AMOUNT:
            case PLAIN_GRAMS:
                values[i] = arena_printf(arena, "%zu", 1000 + i);
                break;
            case PLAIN_BOOL:
                values[i] = "true";
                break;
            default:
                values[i] = arena_printf(arena, "%s\t\\N\n\r'\"\b\f\v{}", shape->columns[i].name);
            }
        assert_true(plain_load_row(load, 2, values, &err));
        assert_int_equal(end(load, NULL, NULL).inserted, 1);
        for (size_t i = 0; i < shape->count; i++) {
            const char *const sql = arena_printf(arena,
                "select count(*) from plain.%s where to_jsonb(%s) ->> '%s' in "
                "(E'%s\\t\\\\N\\n\\r''\"\\b\\f\\x0B{}', "
                "'%zu', 'true', '2026-11-20T10:00:%02zu+00:00')",
                shape->name, shape->name, shape->columns[i].name, shape->columns[i].name, 1000 + i,
                i);

            value_is(sql, "1");
        }
    }
    test_database_run("delete from plain.scans");
}

static void
add_scan(PlainLoad *load, const char *id, const char *code, const char *place)
{
    const char *values[64] = {id, "2026-11-02T10:00:00Z"};
    Err err = {0};

    values[column(PLAIN_SCANS, "code")] = code;
    values[column(PLAIN_SCANS, "place")] = place;
    assert_true(plain_load_row(load, 2, values, &err));
}

static void
a_scan_counts_once(void **state)
{
    (void)state;
    for (int round = 0; round < 2; round++) {
        PlainLoad *const load = begin(PLAIN_SCANS);

        add_scan(load, "A", "X", "Lille");
        add_scan(load, "A", "X", "Lille");
        add_scan(load, "A", "X", "Paris");
        add_scan(load, "stranger", "X", NULL);

        const PlainCounts counts = end(load, NULL, NULL);

        assert_int_equal(counts.inserted, round == 0 ? 3 : 0);
        assert_int_equal(counts.unchanged, round == 0 ? 1 : 4);
        assert_int_equal(counts.unknown, 1);
    }
    value_is("select count(*) from plain.scans", "3");
}

static void
what_is_given_up_was_never_there(void **state)
{
    PlainLoad *load = begin(PLAIN_SHIPMENTS);
    Err err = {0};

    (void)state;
    for (int i = 0; i < 5000; i++)
        add_shipment(load, i, arena_printf(arena, "gone %d", i), NULL);
    plain_load_abort(load);
    value_is("select count(*) from plain.shipments where shipment_id like 'gone%'", "0");

    // A row that the server refuses takes the whole load with it, and the next one starts afresh.
    const char *values[64] = {"C", "T", "Carrier", "no date"};
    PlainCounts counts = {.inserted = 77};

    load = begin(PLAIN_SHIPMENTS);
    add_shipment(load, 2, "D", NULL);
    assert_true(plain_load_row(load, 3, values, &err));
    assert_false(plain_load_end(load, present, NULL, NULL, &counts, &err));
    assert_int_equal(counts.inserted, 77);
    value_is("select count(*) from plain.shipments where shipment_id in ('C', 'D')", "0");
    load = begin(PLAIN_SHIPMENTS);
    add_shipment(load, 2, "D", NULL);
    assert_int_equal(end(load, NULL, NULL).inserted, 1);
}

static void
refreshing_makes_scans_all_visible(void **state)
{
    Err err = {0};

    (void)state;
    assert_true(plain_refresh(db, &err));
    value_is("select (relallvisible = relpages and relpages > 0)::text from pg_class where oid = "
             "'plain.scans'::regclass",
        "true");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schemas_are_read_from_the_settings),
        cmocka_unit_test(loading_twice_changes_nothing),
        cmocka_unit_test(what_a_file_does_not_have_is_kept),
        cmocka_unit_test(columns_arrive_under_their_names),
        cmocka_unit_test(a_scan_counts_once),
        cmocka_unit_test(what_is_given_up_was_never_there),
        cmocka_unit_test(refreshing_makes_scans_all_visible),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
