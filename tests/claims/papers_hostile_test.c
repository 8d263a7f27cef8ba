/*
 * What sources really send, in every field at once: no paper lets it act, and every paper is still sound.
 */
#include "claims/papers/papers.h"

#include "core/text.h"
#include "tests/harness/sample_dossier.h"
#include "tests/harness/tools.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DAY_OF_SAMPLE 20777
#define LONG          10000
#define DEBIT_SCHEMA  VIGIE_SHARED_DIR "/data/ubl-2.1/xsd/maindoc/UBL-DebitNote-2.1.xsd"

static const char *const texts[] = {
    "\x01\x02\x1b[31mred\x7f\b\b", "\u202Eelbisivni\u202C \u2066x\u2069\u200F",
    "<b>&amp;</b>]]><!--<script>alert(1)</script>", "=1+1", "@SUM(A1:A9)|'cmd'!A0",
    "../../../etc/passwd", "*~^>ISA*00*~SE*1*0001~\\:?+",
    "{{amount}}{{#loss}}x{{/loss}}\n\n# heading\n\n@facts\n",
    "\u4e2d\u6587 \u05e9\u05dc\u05d5\u05dd \U0001F4E6 \u0e44\u0e17\u0e22", "",
    NULL,  // very long, without a blank
};
#define TEXT_COUNT (sizeof texts / sizeof texts[0])

static const char *
text_of(Arena *arena, size_t i)
{
    if (texts[i])
        return texts[i];

    char *const text = arena_alloc(arena, LONG + 1);

    memset(text, 'W', LONG);
    return text;
}

static Dossier
hostile(Arena *arena, const char *text)
{
    Dossier dossier = sample_dossier(arena, "fr", GROUND_LOSS);
    const Party party = {text, text, text, text};
    DossierScan *const scans = ARENA_ARRAY(arena, DossierScan, 3);
    ClaimEnclosure *const enclosures = ARENA_ARRAY(arena, ClaimEnclosure, 2);
    Claim *const claim = &dossier.claim;

    claim->shipment_id = claim->tracking_number = claim->carrier = claim->service = text;
    claim->origin = claim->destination = claim->destination_postcode = text;
    claim->order_reference = claim->invoice_reference = claim->contents = claim->last_scan = text;
    claim->terms = claim->clause = claim->source = claim->opening_clause = text;
    claim->submit_to = text;
    dossier.claimant = dossier.carrier = party;
    dossier.normal.segment = text;
    for (size_t i = 0; i < 3; i++)
        scans[i] = (DossierScan){.occurred_at = dossier.as_of - (Instant)(3 - i) * HOURS_24,
            .milestone = MILESTONE_IN_TRANSIT,
            .physical = true,
            .code = text,
            .text = text,
            .place = text,
            .country = text};
    dossier.scans = scans;
    dossier.scan_count = 3;
    enclosures[0] = (ClaimEnclosure){
        .name = text, .required = true, .present = true, .reference = text, .absence = ""};
    enclosures[1] = (ClaimEnclosure){.name = text, .reference = "", .absence = text};
    claim->enclosures = enclosures;
    claim->enclosure_count = 2;
    return dossier;
}

static Press *
press_of(Arena *arena)
{
    Err err = {0};
    const Zone *const zone = zone_load(arena, "Europe/Paris", &err);

    return press_create(arena, zone, &err);
}

static bool
holds_control(const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++)
        if ((*c < ' ' && *c != '\n') || *c == 0x7F)
            return true;
    return false;
}

static void
check_pdf(Arena *arena, const Paper *paper)
{
    int status;
    const char *const path = tool_file(arena, paper->name, paper->bytes, paper->length);
    const char *const complaint =
        tool_run(arena, arena_printf(arena, "qpdf --check '%s'", path), &status);

    if (status != 0)
        fail_msg("%s: %s", paper->name, complaint);

    const char *const text = tool_pdf_text(arena, paper->bytes, paper->length, true);

    assert_false(holds_control(text));
    assert_null(strstr(text, "\u202E"));
    assert_null(strstr(text, "\u2066"));
}

static void
papers_of_a_claim_stay_sound(void **state)
{
    Arena *const arena = arena_create();
    Press *const press = press_of(arena);

    (void)state;
    if (!tool_is_there("qpdf") || !tool_is_there("pdftotext"))
        skip();
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        const Dossier dossier = hostile(arena, text_of(arena, i));
        Paper papers[3];
        Err err = {0};

        assert_true(paper_letter(press, arena, &dossier, &papers[0], &err));
        assert_true(paper_annex(press, arena, &dossier, &papers[1], &err));
        assert_true(paper_declaration(press, arena, &dossier, &papers[2], &err));
        assert_string_equal(papers[0].name, "VG-000123-letter.pdf");
        for (size_t k = 0; k < 3; k++)
            check_pdf(arena, &papers[k]);

        // A number that is broken over lines gains no hyphen.
        const char *const text = tool_pdf_text(arena, papers[2].bytes, papers[2].length, true);

        assert_true(texts[i] || (strstr(text, "WWWW\n") && !strstr(text, "W-")));
    }
    arena_destroy(arena);
}

// A hole in a text that fills a hole stays as it is written, and so does the sign of a heading or a part.
static void
a_text_is_no_template(void **state)
{
    Arena *const arena = arena_create();
    Press *const press = press_of(arena);
    const Dossier dossier = hostile(arena, texts[7]);
    Paper letter;
    Err err = {0};
    int count = 0;

    (void)state;
    if (!tool_is_there("pdftotext"))
        skip();
    assert_true(paper_letter(press, arena, &dossier, &letter, &err));

    const char *const text = tool_pdf_text(arena, letter.bytes, letter.length, true);

    assert_non_null(strstr(text, "{{amount}}{{#loss}}x{{/loss}}"));
    for (const char *at = text; (at = strstr(at, "Num\u00e9ro de suivi")); at++)
        count++;
    assert_int_equal(count, 1);
    arena_destroy(arena);
}

static Bordereau
bordereau_of(Arena *arena, const char *text)
{
    Dossier *const dossiers = ARENA_ARRAY(arena, Dossier, 2);

    dossiers[0] = dossiers[1] = hostile(arena, text);
    dossiers[1].claim.number = 124;
    return (Bordereau){text, DAY_OF_SAMPLE, dossiers, 2};
}

static void
names_hold_no_outside_text(void **state)
{
    static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    Arena *const arena = arena_create();
    Press *const press = press_of(arena);

    (void)state;
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        const Bordereau bordereau = bordereau_of(arena, text_of(arena, i));
        PaperList list = {.arena = arena};
        Err err = {0};

        assert_true(papers_of_bordereau(press, &bordereau, &list, &err));
        assert_int_equal(list.count, 5);
        for (size_t k = 0; k < list.count; k++) {
            assert_int_equal(strspn(list.items[k].name, safe), strlen(list.items[k].name));
            assert_true(list.items[k].name[0] != '.' && strlen(list.items[k].name) < 100);
        }
    }
    arena_destroy(arena);
}

// Segments end where we end them: two transaction sets, every line one segment, no element longer than the standard allows.
static void
x12_keeps_its_shape(void **state)
{
    static const char *const known = " ISA GS ST F01 L11 CUR N1 N3 F02 G62 Q7 SE GE IEA ";
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        const Bordereau bordereau = bordereau_of(arena, text_of(arena, i));
        Paper paper;
        Err err = {0};
        size_t sets = 0;

        assert_true(paper_claims_x12(arena, &bordereau, &paper, &err));
        for (const char *at = paper.bytes; *at != '\0';) {
            const size_t length = strcspn(at, "\n");
            const char *const line = arena_copy_bytes(arena, at, length);
            const size_t name = strcspn(line, "*~");

            assert_int_equal(strcspn(line, "~"), length - 1);
            assert_non_null(strstr(known, arena_printf(arena, " %.*s ", (int)name, line)));
            sets += text_starts_with(line, "ST*") ? 1 : 0;
            for (const char *element = line; *element != '\0';) {
                const size_t size = strcspn(element, "*~");

                assert_true(size <= 80);
                assert_true(strcspn(element, "^>") >= size || text_starts_with(line, "ISA*"));
                element += size + 1;
            }
            at += length + 1;
        }
        assert_int_equal(sets, 2);
    }
    arena_destroy(arena);
}

static void
debit_notes_validate(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    if (!tool_is_there("xmllint"))
        skip();
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        const Bordereau bordereau = bordereau_of(arena, text_of(arena, i));
        Paper paper;
        Err err = {0};
        int status;

        assert_true(paper_debit_note(arena, &bordereau, "EUR", &paper, &err));

        const char *const path = tool_file(arena, "note.xml", paper.bytes, paper.length);
        const char *const said = tool_run(arena,
            arena_printf(arena,
                "if [ -e '%s' ]; then xmllint --nonet --noout --schema '%s' '%s'; else echo "
                "skipped: no "
                "schemas; xmllint --nonet --noout '%s'; fi",
                DEBIT_SCHEMA, DEBIT_SCHEMA, path, path),
            &status);

        if (status != 0)
            fail_msg("text %zu: %s", i, said);
    }
    arena_destroy(arena);
}

// No cell of the sheet computes; texts come back as they were, cleaned.
static void
sheets_do_not_compute(void **state)
{
    Arena *const arena = arena_create();
    Press *const press = press_of(arena);
    int status;

    (void)state;
    tool_run(arena, "/usr/bin/python3 -c 'import openpyxl'", &status);
    if (status != 0) {
        print_message("skipped: python3-openpyxl is not installed\n");
        skip();
    }
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        const char *const text = text_of(arena, i);
        const Bordereau bordereau = bordereau_of(arena, text);
        Paper paper;
        Err err = {0};

        assert_true(paper_bordereau_xlsx(press, arena, &bordereau, &paper, &err));

        const char *const path = tool_file(arena, "sheet.xlsx", paper.bytes, paper.length);
        const char *const said = tool_run(arena,
            arena_printf(arena,
                "/usr/bin/python3 -c 'import openpyxl\n"
                "book = openpyxl.load_workbook(\"%s\")\n"
                "for sheet in book:\n"
                "    for row in sheet.iter_rows():\n"
                "        for cell in row:\n"
                "            assert cell.data_type != \"f\" and cell.hyperlink is None, cell\n"
                "print(book.worksheets[0][\"C2\"].value or \"\", end=\"\")'",
                path),
            &status);

        if (status != 0)
            fail_msg("%s", said);
        assert_string_equal(said, text_clean(arena, text));
    }
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(papers_of_a_claim_stay_sound),
        cmocka_unit_test(a_text_is_no_template),
        cmocka_unit_test(names_hold_no_outside_text),
        cmocka_unit_test(x12_keeps_its_shape),
        cmocka_unit_test(debit_notes_validate),
        cmocka_unit_test(sheets_do_not_compute),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
