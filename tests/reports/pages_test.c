// A night of thousands of cases: its first page, its further ones, the island that the script reads, and the way from night to
// night.
#include "core/text.h"
#include "reports/grid.h"
#include "reports/reports.h"
#include "tests/harness/golden.h"
#include "tests/harness/occurrences.h"
#include "tests/harness/sample_digest.h"
#include "tests/harness/written.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define MANY 3205

static ReportOptions
options_of(Arena *arena)
{
    Problems problems = {.arena = arena};
    Err err = {0};
    const ReportOptions options = {
        .zone = zone_load(arena, "Europe/Paris", &err),
        .language = "en",
        .catalogue = catalogue_load(arena, (TextList){0}, (TextList){0}, &problems, &err),
    };

    assert_non_null(options.zone);
    assert_non_null(options.catalogue);
    return options;
}

static Digest
many_cases(Arena *arena)
{
    Digest digest = *sample_digest(arena);
    CaseRecord *const cases = ARENA_ARRAY(arena, CaseRecord, MANY);

    for (size_t i = 0; i < MANY; i++) {
        cases[i] = digest.cases[i % digest.case_count];
        cases[i].number = (int64_t)i + 1;
    }
    digest.cases = cases;
    digest.case_count = MANY;
    return digest;
}

static const char *
night(Arena *arena, const Digest *digest, const ReportOptions *options)
{
    Written written;
    Err err = {0};

    written_begin(&written);
    if (!report_html(written.file, digest, options, &err))
        fail_msg("%s", err.text);
    return written_end(&written, arena);
}

static const char *
further(Arena *arena, const Digest *digest, const ReportOptions *options, size_t index)
{
    Written written;
    Err err = {0};

    written_begin(&written);
    if (!report_further(written.file, digest, options, index, &err))
        fail_msg("%s", err.text);
    return written_end(&written, arena);
}

static void
every_case_is_in_one_page(void **state)
{
    Arena *const arena = arena_create();
    const ReportOptions options = options_of(arena);
    const Digest digest = many_cases(arena);
    const char *pages[8] = {night(arena, &digest, &options)};
    const size_t count = report_further_count(&digest);

    (void)state;
    assert_int_equal(count, 4);  // 100, three times 1,000, and 105
    assert_int_equal(occurrences(pages[0], "<tr id=\"case-"), GRID_FIRST);
    for (size_t i = 0; i < count; i++) {
        const char *const name = report_further_name(arena, &digest, i);

        pages[i + 1] = further(arena, &digest, &options, i);
        assert_non_null(strstr(pages[0], arena_printf(arena, "href=\"%s\"", name)));
        assert_null(strstr(pages[i + 1], "<script"));
        assert_null(strstr(pages[i + 1], "href=\"#claim-"));
    }
    assert_non_null(strstr(pages[1], "href=\"night.html#claim-12\""));
    for (int number = 1; number <= MANY; number++) {
        const char *const row = arena_printf(arena, "<tr id=\"case-%d\"", number);
        size_t found = 0;

        for (size_t i = 0; i <= count; i++)
            found += strstr(pages[i], row) != NULL;
        assert_int_equal(found, 1);
    }
    arena_destroy(arena);
}

// With more claims than the night's page has rows: each link leads to the page in which the claim stands.
static void
links_lead_to_the_page_of_the_claim(void **state)
{
    static const struct
    {
        size_t index;
        const char *link;
    } rows[] = {{0, "#claim-1"}, {99, "#claim-100"}, {100, "claims-2.html#claim-101"},
        {1099, "claims-2.html#claim-1100"}, {1100, "claims-3.html#claim-1101"}};
    Arena *const arena = arena_create();
    const ReportOptions options = options_of(arena);
    Digest digest = *sample_digest(arena);
    Claim *const claims = ARENA_ARRAY(arena, Claim, 1200);
    CaseRecord *const cases = ARENA_ARRAY(arena, CaseRecord, 5);

    (void)state;
    for (size_t i = 0; i < 1200; i++) {
        claims[i] = digest.claims[i % digest.claim_count];
        claims[i].number = (int64_t)i + 1;
        claims[i].shipment_id = arena_printf(arena, "claimed %zu", i);
    }
    for (size_t i = 0; i < 5; i++) {
        cases[i] = digest.cases[0];
        cases[i].number = (int64_t)i + 1;
        cases[i].shipment_id = claims[rows[i].index].shipment_id;
    }
    digest.cases = cases;
    digest.case_count = 5;
    digest.claims = claims;
    digest.claim_count = 1200;

    const char *const html = night(arena, &digest, &options);

    for (size_t i = 0; i < 5; i++)
        assert_non_null(strstr(html, arena_printf(arena, "href=\"%s\"", rows[i].link)));
    for (size_t i = 0; i < report_further_count(&digest); i++) {
        const char *const name = report_further_name(arena, &digest, i);
        const char *const bytes = further(arena, &digest, &options, i);

        for (size_t k = 0; k < 5; k++)
            assert_int_equal(strncmp(rows[k].link, name, strlen(name)) == 0,
                strstr(bytes, arena_printf(arena, "<tr id=\"claim-%zu\"", rows[k].index + 1)) !=
                    NULL);
    }
    arena_destroy(arena);
}

// The island as the browser reads it.
static json_t *
island_of(const char *html)
{
    static const char start[] = "<script type=\"application/json\" data-grid=\"cases-table\">";
    const char *const begin = strstr(html, start);
    json_error_t error;

    assert_non_null(begin);

    const char *const json = begin + sizeof start - 1;
    json_t *const island = json_loadb(json, (size_t)(strstr(json, "</script>") - json), 0, &error);

    if (!island)
        fail_msg("%s", error.text);
    return island;
}

static void
the_island_holds_all_rows(void **state)
{
    Arena *const arena = arena_create();
    const ReportOptions options = options_of(arena);
    const Digest digest = many_cases(arena);
    json_t *const island = island_of(night(arena, &digest, &options));
    const json_t *const rows = json_object_get(island, "rows");
    const json_t *const second = json_array_get(rows, 1);

    (void)state;
    assert_int_equal(json_array_size(rows), MANY);
    assert_string_equal(json_string_value(json_array_get(second, 0)), "case-2");
    assert_int_equal(json_array_size(json_array_get(second, 1)),
        json_array_size(json_object_get(island, "columns")));
    // The parcel of the second story is named "<script>alert(1)</script>".
    assert_string_equal(
        json_string_value(json_array_get(json_array_get(json_array_get(second, 1), 3), 0)),
        "<script>alert(1)</script>");
    json_decref(island);
    arena_destroy(arena);
}

static void
links_to_carriers_hold_a_number_and_no_more(void **state)
{
    static const struct
    {
        const char *carrier, *number, *link;
    } cases[] = {
        {"Colissimo", "6A12345678901",
            "https://www.laposte.fr/outils/suivre-vos-envois?code=6A12345678901"},
        {"chronopost", "a b&c=\"/../#<>\xC3\xA9",
            "https://www.chronopost.fr/tracking-no-cms/"
            "suivi-page?listeNumerosLT=a%20b%26c%3D%22%2F..%2F%23%3C%3E%C3%A9"},
        {"colissimo", "", ""},
        {"nobody's carrier", "123", ""},
        {"17track", "123", ""},
    };
    Arena *const arena = arena_create();
    const ReportOptions options = options_of(arena);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(
            catalogue_tracking_link(options.catalogue, arena, cases[i].carrier, cases[i].number),
            cases[i].link);
    arena_destroy(arena);
}

static void
nights_lead_to_each_other(void **state)
{
    Arena *const arena = arena_create();
    const ReportOptions options = options_of(arena);
    const Digest *const digest = sample_digest(arena);
    const char *bytes;
    size_t length;
    Err err = {0};

    (void)state;
    assert_non_null(
        strstr(night(arena, digest, &options), "href=\"../2026-11-19T120000Z/night.html\""));
    assert_true(report_index(arena, digest, &options, &bytes, &length, &err));
    assert_int_equal(occurrences(bytes, "<tr id=\"night-"), 3);
    assert_true(strstr(bytes, "night-2026-11-20") < strstr(bytes, "night-2026-11-19"));
    assert_true(report_next(arena, "fr", "", &bytes, &length, &err));
    assert_null(strstr(bytes, "http-equiv=\"refresh\""));
    assert_true(report_next(arena, "fr", "2026-11-21", &bytes, &length, &err));
    assert_non_null(strstr(bytes, "content=\"0; url=../2026-11-21/night.html\""));
    arena_destroy(arena);
}

// The night before had 40 lost and 1,210 late cases, and none of the other kinds.
static void
counts_stand_beside_those_of_the_night_before(void **state)
{
    Arena *const arena = arena_create();
    const ReportOptions options = options_of(arena);
    const char *const html = night(arena, sample_digest(arena), &options);

    (void)state;
    assert_non_null(strstr(html, "data-label=\"Night before\">1,210</td>"));
    assert_non_null(strstr(html, "data-label=\"Night before\">40</td>"));
    assert_non_null(strstr(html, "<strong>1,260</strong>"));
    assert_non_null(strstr(html, "+10 against the night before"));
    arena_destroy(arena);
}

#define DAWN (20770 * HOURS_24 + 6 * HOUR)  // 2026-11-13 06:00 UTC

static const char hostile[] = "</script><svg onload=alert(1)>\"'&amp;";

static const StoryLine head[] = {{"carrier", "dpd / home"}, {"order", hostile}};
static const StoryLine signals[] = {{"stuck", hostile}, {"", "and so on"}};
static const StoryMoment moments[] = {
    {STORY_MARK_NONE, "2026-11-13 07:00", "", "label", "", "", ""},
    {STORY_MARK_HANDLED, "2026-11-14 09:00", "+26 h", "accepted", hostile, "A1", hostile},
    {STORY_MARK_UNMAPPED, "2026-11-15 09:00", "+24 h", "(not mapped)", "", "<X9>", ""},
};
static const StoryWait waits[] = {
    {"announced", DAWN, DAWN + 26 * HOUR, true, DAWN + 5 * HOUR, DAWN + 30 * HOUR,
        DAWN + 60 * HOUR},
    {hostile, DAWN + 26 * HOUR, DAWN + 170 * HOUR, false, DAWN + 30 * HOUR, DAWN + 44 * HOUR,
        DAWN + 70 * HOUR},
};
static const StoryPart parts[] = {
    {.title = "Signals", .lines = signals, .count = 2},
    {.title = hostile},
};

static Story
story_of(void)
{
    return (Story){
        .title = hostile,
        .head = {.title = "", .lines = head, .count = 2},
        .time_zone = "Europe/Paris",
        .moments = moments,
        .moment_count = 3,
        .left_out = "1 scan said the same again and is left out",
        .parts = parts,
        .part_count = 2,
        .waits = waits,
        .wait_count = 2,
        .created_at = DAWN,
        .as_of = DAWN + 170 * HOUR,
        .promised_at = DAWN + 90 * HOUR,
        .expected_low = DAWN + 180 * HOUR,
        .expected_high = DAWN + 230 * HOUR,
    };
}

static const char *
case_page(Arena *arena, const Story *story)
{
    const ReportOptions options = options_of(arena);
    const char *bytes;
    size_t length;
    Err err = {0};

    if (!report_case(
            arena, &options, 12, "https://example.org/track?n=%3C", story, &bytes, &length, &err))
        fail_msg("%s", err.text);
    return bytes;
}

static void
a_case_has_its_page(void **state)
{
    Arena *const arena = arena_create();
    const Story story = story_of();
    const char *const html = case_page(arena, &story);

    (void)state;
    golden_check("tests/reports/golden/case.html", html);
    assert_null(strstr(html, "<script"));
    assert_int_equal(occurrences(html, "<svg"), 1);
    assert_int_equal(occurrences(html, "</title>"), 2);  // of the page and of the drawing
    assert_non_null(strstr(html, "href=\"../night.html#case-12\""));
    assert_non_null(strstr(html, "href=\"https://example.org/track?n=%3C\""));
    assert_non_null(strstr(html, "The last wait is longer than that of 99 in 100."));
    arena_destroy(arena);
}

// Of a parcel that was only announced, of which nothing is known and nothing was promised, not even a wait.
static void
little_is_known_of_some(void **state)
{
    Arena *const arena = arena_create();
    Story story = story_of();
    StoryWait wait = waits[0];

    (void)state;
    wait.normal_from = wait.normal_to = wait.normal_end = INSTANT_NONE;
    story.waits = &wait;
    story.wait_count = 1;
    story.promised_at = story.expected_low = story.expected_high = INSTANT_NONE;
    assert_null(strstr(case_page(arena, &story), "nan"));
    story.wait_count = 0;
    story.moment_count = story.part_count = 0;
    assert_null(strstr(case_page(arena, &story), "nan"));
    arena_destroy(arena);
}

// 90 late cases, of which 70, 3 and 7 ended: 10 are open. 40.00 EUR were due and 30.00 came. The plot of the hub has its numbers.
static void
the_past_is_told(void **state)
{
    Arena *const arena = arena_create();
    const ReportOptions options = options_of(arena);
    const char *const html = night(arena, sample_digest(arena), &options);

    (void)state;
    assert_non_null(strstr(html, "data-label=\"Still open\">10</td>"));
    assert_non_null(strstr(html, "data-label=\"Missing\">10.00"));
    assert_non_null(strstr(html, "data-label=\"Before the night\">3"));
    assert_non_null(strstr(html, "none yet"));
    assert_non_null(strstr(html, "id=\"course-7-title\""));
    assert_non_null(strstr(html, "id=\"course-9-title\""));
    assert_null(strstr(html, "id=\"course-5-title\""));
    assert_null(strstr(html, "<b>"));
    assert_null(strstr(html, "<i>"));
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_is_in_one_page),
        cmocka_unit_test(links_lead_to_the_page_of_the_claim),
        cmocka_unit_test(the_island_holds_all_rows),
        cmocka_unit_test(links_to_carriers_hold_a_number_and_no_more),
        cmocka_unit_test(nights_lead_to_each_other),
        cmocka_unit_test(the_past_is_told),
        cmocka_unit_test(a_case_has_its_page),
        cmocka_unit_test(little_is_known_of_some),
        cmocka_unit_test(counts_stand_beside_those_of_the_night_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
