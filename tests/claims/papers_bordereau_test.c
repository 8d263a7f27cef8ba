#include "claims/papers/papers.h"

#include "core/text.h"
#include "tests/harness/golden.h"
#include "tests/harness/sample_dossier.h"
#include "tests/harness/tools.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DAY_OF_SAMPLE 20777
#define CLAIMS        5

// Loss, a draft without an amount, damage in dollars, delay in yen, non-receipt in dinars.
static Bordereau
sample(Arena *arena)
{
    Dossier *const dossiers = ARENA_ARRAY(arena, Dossier, CLAIMS);

    dossiers[0] = sample_dossier(arena, "fr", GROUND_LOSS);
    dossiers[1] = sample_dossier_draft(arena, "fr");
    dossiers[2] = sample_dossier(arena, "fr", GROUND_DAMAGE);
    dossiers[2].claim.payable = (Money){123456, "USD"};
    dossiers[3] = sample_dossier(arena, "fr", GROUND_DELAY);
    dossiers[3].claim.payable = (Money){1500, "JPY"};
    dossiers[4] = sample_dossier(arena, "fr", GROUND_NOT_RECEIVED);
    dossiers[4].claim.payable = (Money){12340, "KWD"};
    for (size_t i = 0; i < CLAIMS; i++) {
        dossiers[i].claim.number = (int64_t)(123 + i);
        dossiers[i].claim.reference = claim_reference(arena, dossiers[i].claim.number);
    }
    return (Bordereau){"colissimo", DAY_OF_SAMPLE, dossiers, CLAIMS};
}

static Press *
press_of(Arena *arena)
{
    Err err = {0};
    const Zone *const zone = zone_load(arena, "Europe/Paris", &err);

    return press_create(arena, zone, &err);
}

static void
x12_reads_as_agreed(void **state)
{
    Arena *const arena = arena_create();
    const Bordereau bordereau = sample(arena);
    Paper paper;
    Err err = {0};

    (void)state;
    assert_true(paper_claims_x12(arena, &bordereau, &paper, &err));
    assert_string_equal(paper.name, "bordereau-colissimo-2026-11-20.x12");
    golden_check("tests/claims/golden/bordereau.x12", paper.bytes);
    arena_destroy(arena);
}

// A night keeps rows only: they say all that the papers say.
static void
rows_give_the_same_papers(void **state)
{
    Arena *const arena = arena_create();
    Press *const press = press_of(arena);
    const Bordereau whole = sample(arena);
    Dossier *const rows = ARENA_ARRAY(arena, Dossier, CLAIMS);
    const Bordereau kept = {"colissimo", DAY_OF_SAMPLE, rows, CLAIMS};
    PaperList of_whole = {.arena = arena}, of_rows = {.arena = arena};
    Err err = {0};

    (void)state;
    for (size_t i = 0; i < CLAIMS; i++)
        rows[i] = bordereau_row(arena, &whole.dossiers[i], i > 0 ? rows : NULL);
    assert_true(papers_of_bordereau(press, &whole, &of_whole, &err));
    assert_true(papers_of_bordereau(press, &kept, &of_rows, &err));
    assert_int_equal(of_rows.count, of_whole.count);
    for (size_t i = 0; i < of_whole.count; i++) {
        assert_string_equal(of_rows.items[i].name, of_whole.items[i].name);
        assert_int_equal(of_rows.items[i].length, of_whole.items[i].length);
        assert_memory_equal(
            of_rows.items[i].bytes, of_whole.items[i].bytes, of_whole.items[i].length);
    }
    arena_destroy(arena);
}

// A long bordereau is signed in parts, each with its own totals; the other forms stay whole.
static void
a_long_one_comes_in_parts(void **state)
{
    Arena *const arena = arena_create();
    Press *const press = press_of(arena);
    Dossier *const dossiers = ARENA_ARRAY(arena, Dossier, BORDEREAU_PART + 1);
    const Bordereau bordereau = {"colissimo", DAY_OF_SAMPLE, dossiers, BORDEREAU_PART + 1};
    PaperList list = {.arena = arena};
    Err err = {0};

    (void)state;
    for (size_t i = 0; i <= BORDEREAU_PART; i++) {
        dossiers[i] = sample_dossier(arena, "fr", GROUND_LOSS);
        dossiers[i].claim.number = (int64_t)(1 + i);
    }
    assert_true(papers_of_bordereau(press, &bordereau, &list, &err));
    assert_int_equal(list.count, 6);
    assert_string_equal(list.items[2].name, "bordereau-colissimo-2026-11-20-1.pdf");
    assert_string_equal(list.items[3].name, "bordereau-colissimo-2026-11-20-2.pdf");
    if (tool_is_there("pdftotext")) {
        const char *const text =
            tool_pdf_text(arena, list.items[3].bytes, list.items[3].length, true);

        assert_non_null(strstr(text, "partie 2"));
        assert_non_null(strstr(text, "VG-001001"));
        assert_null(strstr(text, "VG-001000"));
    }
    arena_destroy(arena);
}

typedef struct Segment
{
    char *elements[32];
    size_t count;
} Segment;

// The reader knows nothing of the writer: it takes the delimiters from where the standard puts them in the ISA segment.
static size_t
read_back(Arena *arena, const char *bytes, Segment *segments, size_t max)
{
    const char element = bytes[3], end = bytes[105];
    size_t count = 0;

    for (const char *at = bytes; *at != '\0' && count < max;) {
        Segment *const segment = &segments[count++];
        const char *const stop = strchr(at, end);

        assert_non_null(stop);
        *segment = (Segment){.count = 0};
        while (at <= stop) {
            const char *next = at;

            while (next < stop && *next != element)
                next++;
            assert_true(segment->count < 32);
            segment->elements[segment->count++] = arena_copy_bytes(arena, at, (size_t)(next - at));
            at = next + 1;
        }
        while (*at == '\n')
            at++;
    }
    return count;
}

static void
x12_is_closed_and_counted(void **state)
{
    Arena *const arena = arena_create();
    const Bordereau bordereau = sample(arena);
    Segment *const segments = ARENA_ARRAY(arena, Segment, 200);
    Paper paper;
    Err err = {0};
    size_t sets = 0, in_set = 0;
    int64_t hundredths = 0;

    (void)state;
    assert_true(paper_claims_x12(arena, &bordereau, &paper, &err));
    assert_int_equal(paper.bytes[104], '>');

    const size_t count = read_back(arena, paper.bytes, segments, 200);

    for (size_t i = 0; i < count; i++) {
        char **const e = segments[i].elements;

        if (strcmp(e[0], "ST") == 0) {
            sets++;
            in_set = 0;
        }
        in_set++;
        if (strcmp(e[0], "F01") == 0)
            hundredths += strtoll(e[3], NULL, 10);
        if (strcmp(e[0], "SE") == 0) {
            assert_int_equal(strtoll(e[1], NULL, 10), in_set);
            assert_int_equal(strtoll(e[2], NULL, 10), sets);
        }
    }

    const Segment *const isa = &segments[0], *const gs = &segments[1];
    const Segment *const ge = &segments[count - 2], *const iea = &segments[count - 1];

    assert_int_equal(isa->count, 17);
    assert_string_equal(isa->elements[13], "000000123");
    assert_string_equal(gs->elements[1], "GC");
    assert_string_equal(gs->elements[8], "005050");
    assert_string_equal(ge->elements[0], "GE");
    assert_int_equal(strtoll(ge->elements[1], NULL, 10), 4);
    assert_string_equal(ge->elements[2], gs->elements[6]);
    assert_string_equal(iea->elements[0], "IEA");
    assert_string_equal(iea->elements[2], isa->elements[13]);
    // 27.60, 1234.56, 1500 and 12.340, each in hundredths of its unit
    assert_int_equal(hundredths, 2760 + 123456 + 150000 + 1234);
    arena_destroy(arena);
}

static void
nothing_to_demand_is_no_interchange(void **state)
{
    Arena *const arena = arena_create();
    Bordereau bordereau = sample(arena);
    Paper paper = {.name = "untouched"};
    Err err = {0};

    (void)state;
    bordereau.dossiers++;  // the draft
    bordereau.count = 1;
    assert_false(paper_claims_x12(arena, &bordereau, &paper, &err));
    assert_int_equal(err.kind, ERR_DATA);
    assert_false(paper_debit_note(arena, &bordereau, "EUR", &paper, &err));
    assert_int_equal(err.kind, ERR_DATA);
    assert_string_equal(paper.name, "untouched");

    PaperList list = {.arena = arena};

    assert_true(papers_of_bordereau(press_of(arena), &bordereau, &list, &err));
    assert_int_equal(list.count, 3);
    arena_destroy(arena);
}

static void
debit_notes_are_by_currency(void **state)
{
    static const char *const names[] = {"debit-note-colissimo-2026-11-20-eur.xml",
        "debit-note-colissimo-2026-11-20-usd.xml", "debit-note-colissimo-2026-11-20-jpy.xml",
        "debit-note-colissimo-2026-11-20-kwd.xml"};
    static const char *const amounts[] = {"<cbc:PayableAmount currencyID=\"EUR\">27.60<",
        "<cbc:PayableAmount currencyID=\"USD\">1234.56<",
        "<cbc:PayableAmount currencyID=\"JPY\">1500<",
        "<cbc:PayableAmount currencyID=\"KWD\">12.340<"};
    Arena *const arena = arena_create();
    const Bordereau bordereau = sample(arena);
    PaperList list = {.arena = arena};
    Err err = {0};

    (void)state;
    assert_true(papers_of_bordereau(press_of(arena), &bordereau, &list, &err));
    assert_int_equal(list.count, 8);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(list.items[3 + i].name, names[i]);
        assert_non_null(strstr(list.items[3 + i].bytes, amounts[i]));
    }
    golden_check("tests/claims/golden/debit_note.xml", list.items[3].bytes);
    arena_destroy(arena);
}

static void
the_paper_reads_as_agreed(void **state)
{
    Arena *const arena = arena_create();
    const Bordereau bordereau = sample(arena);
    Paper paper;
    Err err = {0};

    (void)state;
    if (!tool_is_there("pdftotext"))
        skip();
    assert_true(paper_bordereau_pdf(press_of(arena), arena, &bordereau, &paper, &err));
    golden_check("tests/claims/golden/bordereau_pdf.txt",
        tool_pdf_text(arena, paper.bytes, paper.length, true));
    arena_destroy(arena);
}

// A long bordereau goes over pages with its header on each, and no row is lost.
static void
a_long_table_keeps_its_header_and_rows(void **state)
{
    Arena *const arena = arena_create();
    const size_t count = 150;
    Dossier *const dossiers = ARENA_ARRAY(arena, Dossier, count);
    const Bordereau bordereau = {"colissimo", DAY_OF_SAMPLE, dossiers, count};
    size_t pages = 0, heads = 0;
    Paper paper;
    Err err = {0};

    (void)state;
    if (!tool_is_there("pdftotext"))
        skip();
    for (size_t i = 0; i < count; i++) {
        dossiers[i] = sample_dossier(arena, "en", GROUND_LOSS);
        dossiers[i].claim.number = (int64_t)i + 1;
    }
    assert_true(paper_bordereau_pdf(press_of(arena), arena, &bordereau, &paper, &err));

    const char *const text = tool_pdf_text(arena, paper.bytes, paper.length, true);

    for (const char *at = text; (at = strstr(at, "\n----\n")); at++)
        pages++;
    for (const char *at = text; (at = strstr(at, "Our reference")); at++)
        heads++;
    assert_true(pages > 2);
    assert_int_equal(heads, pages);
    for (size_t i = 0; i < count; i++)
        assert_non_null(strstr(text, claim_reference(arena, (int64_t)i + 1)));
    assert_non_null(strstr(text, "4,140.00 EUR"));  // 150 times 27.60
    arena_destroy(arena);
}

static void
the_sheet_reads_as_agreed(void **state)
{
    Arena *const arena = arena_create();
    const Bordereau bordereau = sample(arena);
    Paper paper;
    Err err = {0};
    int status;

    (void)state;
    tool_run(arena, "/usr/bin/python3 -c 'import openpyxl'", &status);
    if (status != 0) {
        print_message("skipped: python3-openpyxl is not installed\n");
        skip();
    }
    assert_true(paper_bordereau_xlsx(press_of(arena), arena, &bordereau, &paper, &err));

    const char *const path = tool_file(arena, "sheet.xlsx", paper.bytes, paper.length);
    const char *const said = tool_run(arena,
        arena_printf(arena,
            "/usr/bin/python3 -c 'import openpyxl\n"
            "for sheet in openpyxl.load_workbook(\"%s\"):\n"
            "    print(sheet.title, sheet.dimensions, sheet.freeze_panes, sheet.auto_filter.ref)\n"
            "    for row in sheet.iter_rows():\n"
            "        print(*(f\"{c.value!s}:{c.data_type}:{c.number_format}\" for c in row), "
            "sep=\" | \")'",
            path),
        &status);

    if (status != 0)
        fail_msg("%s", said);
    golden_check("tests/claims/golden/bordereau_xlsx.txt", said);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_one_comes_in_parts),
        cmocka_unit_test(rows_give_the_same_papers),
        cmocka_unit_test(x12_reads_as_agreed),
        cmocka_unit_test(x12_is_closed_and_counted),
        cmocka_unit_test(nothing_to_demand_is_no_interchange),
        cmocka_unit_test(debit_notes_are_by_currency),
        cmocka_unit_test(the_paper_reads_as_agreed),
        cmocka_unit_test(a_long_table_keeps_its_header_and_rows),
        cmocka_unit_test(the_sheet_reads_as_agreed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
