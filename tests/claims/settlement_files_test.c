/*
 * Settlement files with everything that can be wrong in them, as CSV and as UBL. The examples are plain files in settlements/.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "claims/settlement/settlement.h"
#include "core/file.h"
#include "core/text.h"
#include "tests/harness/golden.h"

#include <string.h>

#define FOLDER VIGIE_SOURCE_DIR "/tests/claims/settlements/"

// Every line with all it says, one after the other.
static const char *
print_lines(Arena *arena, const SettlementLines *lines)
{
    Text out = {.arena = arena};

    for (size_t i = 0; i < lines->count; i++) {
        const SettlementLine *const line = &lines->items[i];

        assert_true(text_is_utf8(line->tracking_number, strlen(line->tracking_number)));
        text_add_format(&out, "%lld: [%s] [%s] %s (%s) [%s] %s [%s]%s%s\n", (long long)line->line,
            line->reference, line->tracking_number,
            money_is_known(line->amount) ? money_print(arena, line->amount) : "-",
            line->amount_text, line->credit_note,
            line->day == DAY_NONE ? "-" : day_print(arena, line->day), line->reason,
            *line->problem ? "\n    " : "", line->problem);
    }
    return text_get(&out);
}

static SettlementLines
read_sheet(Arena *arena, const char *name, const SettlementMap *map)
{
    SettlementLines lines = {0};
    size_t length;
    Err err = {0};
    const char *const bytes =
        file_read(arena, arena_printf(arena, FOLDER "%s", name), 1 << 20, &length, &err);

    if (!bytes || !settlement_read_csv(arena, bytes, length, map, &lines, &err))
        fail_msg("%s", err.text);
    return lines;
}

static void
hostile_lines_are_read_or_named(void **state)
{
    Arena *const arena = arena_create();
    const SettlementLines lines = read_sheet(arena, "hostile.csv", &SETTLEMENT_MAP_GENERIC);

    (void)state;
    golden_check("tests/claims/golden/settlement_hostile.txt", print_lines(arena, &lines));
    arena_destroy(arena);
}

static SettlementMaps
load_maps(Arena *arena, const char *file)
{
    const char *const places[] = {arena_printf(arena, FOLDER "%s", file)};
    Problems problems = {.arena = arena};
    SettlementMaps maps = {0};
    Err err = {0};

    if (!settlement_maps_load(arena, (TextList){places, 1}, &maps, &problems, &err))
        fail_msg("%s", err.text);
    return maps;
}

static void
a_layout_says_what_columns_hold(void **state)
{
    Arena *const arena = arena_create();
    const SettlementMaps maps = load_maps(arena, "windows.yaml");
    const SettlementMap *const map = settlement_map_of(&maps, "colissimo");

    (void)state;
    assert_ptr_equal(settlement_map_of(&maps, "dpd"), &SETTLEMENT_MAP_GENERIC);

    const SettlementLines lines = read_sheet(arena, "windows.csv", map);

    golden_check("tests/claims/golden/settlement_windows.txt", print_lines(arena, &lines));
    arena_destroy(arena);
}

static void
a_header_must_fit_the_layout(void **state)
{
    static const struct
    {
        const char *file, *words;
    } cases[] = {
        {"", "the file is empty"},
        {"\n\n", "the file has no header"},
        {"claim_reference,currency\nVG-1,EUR\n", "the header has no column \"amount\""},
        {"amount,Amount\n1,2\n", "the header has column \"amount\" twice"},
        {"\"amount\n", "the header: quote is not closed"},
    };
    Arena *const arena = arena_create();
    SettlementLines lines;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Err err = {0};

        assert_false(settlement_read_csv(
            arena, cases[i].file, strlen(cases[i].file), &SETTLEMENT_MAP_GENERIC, &lines, &err));
        if (!strstr(err.text, cases[i].words))
            fail_msg("%s: got %s", cases[i].words, err.text);
    }
    arena_destroy(arena);
}

static bool
read_note(Arena *arena, const char *path, SettlementLines *lines, Err *err)
{
    size_t length;
    const char *const bytes = file_read(arena, path, 1 << 22, &length, err);

    return bytes && settlement_read_ubl(arena, bytes, length, lines, err);
}

static void
a_credit_note_names_its_claims(void **state)
{
    Arena *const arena = arena_create();
    SettlementLines lines;
    Err err = {0};

    (void)state;
    if (!read_note(arena, FOLDER "creditnote.xml", &lines, &err))
        fail_msg("%s", err.text);
    golden_check("tests/claims/golden/settlement_creditnote.txt", print_lines(arena, &lines));
    arena_destroy(arena);
}

#define UBL "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"

static void
other_documents_are_refused(void **state)
{
    static const struct
    {
        const char *xml, *words;
    } cases[] = {
        {"", "Document is empty"},
        {"PK\003\004", "line 1"},
        {"<CreditNote/>", "no CreditNote of UBL 2"},
        {"<Invoice xmlns=\"" UBL "\"/>", "no CreditNote of UBL 2"},
        {"<CreditNote xmlns=\"" UBL "\">", "line 1"},
        {"<!DOCTYPE CreditNote [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><CreditNote xmlns=\"" UBL
         "\"><ID>&x;</ID></CreditNote>",
            "DOCTYPE"},
        {"<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c "
         "\"&b;&b;&b;&b;\">]><CreditNote xmlns=\"" UBL "\"><ID>&c;&c;</ID></CreditNote>",
            "DOCTYPE"},
        {"<!DOCTYPE CreditNote SYSTEM \"http://192.0.2.1/x.dtd\"><CreditNote xmlns=\"" UBL "\"/>",
            "DOCTYPE"},
    };
    Arena *const arena = arena_create();
    SettlementLines lines;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Err err = {0};

        assert_false(settlement_read_ubl(arena, cases[i].xml, strlen(cases[i].xml), &lines, &err));
        assert_int_equal(err.kind, ERR_DATA);
        if (!strstr(err.text, cases[i].words))
            fail_msg("%s: got %s", cases[i].words, err.text);
    }
    arena_destroy(arena);
}

// OASIS's own example: a credit of goods, none of our claims. Its lines are read for what they are.
static void
the_example_of_oasis_is_read(void **state)
{
    static const char *const amounts[] = {"1273.00", "-3.96", "4.96", "-25.00", "187.50"};
    Arena *const arena = arena_create();
    SettlementLines lines;
    Err err = {0};

    (void)state;
    if (!read_note(
            arena, VIGIE_SHARED_DIR "/data/ubl-2.1/UBL-CreditNote-2.1-Example.xml", &lines, &err)) {
        if (err.kind == ERR_CONFIG) {
            print_message("skipped: no examples of UBL 2.1 here\n");
            arena_destroy(arena);
            skip();
        }
        fail_msg("%s", err.text);
    }
    assert_int_equal(lines.count, sizeof amounts / sizeof amounts[0]);
    for (size_t i = 0; i < lines.count; i++) {
        assert_string_equal(lines.items[i].problem, "");
        assert_string_equal(money_amount(arena, lines.items[i].amount), amounts[i]);
        assert_string_equal(lines.items[i].credit_note, "TOSL108");
        assert_string_equal(day_print(arena, lines.items[i].day), "2009-12-15");
    }
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_lines_are_read_or_named),
        cmocka_unit_test(a_layout_says_what_columns_hold),
        cmocka_unit_test(a_header_must_fit_the_layout),
        cmocka_unit_test(a_credit_note_names_its_claims),
        cmocka_unit_test(other_documents_are_refused),
        cmocka_unit_test(the_example_of_oasis_is_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
