/*
 * The workbook, as Python's openpyxl reads it.
 */
#include "reports/reports.h"

#include "core/text.h"
#include "tests/harness/golden.h"
#include "tests/harness/sample_digest.h"
#include "tests/harness/tools.h"
#include "tests/harness/written.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct Bytes
{
    const char *bytes;
    size_t length;
} Bytes;

static Bytes
book_of(Arena *arena, const Digest *digest, const char *language)
{
    Written written;
    Err err = {0};
    const Zone *const zone = zone_load(arena, "Europe/Paris", &err);

    written_begin(&written);
    if (zone == NULL || !report_xlsx(written.file, digest, zone, language, &err))
        fail_msg("%s", err.text);

    const char *const bytes = written_end(&written, arena);

    return (Bytes){bytes, written.length};
}

// What a program of Python says about a workbook, which it finds as `book`; skips the test where openpyxl is missing.
static const char *
said_of(Arena *arena, Bytes book, const char *program)
{
    const char *const path = tool_file(arena, "night.xlsx", book.bytes, book.length);
    const char *const script = tool_file(arena, "read.py", program, strlen(program));
    int status;

    tool_run(arena, "/usr/bin/python3 -c 'import openpyxl'", &status);
    if (status != 0) {
        print_message("skipped: python3-openpyxl is not installed\n");
        skip();
    }

    const char *const said =
        tool_run(arena, arena_printf(arena, "/usr/bin/python3 '%s' '%s'", script, path), &status);

    if (status != 0)
        fail_msg("%s", said);
    return said;
}

#define OPEN                                                                                       \
    "import sys, openpyxl\n"                                                                       \
    "book = openpyxl.load_workbook(sys.argv[1])\n"

static void
reads_as_agreed(void **state)
{
    static const char *const languages[] = {"en", "fr"};
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const char *const said = said_of(arena, book_of(arena, sample_digest(arena), languages[i]),
            OPEN
            "print(book.properties.created, book.properties.creator, book.properties.title)\n"
            "for sheet in book:\n"
            "    print(sheet.title, sheet.dimensions, sheet.freeze_panes, sheet.auto_filter.ref)\n"
            "    for row in list(sheet.iter_rows())[:9]:\n"
            "        print(*(f'{c.value!s}:{c.data_type}:{c.number_format}' for c in row), sep=' | "
            "')\n");

        golden_check(
            arena_printf(arena, "tests/reports/golden/night_%s.xlsx.txt", languages[i]), said);
    }
    arena_destroy(arena);
}

#define TEXTS 14

// Outside texts stand in every sheet that has some; none of them is a formula or a link, and none breaks the file.
static void
hostile_texts_are_texts(void **state)
{
    static const char *const texts[TEXTS] = {"=1+1", "=cmd|'/c calc'!A0", "+1", "-1", "@SUM(A1)",
        "\t=1", "http://example.org/", "mailto:a@b.c", "<b>&amp;</b>", "]]>", "_x0041_", "a\x01z",
        "bad \xFF", "rtl \xE2\x80\xAE"};
    Arena *const arena = arena_create();
    Digest digest = *sample_digest(arena);
    CaseRecord records[TEXTS];
    Scorecard cards[TEXTS];
    Incident incidents[TEXTS];
    Claim claims[TEXTS];
    Text wanted = {.arena = arena};

    (void)state;
    for (size_t i = 0; i < TEXTS; i++) {
        records[i] = digest.cases[0];
        cards[i] = digest.cards.items[1];
        incidents[i] = digest.incidents[0];
        claims[i] = digest.claims[0];
        records[i].tracking_number = cards[i].carrier = incidents[i].evidence = claims[i].clause =
            texts[i];
        for (size_t sheet = 0; sheet < 5; sheet++)
            text_add_format(&wanted, "%s\n", text_clean(arena, texts[i]));
    }
    digest.cases = records;
    digest.cards.items = cards;
    digest.incidents = incidents;
    digest.claims = claims;
    digest.case_count = digest.cards.count = digest.incident_count = digest.claim_count = TEXTS;
    digest.merchant = texts[0];

    const char *const said = said_of(arena, book_of(arena, &digest, "en"),
        OPEN "for sheet in book:\n"
             "    for row in sheet.iter_rows():\n"
             "        for cell in row:\n"
             "            assert cell.data_type != 'f' and cell.hyperlink is None, cell\n"
             "for row in range(2, book['Logistics'].max_row + 1):\n"
             "    for sheet, column in (('Logistics', 'H'), ('Support', 'A'), ('Finance', 'T'),\n"
             "                          ('Carriers', 'B'), ('Incidents', 'H')):\n"
             "        print(book[sheet][column + str(row)].value)\n");

    assert_string_equal(said, text_get(&wanted));
    arena_destroy(arena);
}

static void
the_same_night_is_the_same_file_wherever_it_is_made(void **state)
{
    Arena *const arena = arena_create();
    const Bytes here = book_of(arena, sample_digest(arena), "fr");

    (void)state;
    setenv("TZ", "Asia/Tokyo", 1);
    setenv("LC_ALL", "fr_FR.UTF-8", 1);

    const Bytes there = book_of(arena, sample_digest(arena), "fr");

    unsetenv("TZ");
    unsetenv("LC_ALL");
    assert_int_equal(here.length, there.length);
    assert_memory_equal(here.bytes, there.bytes, here.length);
    arena_destroy(arena);
}

static void
a_quiet_night_has_all_its_sheets(void **state)
{
    Arena *const arena = arena_create();
    const char *const said = said_of(arena, book_of(arena, sample_quiet_digest(arena), "en"),
        OPEN "print(*((sheet.title, sheet.max_row) for sheet in book))\n");

    (void)state;
    assert_string_equal(said,
        "('Management', 16) ('Logistics', 1) ('Support', 1) ('Finance', 1) ('Carriers', 1) "
        "('Claims by carrier', 1) ('Reasons', 1) ('Incidents', 1)\n");
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_as_agreed),
        cmocka_unit_test(hostile_texts_are_texts),
        cmocka_unit_test(the_same_night_is_the_same_file_wherever_it_is_made),
        cmocka_unit_test(a_quiet_night_has_all_its_sheets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
