#include "reports/reports.h"

#include "tests/harness/golden.h"
#include "tests/harness/sample_digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *
table(Arena *arena, const CaseRecord *cases, size_t count, size_t columns)
{
    Err err = {0};
    const Zone *const zone = zone_load(arena, "Europe/Paris", &err);

    assert_non_null(zone);
    return report_table(arena, cases, count, zone, "EUR", columns);
}

// Code points of the longest line; right for texts without wide or combining characters.
static size_t
longest_line(const char *text)
{
    size_t longest = 0, length = 0;

    for (; *text != '\0'; text++) {
        if (*text == '\n')
            length = 0;
        else if (((unsigned char)*text & 0xC0) != 0x80)
            length++;
        longest = length > longest ? length : longest;
    }
    return longest;
}

static size_t
lines_of(const char *text)
{
    size_t lines = 0;

    for (; *text != '\0'; text++)
        lines += *text == '\n';
    return lines;
}

static void
reads_as_agreed(void **state)
{
    static const size_t widths[] = {40, 80, 120, 200};
    Arena *const arena = arena_create();
    const Digest *const digest = sample_digest(arena);

    (void)state;
    for (size_t i = 0; i < 4; i++)
        golden_check(arena_printf(arena, "tests/reports/golden/table_%zu.txt", widths[i]),
            table(arena, digest->cases, 10, widths[i]));
    arena_destroy(arena);
}

static void
never_wider_than_the_terminal(void **state)
{
    Arena *const arena = arena_create();
    const Digest *const digest = sample_digest(arena);

    (void)state;
    for (size_t columns = 40; columns < 300; columns += 3) {
        const char *const text = table(arena, digest->cases, digest->case_count, columns);

        assert_true(longest_line(text) <= columns);
        assert_int_equal(lines_of(text), digest->case_count + 1);
        assert_non_null(strstr(text, "TRACKING"));
    }
    arena_destroy(arena);
}

static void
less_than_forty_counts_as_forty(void **state)
{
    Arena *const arena = arena_create();
    const Digest *const digest = sample_digest(arena);

    (void)state;
    assert_string_equal(table(arena, digest->cases, 10, 0), table(arena, digest->cases, 10, 40));
    arena_destroy(arena);
}

static void
an_empty_list_has_a_heading(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_int_equal(lines_of(table(arena, NULL, 0, 80)), 1);
    arena_destroy(arena);
}

// Wide characters take two cells and combining ones none: what follows stays in its column.
// "\e[31m" would paint.
static void
cells_are_counted_not_bytes(void **state)
{
    Arena *const arena = arena_create();
    const Digest *const digest = sample_digest(arena);
    CaseRecord cases[4];

    (void)state;
    for (size_t i = 0; i < 4; i++)
        cases[i] = digest->cases[0];
    cases[0].tracking_number = "ABCDEFGHIJKLMNOP";
    cases[1].tracking_number =
        "\xE4\xB8\xAD\xE6\x96\x87\xE4\xB8\xAD\xE6\x96\x87\xE4\xB8\xAD\xE6\x96\x87"
        "\xE4\xB8\xAD\xE6\x96\x87";
    cases[2].tracking_number = "e\xCC\x81"
                               "BCDEFGHIJKLMNOP";
    cases[3].tracking_number = "\x1B[31mred\xE2\x80\xAE";

    const char *const text = table(arena, cases, 4, 80);

    // The four rows differ in the tracking number only, so the same follows it wherever it ends in
    // the same cell.
    const char *const first = strstr(text, "ABCDEFGHIJKLMNOP") + 16;
    const char *const rest = arena_copy_bytes(arena, first, strcspn(first, "\n"));

    assert_non_null(strstr(text, arena_printf(arena, "\xE4\xB8\xAD\xE6\x96\x87%s\n", rest)));
    assert_non_null(strstr(text, arena_printf(arena, "e\xCC\x81%s%s\n", "BCDEFGHIJKLMNOP", rest)));
    assert_null(strchr(text, '\x1B'));
    assert_null(strstr(text, "\xE2\x80\xAE"));
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_as_agreed),
        cmocka_unit_test(never_wider_than_the_terminal),
        cmocka_unit_test(less_than_forty_counts_as_forty),
        cmocka_unit_test(an_empty_list_has_a_heading),
        cmocka_unit_test(cells_are_counted_not_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
