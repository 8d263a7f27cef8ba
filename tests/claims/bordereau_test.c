#include "claims/papers/papers.h"

#include "core/csv.h"
#include "tests/harness/golden.h"
#include "tests/harness/sample_digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define DAY_OF_NEW_YEAR_2031 22280  // 2031-01-01

typedef struct Seen
{
    Arena *arena;
    size_t width, records;
    char *fields[16][32];
} Seen;

static bool
visit(void *data, const CsvRecord *record, Err *err)
{
    Seen *const seen = data;

    (void)err;
    assert_null(record->problem);
    assert_true(seen->records == 0 || record->count == seen->width);
    seen->width = record->count;
    for (size_t i = 0; i < record->count; i++)
        seen->fields[seen->records][i] = arena_copy(seen->arena, record->fields[i]);
    seen->records++;
    return true;
}

static Seen
read_back(Arena *arena, const char *csv, size_t length)
{
    Seen seen = {.arena = arena};
    FILE *const stream = tmpfile();
    Err err = {0};

    assert_int_equal(fwrite(csv, 1, length, stream), length);
    rewind(stream);
    assert_true(csv_read(stream, ',', visit, &seen, &err));
    fclose(stream);
    return seen;
}

static size_t
column(const Seen *seen, const char *name)
{
    for (size_t i = 0; i < seen->width; i++)
        if (strcmp(seen->fields[0][i], name) == 0)
            return i;
    fail_msg("no column %s", name);
    return 0;
}

// The rows as a night keeps them.
static const char *
csv_of(Arena *arena, const Claim *claims, size_t count, size_t *length)
{
    Dossier *const rows = ARENA_ARRAY(arena, Dossier, count);
    const Bordereau bordereau = {"colissimo", 20777, rows, count};
    Paper paper;
    Err err = {0};

    for (size_t i = 0; i < count; i++) {
        const Party nobody = {"", "", "", ""};
        const Dossier whole = {
            .claim = claims[i], .claimant = nobody, .carrier = nobody, .time_zone = ""};

        rows[i] = bordereau_row(arena, &whole, i > 0 ? rows : NULL);
    }
    assert_true(paper_bordereau_csv(arena, &bordereau, &paper, &err));
    *length = paper.length;
    return paper.bytes;
}

static void
reads_as_agreed(void **state)
{
    Arena *const arena = arena_create();
    const Digest *const digest = sample_digest(arena);
    size_t length = 0;
    const char *const csv = csv_of(arena, digest->claims, digest->claim_count, &length);

    (void)state;
    assert_int_equal(strlen(csv), length);
    golden_check("tests/claims/golden/bordereau.csv", csv);
    arena_destroy(arena);
}

// What the carrier could refuse a claim by stays with the claimant.
static void
argues_for_the_claims_only(void **state)
{
    Arena *const arena = arena_create();
    Claim claim = sample_digest(arena)->claims[2];
    size_t length = 0;

    (void)state;
    claim.claim_deadline = DAY_OF_NEW_YEAR_2031;
    claim.barred_after = DAY_OF_NEW_YEAR_2031 + 1;
    claim.deadline_clause = claim.bar_clause = claim.bar_source = claim.caution = "to be kept";

    const char *const csv = csv_of(arena, &claim, 1, &length);
    const Seen seen = read_back(arena, csv, length);

    assert_null(strstr(csv, "to be kept"));
    assert_null(strstr(csv, "2031-01-0"));
    assert_string_equal(seen.fields[1][column(&seen, "opens_on")], "2026-11-13");
    arena_destroy(arena);
}

static void
totals_are_kept_by_currency(void **state)
{
    Arena *const arena = arena_create();
    Claim claims[4];
    size_t length = 0;

    (void)state;
    for (size_t i = 0; i < 4; i++)
        claims[i] = sample_digest(arena)->claims[0];
    claims[1].payable = (Money){1001, "BRL"};
    claims[2].payable = (Money){4000, "EUR"};
    claims[3].payable = MONEY_NONE;

    const char *const csv = csv_of(arena, claims, 4, &length);
    const Seen seen = read_back(arena, csv, length);
    const size_t count = column(&seen, "count"), payable = column(&seen, "payable");
    const size_t currency = column(&seen, "currency");
    static const char *const expected[][3] = {
        {"2", "67.60", "EUR"}, {"1", "10.01", "BRL"}, {"1", "", ""}};

    assert_int_equal(seen.records, 8);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(seen.fields[5 + i][0], "total");
        assert_string_equal(seen.fields[5 + i][count], expected[i][0]);
        assert_string_equal(seen.fields[5 + i][payable], expected[i][1]);
        assert_string_equal(seen.fields[5 + i][currency], expected[i][2]);
    }
    arena_destroy(arena);
}

static void
an_empty_bordereau_says_nought(void **state)
{
    Arena *const arena = arena_create();
    size_t length = 0;
    const char *const csv = csv_of(arena, NULL, 0, &length);
    const Seen seen = read_back(arena, csv, length);

    (void)state;
    assert_int_equal(seen.records, 2);
    assert_string_equal(seen.fields[1][0], "total");
    assert_string_equal(seen.fields[1][1], "0");
    arena_destroy(arena);
}

// Every field comes back as it was, with spaces for controls, but no field that came from outside begins like a formula.
static void
formulas_are_neutralised(void **state)
{
    static const char *const texts[] = {"=1+1", "+33123", "-2", "@SUM(A1)", "\tx", "\rx", "a,b",
        "say \"hi\"", "two\nlines", "=1,\"2\"\n3"};
    static const char *const backs[] = {"=1+1", "+33123", "-2", "@SUM(A1)", " x", " x", "a,b",
        "say \"hi\"", "two lines", "=1,\"2\" 3"};
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        Claim claim = sample_digest(arena)->claims[0];
        size_t length = 0;

        claim.tracking_number = claim.contents = claim.last_scan = claim.service = texts[i];
        claim.order_reference = claim.destination_postcode = texts[i];

        const char *const csv = csv_of(arena, &claim, 1, &length);
        const Seen seen = read_back(arena, csv, length);

        for (size_t k = 0; k < seen.width; k++)
            assert_null(
                seen.fields[1][k][0] == '\0' ? NULL : strchr("=+-@\t\r", seen.fields[1][k][0]));

        const char *const back = seen.fields[1][column(&seen, "contents")];

        assert_string_equal(back[0] == '\'' ? back + 1 : back, backs[i]);
    }
    arena_destroy(arena);
}

static const char *
name_for(Arena *arena, const char *carrier_slug)
{
    const Bordereau bordereau = {carrier_slug, 20777, NULL, 0};
    Paper paper;
    Err err = {0};

    assert_true(paper_bordereau_csv(arena, &bordereau, &paper, &err));
    return paper.name;
}

static void
names_hold_no_outside_text(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_string_equal(name_for(arena, "colissimo"), "bordereau-colissimo-2026-11-20.csv");
    assert_string_equal(name_for(arena, "../../etc/passwd"), "bordereau-etc_passwd-2026-11-20.csv");
    assert_string_equal(name_for(arena, "\xE9\xA1\xBA"), "bordereau-carrier-2026-11-20.csv");
    assert_true(
        strlen(name_for(arena,
            "a_very_long_name_a_very_long_name_a_very_long_name_a_very_long_name_a_very_long")) <
        100);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_as_agreed),
        cmocka_unit_test(argues_for_the_claims_only),
        cmocka_unit_test(totals_are_kept_by_currency),
        cmocka_unit_test(an_empty_bordereau_says_nought),
        cmocka_unit_test(formulas_are_neutralised),
        cmocka_unit_test(names_hold_no_outside_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
