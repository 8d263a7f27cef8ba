#include "reports/reports.h"

#include "core/text.h"
#include "tests/harness/golden.h"
#include "tests/harness/occurrences.h"
#include "tests/harness/sample_digest.h"
#include "tests/harness/written.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const Catalogue *
catalogue(Arena *arena)
{
    Problems problems = {.arena = arena};
    Err err = {0};
    const Catalogue *const shipped =
        catalogue_load(arena, (TextList){0}, (TextList){0}, &problems, &err);

    assert_non_null(shipped);
    return shipped;
}

static const char *
page(Arena *arena, const Digest *digest, const char *language)
{
    Written written;
    Err err = {0};
    const Zone *const zone = zone_load(arena, "Europe/Paris", &err);

    assert_non_null(zone);
    const ReportOptions options = {
        .zone = zone, .language = language, .catalogue = catalogue(arena)};

    written_begin(&written);
    if (!report_html(written.file, digest, &options, &err))
        fail_msg("%s", err.text);

    const char *const bytes = written_end(&written, arena);

    assert_int_equal(strlen(bytes), written.length);
    return bytes;
}

static void
reads_as_agreed(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    golden_check("tests/reports/golden/night_en.html", page(arena, sample_digest(arena), "en"));
    golden_check("tests/reports/golden/night_fr.html", page(arena, sample_digest(arena), "fr"));
    golden_check(
        "tests/reports/golden/quiet_en.html", page(arena, sample_quiet_digest(arena), "en"));
    arena_destroy(arena);
}

static void
the_same_night_gives_the_same_bytes(void **state)
{
    Arena *const arena = arena_create(), *const other = arena_create();

    (void)state;
    assert_string_equal(
        page(arena, sample_digest(arena), "fr"), page(other, sample_digest(other), "fr"));
    arena_destroy(other);
    arena_destroy(arena);
}

static void
stands_alone(void **state)
{
    Arena *const arena = arena_create();
    const char *const html = page(arena, sample_digest(arena), "fr");

    (void)state;
    assert_true(text_starts_with(html, "<!DOCTYPE html>\n<html lang=\"fr\">"));
    assert_non_null(strstr(html, "<meta charset=\"utf-8\">"));
    assert_non_null(
        strstr(html, "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-"));
    assert_null(strstr(html, "http:"));
    assert_null(strstr(html, "<link"));
    assert_null(strstr(html, "<iframe"));
    assert_null(strstr(html, "src="));
    assert_null(strstr(html, "@import"));
    assert_null(strstr(html, "url("));
    arena_destroy(arena);
}

static void
outside_text_never_becomes_markup(void **state)
{
    static const char *const texts[] = {
        "<script>alert(1)</script>",
        "</style><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title></head><body onload=alert(1)>",
        "<!-- --><script>",
        "&lt;script&gt;",
    };
    Arena *const arena = arena_create();
    const char *const plain = page(arena, sample_digest(arena), "en");

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        Digest digest = *sample_digest(arena);
        CaseRecord record = digest.cases[0];
        Claim claim = digest.claims[0];

        record.tracking_number = record.carrier = record.origin = record.evidence = texts[i];
        claim.tracking_number = claim.source = claim.missing = claim.reference = texts[i];
        digest.merchant = texts[i];
        digest.cases = &record;
        digest.case_count = 1;
        digest.claims = &claim;
        digest.claim_count = 1;

        const char *const html = page(arena, &digest, "en");

        assert_int_equal(occurrences(html, "<script"), 3);  // two islands, and the script itself
        assert_int_equal(occurrences(html, "</script"), 3);
        assert_null(strstr(html, "<img"));
        assert_int_equal(occurrences(html, "<body"), 1);
        assert_int_equal(occurrences(html, "</style>"), 1);
        assert_int_equal(occurrences(html, "<!--"), 0);
        assert_int_equal(occurrences(html, "</title>"), occurrences(plain, "</title>"));
    }
    arena_destroy(arena);
}

static void
controls_and_overrides_are_shown_as_what_they_are(void **state)
{
    Arena *const arena = arena_create();
    Digest digest = *sample_digest(arena);
    CaseRecord record = digest.cases[0];

    (void)state;
    record.tracking_number = "a\xE2\x80\xAEz\x01\xFF";
    digest.cases = &record;
    digest.case_count = 1;

    const char *const html = page(arena, &digest, "en");

    assert_null(strstr(html, "\xE2\x80\xAE"));
    assert_non_null(strstr(html, "a\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD"));
    assert_true(text_is_utf8(html, strlen(html)));
    arena_destroy(arena);
}

static void
every_case_has_its_row_and_its_address(void **state)
{
    Arena *const arena = arena_create();
    const Digest *const digest = sample_digest(arena);
    const char *const html = page(arena, digest, "en");

    (void)state;
    for (size_t i = 0; i < digest->case_count; i++)
        assert_int_equal(occurrences(html, arena_printf(arena, "<tr id=\"case-%d\">",
                                               (int)digest->cases[i].number)),
            1);
    assert_non_null(strstr(html, "href=\"#claim-12\">VG-000012"));
    assert_int_equal(occurrences(html, "<tr id=\"claim-12\">"), 1);
    assert_int_equal(
        occurrences(html, "<th scope=\"col\"") + occurrences(html, "<th class=\"n\" scope=\"col\""),
        occurrences(html, "scope=\"col\""));
    arena_destroy(arena);
}

static void
what_is_not_known_is_a_dash(void **state)
{
    Arena *const arena = arena_create();
    const char *const html = page(arena, sample_digest(arena), "en");

    (void)state;
    assert_null(strstr(html, "nan"));
    assert_null(strstr(html, "NaN"));
    assert_non_null(strstr(html, "<td class=\"n\">-</td>"));
    arena_destroy(arena);
}

static void
says_how_many_are_expected_to_be_wrong(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_non_null(strstr(page(arena, sample_digest(arena), "en"),
        "Of the 41 lost cases about 2 are expected to be false alarms."));
    assert_non_null(strstr(page(arena, sample_digest(arena), "fr"),
        "Sur les 41 cas de perte, environ 2 devraient \xC3\xAAtre de fausses alertes."));
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_as_agreed),
        cmocka_unit_test(the_same_night_gives_the_same_bytes),
        cmocka_unit_test(stands_alone),
        cmocka_unit_test(outside_text_never_becomes_markup),
        cmocka_unit_test(controls_and_overrides_are_shown_as_what_they_are),
        cmocka_unit_test(every_case_has_its_row_and_its_address),
        cmocka_unit_test(what_is_not_known_is_a_dash),
        cmocka_unit_test(says_how_many_are_expected_to_be_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
