/*
 * Worked cases a finance clerk can read and check by hand (worked_cases.csv), against the terms and
 * the calendar that ship. A claim is drafted on the days that matter: a draft on the eve of its
 * opening, ready from then on, with a caution once the deadline has passed, and time-barred on the
 * day after the bar, not before.
 */
#include "claims/claims.h"

#include "core/csv.h"
#include "core/file.h"
#include "core/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NOON (12 * HOUR)

typedef struct Run
{
    Arena *arena;
    ClaimContext context;
    Map *columns;
    int count;
} Run;

// One row, by the names of its columns.
typedef struct Row
{
    const Run *run;
    const CsvRecord *record;
} Row;

static const char *
cell(const Row *row, const char *name)
{
    const int64_t column = map_get(row->run->columns, name, strlen(name), -1);

    assert_true(column >= 0 && (size_t)column < row->record->count);
    return row->record->fields[column];
}

static Day
day_cell(const Row *row, const char *name)
{
    Day day = DAY_NONE;

    if (*cell(row, name) != '\0')
        assert_true(day_parse(cell(row, name), &day));
    return day;
}

static Instant
noon_cell(const Row *row, const char *name)
{
    const Day day = day_cell(row, name);

    return day == DAY_NONE ? INSTANT_NONE : day * HOURS_24 + NOON;
}

// "180.00 EUR"
static Money
money_cell(const Row *row, const char *name)
{
    const char *const text = cell(row, name);
    const size_t length = strlen(text);
    Money money = MONEY_NONE;
    Err err = {0};

    if (length > 4)
        assert_true(money_parse(
            arena_copy_bytes(row->run->arena, text, length - 4), text + length - 3, &money, &err));
    return money;
}

static Shipment
shipment_of(const Row *row)
{
    int64_t grams = 0;

    if (*cell(row, "weight_grams") != '\0')
        assert_true(text_parse_int(cell(row, "weight_grams"), &grams));
    return (Shipment){
        .id = "S1",
        .tracking_number = "T1",
        .carrier = cell(row, "carrier"),
        .service = cell(row, "service"),
        .contract = "",
        .origin_country = cell(row, "origin"),
        .origin_zone = "",
        .destination_country = cell(row, "country"),
        .destination_zone = "",
        .destination_postcode = "",
        .promised_at = noon_cell(row, "promised"),
        .cancelled_at = INSTANT_NONE,
        .purchase_value = money_cell(row, "value"),
        .freight_charge = money_cell(row, "freight"),
        .weight_grams = grams,
        .contents = "",
        .order_reference = "",
        .customer_reference = "",
        .customer_language = "",
        .invoice_reference = "",
        .label_owner = cell(row, "label_owner"),
    };
}

static bool
draft_on(const Row *row, Day day, Claim *claim, const char **reason)
{
    const Shipment shipment = shipment_of(row);
    const ClaimFacts facts = {
        .shipment = &shipment,
        .carrier_slug = cell(row, "carrier"),
        .accepted_at = noon_cell(row, "accepted"),
        .last_scan_at = noon_cell(row, "last_scan"),
        .presented_at = noon_cell(row, "delivered"),
        .delivered_at = noon_cell(row, "delivered"),
        .last_scan = "in transit",
        .as_of = zone_day_end(row->run->context.zone, day),
    };

    ClaimGround ground;

    assert_true(claim_ground_parse(cell(row, "ground"), &ground));
    return claim_draft(&row->run->context, &facts, ground, row->run->arena, claim, reason);
}

static Claim
claim_on(const Row *row, Day day)
{
    Claim claim = {0};
    const char *reason = NULL;

    assert_true(draft_on(row, day, &claim, &reason));
    return claim;
}

static const char *
day_text(Arena *arena, Day day)
{
    return day == DAY_NONE ? "" : day_print(arena, day);
}

static const char *
decided_by(const Claim *claim)
{
    for (size_t i = 0; i < claim->line_count; i++)
        if (claim->lines[i].decided)
            return claim->lines[i].clause;
    return "";
}

// A claim waits for its opening, unless the right would be gone by then.
static void
check_opening(const Row *row, Day opening, ClaimState open)
{
    const Day bar = day_cell(row, "bar");

    if (bar != DAY_NONE && bar < opening) {
        assert_int_equal(claim_on(row, bar - 1).state, open);
        assert_non_null(strstr(claim_on(row, bar - 1).caution, "the right ends before that"));
        assert_non_null(strstr(claim_on(row, bar - 1).caution, "file at once"));
        return;
    }

    const Claim eve = claim_on(row, opening - 1);

    assert_int_equal(eve.state, day_cell(row, "enquiry") >= opening ? CLAIM_ENQUIRY : CLAIM_DRAFT);
    assert_non_null(strstr(eve.caution,
        arena_printf(row->run->arena, "may be asserted from %s (", cell(row, "opening"))));
    assert_int_equal(claim_on(row, opening).state, open);
}

// A deadline warns, and only a bar ends the right.
static void
check_end(const Row *row, Day deadline, Day bar, ClaimState open)
{
    Arena *const arena = row->run->arena;
    const char *const passed = arena_printf(arena, "the deadline of %s (", cell(row, "deadline"));

    assert_int_equal(claim_on(row, deadline).state, open);
    assert_null(strstr(claim_on(row, deadline).caution, "by the cautious reading"));
    if (deadline != bar) {
        const Claim late = claim_on(row, deadline + 1);

        assert_int_equal(late.state, open);
        assert_true(strncmp(late.caution, passed, strlen(passed)) == 0);
        assert_non_null(strstr(late.caution, "file at once and verify against your contract"));
    }
    if (bar == DAY_NONE) {
        assert_int_equal(claim_on(row, deadline + 36500).state, open);
        return;
    }
    assert_int_equal(claim_on(row, bar).state, open);
    assert_int_equal(claim_on(row, bar + 1).state, CLAIM_TIME_BARRED);
    assert_non_null(strstr(claim_on(row, bar + 1).caution,
        arena_printf(arena, "the right ended with %s (", cell(row, "bar"))));
}

static void
check_granted(const Row *row, const Claim *claim)
{
    const Day opening = day_cell(row, "opening"), deadline = day_cell(row, "deadline");
    const ClaimState open = *cell(row, "missing") == '\0' ? CLAIM_READY : CLAIM_DRAFT;
    Arena *const arena = row->run->arena;

    assert_string_equal(day_text(arena, claim->opens_on), cell(row, "opening"));
    assert_string_equal(day_text(arena, claim->enquiry_by), cell(row, "enquiry"));
    assert_string_equal(day_text(arena, claim->claim_deadline), cell(row, "deadline"));
    assert_string_equal(day_text(arena, claim->barred_after), cell(row, "bar"));
    assert_true(strlen(claim->bar_clause) > 10 && strlen(claim->bar_source) > 10);
    assert_true(claim->enclosure_count > 0);
    assert_string_equal(claim->missing, cell(row, "missing"));
    assert_string_equal(money_is_known(claim->payable) ? money_print(arena, claim->payable) : "",
        cell(row, "payable"));
    assert_string_equal(decided_by(claim), cell(row, "decided_by"));
    // Rates of the SDR are known for some days only; elsewhere every day that matters is looked at.
    if (*cell(row, "as_of") != '\0')
        return;
    check_end(row, deadline, day_cell(row, "bar"), open);
    if (opening != DAY_NONE)
        check_opening(row, opening, open);
}

static bool
visit(void *data, const CsvRecord *record, Err *err)
{
    Run *const run = data;
    const Row row = {.run = run, .record = record};
    Claim claim = {0};
    const char *reason = "";

    (void)err;
    assert_null(record->problem);
    if (map_count(run->columns) == 0) {
        for (size_t i = 0; i < record->count; i++)
            map_put(run->columns, record->fields[i], strlen(record->fields[i]), (int64_t)i);
        return true;
    }
    print_message("line %d: %s\n", (int)record->line, cell(&row, "case"));
    run->count++;

    const Day asked = day_cell(&row, "as_of"), deadline = day_cell(&row, "deadline");
    const Day on = asked != DAY_NONE ? asked : deadline != DAY_NONE ? deadline : 20777;

    assert_true(strlen(cell(&row, "source")) > 3 || *cell(&row, "cannot") != '\0');
    if (draft_on(&row, on, &claim, &reason))
        check_granted(&row, &claim);
    assert_string_equal(reason, cell(&row, "cannot"));
    return true;
}

static void
shipped_terms_give_the_worked_amounts(void **state)
{
    Arena *const arena = arena_create();
    Problems problems = {.arena = arena};
    Err err = {0};
    const TextList none = {0};
    Run run = {
        .arena = arena,
        .context =
            {
                .book = terms_load(arena, none, &problems, &err),
                .calendar = calendar_load(arena, "FR", &problems, &err),
                .zone = zone_load(arena, "Europe/Paris", &err),
            },
        .columns = map_create(arena),
    };
    FILE *const stream = fopen(VIGIE_SOURCE_DIR "/tests/claims/worked_cases.csv", "r");

    (void)state;
    for (size_t i = 0; i < problems.count; i++)
        print_error("%s\n", problems.items[i]);
    assert_int_equal(err.kind, ERR_NONE);
    assert_non_null(stream);
    assert_true(csv_read(stream, ',', visit, &run, &err));
    assert_true(run.count >= 60);
    fclose(stream);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_terms_give_the_worked_amounts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
