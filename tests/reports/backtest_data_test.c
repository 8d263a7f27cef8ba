/*
 * A backtest for programs and terminals: JSON that fits its schema, CSV that no spreadsheet runs, tables that fit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/csv.h"
#include "core/width.h"
#include "reports/reports.h"
#include "tests/harness/json_schema.h"
#include "tests/harness/sample_backtest.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#define SCHEMA VIGIE_SOURCE_DIR "/docs/backtest.schema.json"

static const char *
document(Arena *arena, const BacktestReport *report)
{
    const char *bytes = NULL;
    size_t length = 0;
    Err err = {0};

    assert_true(report_backtest_json(arena, report, &bytes, &length, &err));
    assert_int_equal(strlen(bytes), length);
    return bytes;
}

static void
json_fits_its_schema(void **state)
{
    Arena *const arena = arena_create();
    const char *const known = document(arena, sample_backtest(arena));
    const char *const unknown = document(arena, sample_backtest_unknown(arena));

    (void)state;
    assert_true(json_schema_fits(SCHEMA, known));
    assert_true(json_schema_fits(SCHEMA, unknown));
    assert_false(json_schema_fits(SCHEMA, "{\"schema\":\"vigie.backtest/1\"}"));
    assert_int_not_equal(json_schema_python(SCHEMA, known), 1);
    assert_int_not_equal(json_schema_python(SCHEMA, unknown), 1);
    arena_destroy(arena);
}

static void
json_says_what_the_report_says(void **state)
{
    Arena *const arena = arena_create();
    const BacktestReport *const report = sample_backtest(arena);
    const BacktestMethod *const method = &report->answers[BACKTEST_LATE].methods[0];
    json_t *const json = json_loads(document(arena, report), 0, NULL);
    json_t *const methods = json_object_get(json_object_get(json, "late"), "methods");
    json_t *const scores = json_object_get(json_array_get(methods, 0), "scores");

    (void)state;
    assert_int_equal(json_array_size(methods), report->answers[BACKTEST_LATE].method_count);
    assert_int_equal(json_array_size(json_object_get(json, "nights")), report->night_count);
    assert_int_equal(json_integer_value(json_object_get(scores, "count")), method->scores.count);
    assert_true(fabs(json_real_value(json_object_get(json_object_get(scores, "auc"), "value")) -
                     method->scores.auc.value) < 1e-9);
    json_decref(json);
    arena_destroy(arena);
}

// Two parcel-nights by a carrier that would like to be a formula.
static BacktestReport
two_rows(BacktestNight *night, BacktestRow rows[2], BacktestParcel *parcel)
{
    *parcel = (BacktestParcel){.id = "=cmd|' /C calc'!A0",
        .carrier = "@carrier",
        .service = "",
        .promised_at = INSTANT_NONE,
        .outcome = {.late = FATE_YES, .lost = FATE_UNKNOWN},
        .weight = 3.165};
    rows[0] = (BacktestRow){.p_late = .25,
        .p_late_stated = .5,
        .p_lost = NAN,
        .p_lost_stated = NAN,
        .rule_late = NAN,
        .silence_hours = 36.5F,
        .age_hours = NAN,
        .milestone = MILESTONE_IN_TRANSIT,
        .kind = CASE_AT_RISK,
        .asked = {true, false}};
    rows[1] = rows[0];
    rows[1].kind = CASE_NONE;
    *night = (BacktestNight){.as_of = 0, .rows = rows, .row_count = 2};
    return (BacktestReport){
        .nights = night, .night_count = 1, .parcels = parcel, .parcel_count = 1};
}

static void
csv_comes_in_parts_without_formulas(void **state)
{
    Arena *const arena = arena_create();
    BacktestNight night;
    BacktestRow rows[2];
    BacktestParcel parcel;
    const BacktestReport report = two_rows(&night, rows, &parcel);
    size_t length;
    const char *const header = report_backtest_csv(arena, &report, 0, &length);
    const char *const body = report_backtest_csv(arena, &report, 1, &length);

    (void)state;
    assert_int_equal(strlen(body), length);
    assert_string_equal(header,
        "as_of,shipment_id,carrier,service,milestone,kind,p_late,p_late_stated,"
        "p_late_delivered_only,p_lost,p_lost_stated,late,lost,scored_late,scored_lost,"
        "silence_hours,age_hours,sample_weight\n");
    assert_string_equal(body,
        "1970-01-01T00:00:00Z,\"'=cmd|' /C "
        "calc'!A0\",\"'@carrier\",,in_transit,at_risk,0.250000,0.500000,"
        ",,,true,,true,false,36.50,,3.165\n"
        "1970-01-01T00:00:00Z,\"'=cmd|' /C calc'!A0\",\"'@carrier\",,in_transit,,0.250000,0.500000,"
        ",,,true,,true,false,36.50,,3.165\n");
    arena_destroy(arena);
}

static void
tables_fit_their_terminal(void **state)
{
    static const size_t widths[] = {40, 80, 100, 200};
    Arena *const arena = arena_create();
    const BacktestReport *const reports[] = {
        sample_backtest(arena), sample_backtest_unknown(arena)};

    (void)state;
    for (size_t r = 0; r < 2; r++)
        for (size_t i = 0; i < 4; i++) {
            const char *line = report_backtest_table(arena, reports[r], widths[i]);

            assert_non_null(strstr(line, "P(late)"));
            assert_null(strstr(line, "nan"));
            while (*line != '\0') {
                const char *const end = strchr(line, '\n');
                const char *const text = arena_copy_bytes(arena, line, (size_t)(end - line));

                if (width_of(text) > widths[i])
                    fail_msg("wider than %zu: %s", widths[i], text);
                line = end + 1;
            }
        }
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_fits_its_schema),
        cmocka_unit_test(json_says_what_the_report_says),
        cmocka_unit_test(csv_comes_in_parts_without_formulas),
        cmocka_unit_test(tables_fit_their_terminal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
