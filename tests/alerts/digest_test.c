#include "alerts/alerts.h"

#include "tests/harness/golden.h"
#include "tests/harness/sample_digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define FOLDER "/srv/vigie/2026-11-20"

static const Letters *
shipped(Arena *arena)
{
    Problems problems = {.arena = arena};
    Err err = {0};

    return letters_load(arena, "", &problems, &err);
}

static void
reads_as_agreed(void **state)
{
    static const char *const languages[] = {"en", "fr"};
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const Message message = alert_digest(
            arena, sample_digest(arena), shipped(arena), "ops@example.org", languages[i], FOLDER);

        golden_check(arena_printf(arena, "tests/alerts/golden/digest_%s.txt", languages[i]),
            arena_printf(arena, "Subject: %s\n\n%s", message.subject, message.text));
        golden_check(
            arena_printf(arena, "tests/alerts/golden/digest_%s.html", languages[i]), message.html);
    }
    arena_destroy(arena);
}

static void
names_date_count_and_worst(void **state)
{
    Arena *const arena = arena_create();
    const Message message =
        alert_digest(arena, sample_digest(arena), shipped(arena), "ops@example.org", "en", FOLDER);

    (void)state;
    assert_string_equal(message.key, "digest:2026-11-20:ops@example.org");
    assert_string_equal(message.channel, "email");
    assert_non_null(strstr(message.subject, "2026-11-20"));
    assert_non_null(strstr(message.subject, "29 open cases, 8 new or worse"));
    assert_non_null(strstr(message.subject, "lost, 6A12345678901 (Colissimo)"));
    assert_non_null(strstr(message.text, FOLDER));
    arena_destroy(arena);
}

// Whatever a parcel is called, the HTML part holds no element that the template did not write.
static void
markup_from_outside_stays_text(void **state)
{
    Arena *const arena = arena_create();
    const Message message =
        alert_digest(arena, sample_digest(arena), shipped(arena), "ops@example.org", "fr", FOLDER);

    (void)state;
    assert_null(strstr(message.html, "<script"));
    assert_null(strstr(message.html, "<b>"));
    assert_null(strstr(message.html, "<SARL>"));
    assert_non_null(strstr(message.html, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    arena_destroy(arena);
}

static void
no_hole_is_left(void **state)
{
    static const char *const languages[] = {"en", "fr"};
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        const Digest *const digest = i < 2 ? sample_digest(arena) : sample_quiet_digest(arena);
        const Message message =
            alert_digest(arena, digest, shipped(arena), "a@b.fr", languages[i % 2], FOLDER);

        assert_null(strstr(message.subject, "{{"));
        assert_null(strstr(message.text, "{{"));
        assert_null(strstr(message.html, "{{"));
    }
    arena_destroy(arena);
}

static void
a_quiet_night_says_so(void **state)
{
    Arena *const arena = arena_create();
    const Message message =
        alert_digest(arena, sample_quiet_digest(arena), shipped(arena), "a@b.fr", "en", FOLDER);

    (void)state;
    assert_string_equal(message.subject, "Vigie 2026-11-20: no open case");
    assert_non_null(strstr(message.text, "No open case."));
    assert_null(strstr(message.text, "CLAIMS"));
    assert_null(strstr(message.text, "nan"));
    arena_destroy(arena);
}

static void
a_merchant_cannot_break_the_subject(void **state)
{
    Arena *const arena = arena_create();
    Digest digest = *sample_digest(arena);
    CaseRecord record = digest.cases[0];

    (void)state;
    record.tracking_number = "6A1\r\nBcc: everyone@example.org";
    digest.cases = &record;
    digest.case_count = 1;

    const Message message = alert_digest(arena, &digest, shipped(arena), "a@b.fr", "en", FOLDER);

    assert_null(strpbrk(message.subject, "\r\n"));
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_as_agreed),
        cmocka_unit_test(names_date_count_and_worst),
        cmocka_unit_test(markup_from_outside_stays_text),
        cmocka_unit_test(no_hole_is_left),
        cmocka_unit_test(a_quiet_night_says_so),
        cmocka_unit_test(a_merchant_cannot_break_the_subject),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
