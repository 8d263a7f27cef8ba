// What comes out as CSV and as rows: readable again, whole, and no more unreadable than asked for.
#include "tests/harness/simulated.h"

#include "core/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// Reads back what was written: header first, then the sink's own rows.
typedef struct Comparison
{
    const SimulatedRows *rows;
    SimulatorTable table;
    size_t records;
} Comparison;

static bool
compare_record(void *data, const CsvRecord *record, Err *err)
{
    Comparison *const comparison = data;
    size_t count;
    const char *const *const names = simulator_columns(comparison->table, &count);
    const char *const *const expected =
        comparison->records == 0 ? names : comparison->rows->items[comparison->records - 1];

    (void)err;
    assert_null(record->problem);
    assert_int_equal(record->count, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(record->fields[i], expected[i]);
        assert_int_equal(record->lengths[i], strlen(expected[i]));
    }
    comparison->records++;
    return true;
}

static void
csv_reads_back_as_the_rows(void **state)
{
    Arena *const arena = *state;
    SimulatorPlan plan = simulated_plan(arena, 3000);
    plan.dirty_share = .3;
    const Simulated simulated = simulated_create(arena, &plan);
    SimulatedOutput output = simulated_output(arena);

    simulated_write(&plan, 0, plan.shipments, true, arena, &output);
    for (int i = 0; i < SIMULATOR_TABLE_COUNT; i++) {
        const SimulatedRows *const rows = &simulated.tables[i];
        Comparison comparison = {.rows = rows, .table = (SimulatorTable)i};
        Err err = {0};
        FILE *const file = fmemopen(output.tables[i].bytes, output.tables[i].length, "r");
        assert_non_null(file);
        assert_true(csv_read(file, ',', compare_record, &comparison, &err));
        fclose(file);
        assert_int_equal(comparison.records, rows->count + 1);
    }
    assert_true(output.whole_records);
    assert_in_range(output.largest, 64 * 1024, 66 * 1024);
    assert_true(output.calls > 20);
}

static void
skipped_tables_are_not_written(void **state)
{
    Arena *const arena = *state;
    const SimulatorPlan plan = simulated_plan(arena, 500);
    SimulatedOutput output = simulated_output(arena);
    const SimulatorWriter writer = {
        .data = &output, .tables = {[SIMULATOR_TRUTH] = true}, .write = simulated_collect};
    Err err = {0};

    assert_true(
        simulator_write(simulator_create(arena, &plan, &err), 0, 500, &writer, arena, &err));
    assert_int_equal(output.tables[SIMULATOR_SHIPMENTS].length, 0);
    assert_int_equal(output.tables[SIMULATOR_SCANS].length, 0);
    assert_true(text_starts_with(text_get(&output.tables[SIMULATOR_TRUTH]), "S0000001,"));
}

static void
a_failing_write_stops_the_run(void **state)
{
    Arena *const arena = *state;
    const SimulatorPlan plan = simulated_plan(arena, 5000);
    SimulatedOutput output = simulated_output(arena);
    const SimulatorWriter writer = {
        .data = &output, .tables = {true, true, true}, .write = simulated_collect};
    Err err = {0};

    output.fail_at = 2;
    assert_false(
        simulator_write(simulator_create(arena, &plan, &err), 0, 5000, &writer, arena, &err));
    assert_int_equal(err.kind, ERR_TEMPORARY);
    assert_string_equal(err.text, "disk full");
    assert_int_equal(output.calls, 2);
}

// Rows that go straight to COPY: valid UTF-8 and instants that PostgreSQL can read, however dirty.
static void
dirty_rows_can_still_be_copied(void **state)
{
    Arena *const arena = *state;
    SimulatorPlan plan = simulated_plan(arena, 1000);
    plan.dirty_share = 1;
    plan.copyable = true;
    const Simulated simulated = simulated_create(arena, &plan);
    static const char *const INSTANTS[][3] = {{"created_at", "promised_at", "cancelled_at"},
        {"occurred_at", "recorded_at", "recorded_at"},
        {"delivered_at", "presented_at", "presented_at"}};

    assert_int_equal(simulated.raws.count, 0);
    for (int table = 0; table < SIMULATOR_TABLE_COUNT; table++) {
        size_t columns;
        simulator_columns((SimulatorTable)table, &columns);
        for (size_t i = 0; i < simulated.tables[table].count; i++) {
            const char *const *const row = simulated.tables[table].items[i];
            for (size_t column = 0; column < columns; column++)
                assert_true(text_is_utf8(row[column], strlen(row[column])));
            for (size_t column = 0; column < 3; column++)
                simulated_instant((SimulatorTable)table, row, INSTANTS[table][column]);
        }
    }
}

static int
compare_keys(const void *a, const void *b)
{
    static const size_t KEY[] = {0, 1, 2, 3, 4, 6};  // shipment_id, occurred_at, ... , place
    const char *const *const one = *(const char *const *const *)a;
    const char *const *const other = *(const char *const *const *)b;

    for (size_t i = 0; i < sizeof KEY / sizeof *KEY; i++) {
        const int order = strcmp(one[KEY[i]], other[KEY[i]]);
        if (order != 0)
            return order;
    }
    return 0;
}

// The plain tables hold a scan once; and their amounts are numbers.
static void
copyable_rows_have_their_own_keys(void **state)
{
    Arena *const arena = *state;
    SimulatorPlan plan = simulated_plan(arena, 2000);
    plan.dirty_share = .9;
    plan.copyable = true;
    Simulated simulated = simulated_create(arena, &plan);
    SimulatedRows *const scans = &simulated.tables[SIMULATOR_SCANS];

    qsort(scans->items, scans->count, sizeof *scans->items, compare_keys);
    for (size_t i = 1; i < scans->count; i++)
        assert_true(compare_keys(&scans->items[i - 1], &scans->items[i]) < 0);
    for (size_t i = 0; i < simulated.tables[SIMULATOR_SHIPMENTS].count; i++)
        for (size_t column = 18; column < 22; column++)
            assert_null(strchr(simulated.tables[SIMULATOR_SHIPMENTS].items[i][column], ','));
}

static void
unreadable_lines_are_whole_lines(void **state)
{
    Arena *const arena = *state;
    SimulatorPlan plan = simulated_plan(arena, 300);
    plan.dirty_share = .5;
    plan.unreadable = true;
    const Simulated simulated = simulated_create(arena, &plan);
    size_t zero = 0, bad_text = 0, scans = 0;

    assert_in_range(simulated.raws.count, 100, 200);
    for (size_t i = 0; i < simulated.raws.count; i++) {
        const SimulatedRaw *const raw = &simulated.raws.items[i];
        const bool has_zero = memchr(raw->bytes, '\0', raw->length) != NULL;
        assert_null(memchr(raw->bytes, '\n', raw->length));
        zero += has_zero;
        bad_text += !has_zero && !text_is_utf8(raw->bytes, raw->length);
        scans += raw->table == SIMULATOR_SCANS;
    }
    assert_true(zero > 0 && bad_text > 0);
    assert_in_range(scans, 1, simulated.raws.count - 1);
}

static void
absurd_plans_are_refused(void **state)
{
    Arena *const arena = *state;
    const SimulatorPlan good = simulated_plan(arena, 500);
    SimulatorPlan bad[6];
    for (size_t i = 0; i < 6; i++)
        bad[i] = good;
    bad[0].shipments = 0;
    bad[1].shipments = SIMULATOR_SHIPMENTS_MAX + 1;
    bad[2].to = good.from - 1;
    bad[3].to = good.from + SIMULATOR_DAYS_MAX;
    bad[4].dirty_share = 1.5;
    bad[5].from = bad[5].to = day_from_civil(YEAR_MIN, 1, 1);

    for (size_t i = 0; i < 6; i++) {
        Err err = {0};
        assert_null(simulator_create(arena, &bad[i], &err));
        assert_int_equal(err.kind, ERR_CONFIG);
    }
}

static void
one_parcel_on_one_day_is_a_plan(void **state)
{
    Arena *const arena = *state;
    SimulatorPlan plan = simulated_plan(arena, 1);
    plan.to = plan.from;
    const Simulated simulated = simulated_create(arena, &plan);
    size_t incidents;

    assert_int_equal(simulated.tables[SIMULATOR_SHIPMENTS].count, 1);
    assert_true(simulated.tables[SIMULATOR_SCANS].count >= 1);
    simulator_incidents(simulated.simulator, &incidents);
    assert_int_equal(incidents, 0);
}

static bool
expect_wide_id(void *data, const char *const *row, Err *err)
{
    (void)err;
    assert_string_equal(row[0], data);
    return true;
}

// Ids order as texts, however many there are.
static void
ids_have_one_width(void **state)
{
    Arena *const arena = *state;
    const SimulatorPlan plan = simulated_plan(arena, 10000000);
    Err err = {0};
    const Simulator *const simulator = simulator_create(arena, &plan, &err);
    char first[] = "S00000001", last[] = "S10000000";
    const SimulatorSink begins = {.data = first, .shipment = expect_wide_id};
    const SimulatorSink ends = {.data = last, .shipment = expect_wide_id};

    assert_true(simulator_run(simulator, 0, 1, &begins, &err));
    assert_true(simulator_run(simulator, 9999999, 1, &ends, &err));
}

static int
open_arena(void **state)
{
    *state = arena_create();
    return 0;
}

static int
close_arena(void **state)
{
    arena_destroy(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(csv_reads_back_as_the_rows),
        TEST(skipped_tables_are_not_written),
        TEST(a_failing_write_stops_the_run),
        TEST(dirty_rows_can_still_be_copied),
        TEST(copyable_rows_have_their_own_keys),
        TEST(unreadable_lines_are_whole_lines),
        TEST(absurd_plans_are_refused),
        TEST(ids_have_one_width),
        TEST(one_parcel_on_one_day_is_a_plan),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
