// The source contract over tables that people really have: other types, other names, holes, lies.
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

// Ids stay what they are, so that the source's index serves; pages follow their order.
static void
ids_of_any_type_are_read_in_pages(void **state)
{
    static const struct
    {
        const char *type, *expression;
    } types[] = {{"text", "lpad(i::text, 3, '0')"}, {"varchar(20)", "'x' || lpad(i::text, 3, '0')"},
        {"bigint", "1 + i * 1000000007::bigint % 30"}, {"integer", "i - 4"},
        {"uuid", "md5(i::text)::uuid"}};

    (void)state;
    for (size_t t = 0; t < sizeof types / sizeof types[0]; t++) {
        test_database_run(arena_printf(arena,
            "set client_min_messages = warning; drop schema if exists ids cascade; create schema "
            "ids;"
            "create table ids.shipments as select (%s)::%s as shipment_id, 'T' || i as "
            "tracking_number,"
            " 'ups' as carrier, timestamptz '2026-11-01 10:00Z' as created_at from "
            "generate_series(1, 7) i;"
            "create table ids.scans as select shipment_id, created_at + interval '1 h' * n as "
            "occurred_at,"
            " 'C' || n as code from ids.shipments, generate_series(1, 2) n",
            types[t].expression, types[t].type));

        Source *const source = opened("ids.shipments", "ids.scans");
        const char *after = NULL;
        size_t shipments = 0, scans = 0, pages = 0;

        do {
            SourcePage page;
            Err err = {0};

            if (!source_read_shipments(source, utc("2026-01-01T00:00:00Z"),
                    utc("2026-12-01T00:00:00Z"), after, 3, arena, &page, &err) ||
                !source_read_scans(source, utc("2026-12-01T00:00:00Z"), arena, &page, &err))
                fail_msg("%s: %s", types[t].type, err.text);
            for (size_t i = 0; i < page.count; i++) {
                assert_int_equal(page.shipments[i].scan_count, 2);
                assert_string_equal(page.shipments[i].scans[0].code, "C1");
                assert_string_equal(page.shipments[i].scans[1].code, "C2");
            }
            shipments += page.count;
            scans += page.scan_count;
            after = page.last;
            pages++;
        } while (after != NULL);
        assert_int_equal(shipments, 7);
        assert_int_equal(scans, 14);
        assert_int_equal(pages, 3);
    }
}

static void
times_without_zone_are_read_in_theirs(void **state)
{
    SourceColumns columns;
    Err err = {0};
    int notes = 0;

    (void)state;
    test_database_run(
        "create schema naive;"
        "create table naive.shipments (shipment_id integer, tracking_number text, carrier text,"
        " created_at timestamp, promised_at date, cancelled_at date);"
        "insert into naive.shipments values (1, 'T', 'c', '2018-02-17 23:30', '2018-11-04', "
        "'2018-03-01');"
        "create table naive.scans (shipment_id integer, occurred_at timestamp, code text);"
        "insert into naive.scans values (1, '2018-11-04 00:30', 'X')");

    Source *const source = open_both("naive.shipments", "naive.scans", &columns, &err);

    if (source == NULL)
        fail_msg("%s", err.text);
    for (size_t i = 0; i < columns.count; i++)
        notes += *columns.items[i].note != '\0' ? 1 : 0;
    assert_int_equal(notes, 4);

    const char *const ids[] = {"1"};
    SourcePage page;

    assert_true(source_read_ids(source, ids, 1, utc("2018-12-01T00:00:00Z"), arena, &page, &err));

    assert_int_equal(page.count, 1);
    assert_int_equal(page.shipments[0].created_at,
        utc("2018-02-18T02:30:00Z"));  // the second 23:30, as the server reads it
    assert_int_equal(page.shipments[0].promised_at, utc("2018-11-04T23:00:00Z") - 1);
    assert_int_equal(page.shipments[0].cancelled_at, utc("2018-03-01T03:00:00Z"));
    assert_int_equal(page.shipments[0].scan_count, 1);
    assert_int_equal(page.shipments[0].scans[0].occurred_at, utc("2018-11-04T03:30:00Z"));
}

// A backtest may only see what was known that night.
static void
what_was_recorded_later_is_not_seen(void **state)
{
    (void)state;
    test_database_run(
        "create schema late;"
        "create table late.shipments (shipment_id text, tracking_number text, carrier text,"
        " created_at timestamptz, cancelled_at timestamptz);"
        "insert into late.shipments values"
        " ('a', 'T1', 'c', '2026-11-01Z', '2026-11-09Z'), ('b', 'T2', 'c', '2026-11-06Z', null);"
        "create table late.scans (shipment_id text, occurred_at timestamptz, code text,"
        " recorded_at timestamptz);"
        "insert into late.scans values ('a', '2026-11-02Z', 'known', '2026-11-02Z'),"
        " ('a', '2026-11-03Z', 'undated', null), ('a', '2026-11-04Z', 'back-filled', "
        "'2026-11-07Z'),"
        " ('a', '2026-11-08Z', 'future', '2026-11-01Z'), ('ghost', '2026-11-02Z', 'x', null)");

    Source *const source = opened("late.shipments", "late.scans");
    const SourcePage early = read_all(source, "2026-11-05T00:00:00Z");

    assert_int_equal(early.count, 1);
    assert_int_equal(early.shipments[0].scan_count, 2);
    assert_string_equal(early.shipments[0].scans[1].code, "undated");

    const SourcePage later = read_all(source, "2026-11-10T00:00:00Z");
    const char *const ids[] = {"a"};
    SourcePage full;
    Err err = {0};

    assert_int_equal(later.count, 2);
    assert_int_equal(later.shipments[0].scan_count, 4);
    assert_string_equal(later.shipments[0].scans[2].code, "back-filled");
    assert_true(source_read_ids(source, ids, 1, utc("2026-11-10T00:00:00Z"), arena, &full, &err));
    assert_int_equal(full.shipments[0].cancelled_at, utc("2026-11-09T00:00:00Z"));
    assert_true(source_learn_ids(source, ids, 1, utc("2026-11-05T00:00:00Z"), arena, &full, &err));
    assert_true(full.shipments[0].cancelled_at == INSTANT_NONE);
    assert_int_equal(full.shipments[0].scan_count, 2);
}

static void
scans_of_nobody_are_counted(void **state)
{
    (void)state;
    test_database_run("create schema ghosts;"
                      "create table ghosts.shipments as select id as shipment_id, 'T' as "
                      "tracking_number, 'c' as carrier,"
                      " timestamptz '2026-11-01Z' as created_at from unnest(array['a', 'z']) id;"
                      "create table ghosts.scans as select id as shipment_id, timestamptz "
                      "'2026-11-02Z' as occurred_at,"
                      " 'X' as code from unnest(array['a', 'm', 'm', 'z']) id");

    const SourcePage page =
        read_all(opened("ghosts.shipments", "ghosts.scans"), "2026-11-05T00:00:00Z");

    assert_int_equal(page.scan_count, 2);
    assert_int_equal(page.scans_of_others, 2);
}

static void
bad_values_are_set_aside_and_the_rest_is_read(void **state)
{
    (void)state;
    test_database_run(
        "create schema dirty;"
        "create table dirty.shipments (shipment_id text, tracking_number text, carrier text,"
        " created_at timestamptz, declared_value text, sale_value numeric, currency text,"
        " weight_grams float8, sample_weight numeric);"
        "insert into dirty.shipments values"
        " ('a', E'T\\n1', 'c', '2026-11-01Z', '1,234', 12.5, null, 250.4, 3.25),"
        " ('b', 'T2', 'c', '2026-11-01Z', '12,50', -1, 'USD', -3, 0),"
        " ('c', 'T3', null, '2026-11-01Z', null, null, null, 'NaN', 'NaN'),"
        " ('d', 'T4', 'c', '2026-11-01Z', '5', 1, 'doubloons', null, null);"
        "create table dirty.scans (shipment_id text, occurred_at timestamptz, code text)");

    const char *const ids[] = {"a", "b", "c", "d"};
    SourcePage page;
    Err err = {0};

    if (!source_read_ids(opened("dirty.shipments", "dirty.scans"), ids, 4,
            utc("2026-11-05T00:00:00Z"), arena, &page, &err))
        fail_msg("%s", err.text);

    assert_int_equal(page.count, 3);
    assert_string_equal(page.shipments[0].tracking_number, "T 1");
    assert_false(money_is_known(page.shipments[0].declared_value));
    assert_int_equal(page.shipments[0].sale_value.minor, 1250);
    assert_string_equal(page.shipments[0].sale_value.currency, "EUR");
    assert_int_equal(page.shipments[0].weight_grams, 250);
    assert_int_equal(page.shipments[1].declared_value.minor, 1250);
    assert_string_equal(page.shipments[1].declared_value.currency, "USD");
    assert_false(money_is_known(page.shipments[1].sale_value));
    assert_int_equal(page.shipments[1].weight_grams, 0);
    assert_float_equal(page.shipments[0].sample_weight, 3.25, 0);
    assert_float_equal(page.shipments[1].sample_weight, 1, 0);
    assert_float_equal(page.shipments[2].sample_weight, 1, 0);
    // 1,234; -1; -3 grams; no carrier, which weighs nothing; a weight of 0; two amounts in doubloons.
    assert_int_equal(page.aside_count, 8);
    for (size_t i = 0; i < page.aside_count; i++)
        assert_true(*page.asides[i].key != '\0' && *page.asides[i].reason != '\0');
}

static size_t
count_aside(const SourcePage *page, const SourceAside *wanted)
{
    size_t found = 0;

    for (size_t i = 0; i < page->aside_count; i++)
        found += page->asides[i].of == wanted->of &&
                 strcmp(page->asides[i].key, wanted->key) == 0 &&
                 strcmp(page->asides[i].reason, wanted->reason) == 0 &&
                 strcmp(page->asides[i].detail, wanted->detail) == 0;
    return found;
}

// By id, to judge, and by the page, to learn, rows that cannot be used are the same; values are asked only of what is judged.
static void
assert_endless(const SourcePage *page, bool values)
{
    static const char undated[] = "shipment without carrier or creation date";
    static const SourceAside wanted[] = {{SOURCE_ROW, "c", undated, ""},
        {SOURCE_ROW, "d", undated, ""}, {SOURCE_ROW, "e", undated, ""},
        {SOURCE_ROW, "a", "scan without a date", "past"},
        {SOURCE_ROW, "a", "scan without a date", "none"},
        {SOURCE_ROW, "a", "scan without a date", "known never"},
        {SOURCE_ROW, "a", "scan without a date", "never"},
        {SOURCE_VALUE, "b", "promise lies beyond all dates", ""},
        {SOURCE_VALUE, "b", "cancellation lies beyond all dates", ""}};
    const size_t count = values ? 9 : 7;

    assert_int_equal(page->count, 2);
    assert_int_equal(page->shipments[0].promised_at, utc("2026-11-03T23:00:00Z") - 1);
    assert_true(page->shipments[0].cancelled_at == INSTANT_NONE);
    assert_true(page->shipments[1].promised_at == INSTANT_NONE);
    assert_int_equal(page->shipments[0].scan_count, 1);
    assert_string_equal(page->shipments[0].scans[0].code, "always known");
    for (size_t i = 0; i < count; i++)
        if (count_aside(page, &wanted[i]) != 1)
            fail_msg("not once: %s, %s, %s", wanted[i].key, wanted[i].reason, wanted[i].detail);
    assert_int_equal(page->aside_count, count);
}

// PostgreSQL's infinity, and no date at all: said, and set aside; what has a date is read.
static void
infinite_times_are_set_aside_in_words(void **state)
{
    (void)state;
    test_database_run(
        "create schema endless;"
        "create table endless.shipments (shipment_id text, tracking_number text, carrier text,"
        " created_at timestamptz, promised_at date, cancelled_at timestamptz);"
        "insert into endless.shipments values ('a', 'T1', 'c', '2026-11-01Z', '2026-11-03', "
        "'infinity'),"
        " ('b', 'T2', 'c', '2026-11-01Z', 'infinity', '-infinity'),"
        " ('c', 'T3', 'c', 'infinity', null, null), ('d', 'T4', 'c', '-infinity', null, null),"
        " ('e', 'T5', 'c', null, null, null);"
        "create table endless.scans (shipment_id text, occurred_at timestamptz, code text,"
        " recorded_at timestamptz);"
        "insert into endless.scans values ('a', 'infinity', 'never', null),"
        " ('a', '-infinity', 'past', null), ('a', null, 'none', null),"
        " ('a', '2026-11-02Z', 'known never', 'infinity'),"
        " ('a', '2026-11-02Z', 'always known', '-infinity'), ('a', '2026-11-09Z', 'later', null)");

    Source *const source = opened("endless.shipments", "endless.scans");
    const char *const ids[] = {"a", "b", "c", "d", "e"};
    const Instant from = utc("2026-10-01T00:00:00Z");
    const Instant as_of = utc("2026-11-05T00:00:00Z");
    SourcePage page;
    Err err = {0};

    if (!source_read_ids(source, ids, 5, as_of, arena, &page, &err))
        fail_msg("%s", err.text);
    assert_endless(&page, true);
    if (!source_read_part(source, from, as_of, &(SourcePart){.limit = 100, .undated = true}, arena,
            &page, &err) ||
        !source_read_scans(source, as_of, arena, &page, &err))
        fail_msg("%s", err.text);
    assert_endless(&page, false);
    assert_true(source_read_shipments(source, from, as_of, NULL, 100, arena, &page, &err));
    assert_int_equal(page.count, 2);
    assert_int_equal(page.aside_count, 0);
}

static void
shipments_are_found_by_id_and_by_tracking_number(void **state)
{
    Source *const source = opened("late.shipments", "late.scans");
    const char *const wanted[] = {"b", "nobody", "a"};
    const char *const *ids;
    size_t count;
    SourcePage page;
    Err err = {0};

    (void)state;
    assert_true(
        source_read_ids(source, wanted, 3, utc("2026-11-10T00:00:00Z"), arena, &page, &err));
    assert_int_equal(page.count, 2);
    assert_int_equal(page.shipments[0].scan_count, 4);
    assert_int_equal(page.shipments[0].scans[2].recorded_at, utc("2026-11-07T00:00:00Z"));
    assert_int_equal(page.shipments[1].scan_count, 0);
    assert_true(
        source_find_tracking(source, "T2", utc("2026-11-10T00:00:00Z"), arena, &ids, &count, &err));
    assert_int_equal(count, 1);
    assert_string_equal(ids[0], "b");
    assert_true(
        source_find_tracking(source, "T2", utc("2026-11-05T00:00:00Z"), arena, &ids, &count, &err));
    assert_int_equal(count, 0);
    assert_true(source_find_tracking(
        source, "' or true --", utc("2026-11-10T00:00:00Z"), arena, &ids, &count, &err));
    assert_int_equal(count, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_of_any_type_are_read_in_pages),
        cmocka_unit_test(times_without_zone_are_read_in_theirs),
        cmocka_unit_test(what_was_recorded_later_is_not_seen),
        cmocka_unit_test(scans_of_nobody_are_counted),
        cmocka_unit_test(bad_values_are_set_aside_and_the_rest_is_read),
        cmocka_unit_test(infinite_times_are_set_aside_in_words),
        cmocka_unit_test(shipments_are_found_by_id_and_by_tracking_number),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
