/*
 * Against a real server on a loopback port: what arrives is read by Python's own parser, and
 * refusals are the server's.
 */
#include "alerts/alerts.h"

#include "core/file.h"
#include "core/text.h"
#include "tests/harness/sample_digest.h"
#include "tests/harness/sink_mail.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

// Parcels, four bytes each: encoded words must not cut one in two.
static const char boxes[] =
    "\xF0\x9F\x93\xA6\xF0\x9F\x93\xA6\xF0\x9F\x93\xA6\xF0\x9F\x93\xA6\xF0\x9F\x93\xA6"
    "\xF0\x9F\x93\xA6\xF0\x9F\x93\xA6\xF0\x9F\x93\xA6\xF0\x9F\x93\xA6\xF0\x9F\x93\xA6"
    "\xF0\x9F\x93\xA6\xF0\x9F\x93\xA6\xF0\x9F\x93\xA6\xF0\x9F\x93\xA6";

static Message
plain_message(void)
{
    return (Message){
        .key = "digest:2026-11-20:ops@example.org",
        .channel = "email",
        .recipient = "ops@example.org",
        .subject = "Vigie",
        .text = "one\n.two dots\n..three\n",
        .html = "<p>one</p>\n",
        .as_of = 20777 * HOURS_24 + 23 * HOUR - SECOND,
    };
}

static void
release_json(void *json)
{
    json_decref(json);
}

static json_t *
received(Arena *arena, const char *folder)
{
    json_t *const parsed = json_load_file(file_join(arena, folder, "parsed.json"), 0, NULL);

    assert_non_null(parsed);
    arena_defer(arena, release_json, parsed);
    return parsed;
}

static const char *
header(const json_t *parsed, const char *name)
{
    return json_string_value(json_object_get(json_object_get(parsed, "headers"), name));
}

static const char *
part(const json_t *parsed, size_t i, const char *what)
{
    return json_string_value(
        json_object_get(json_array_get(json_object_get(parsed, "parts"), i), what));
}

static void
a_digest_arrives_whole(void **state)
{
    Arena *const arena = arena_create();
    const char *folder, *reason;
    const char *const url = sink_mail(arena, "accept", &folder);
    Problems problems = {.arena = arena};
    Err err = {0};
    const Letters *const letters = letters_load(arena, "", &problems, &err);
    const Message message =
        alert_digest(arena, sample_digest(arena), letters, "ops@example.org", "fr", "/srv/vigie");

    (void)state;
    assert_int_equal(sink_send(arena, url, &message, &reason), DELIVERY_SENT);

    const json_t *const parsed = received(arena, folder);

    assert_string_equal(header(parsed, "Subject"), message.subject);
    assert_string_equal(header(parsed, "To"), "ops@example.org");
    assert_string_equal(header(parsed, "From"), "vigie@example.org");
    assert_string_equal(header(parsed, "Date"), "Fri, 20 Nov 2026 12:00:00 +0000");
    assert_string_equal(header(parsed, "Auto-Submitted"), "auto-generated");
    assert_string_equal(
        json_string_value(json_object_get(parsed, "type")), "multipart/alternative");
    assert_int_equal(json_array_size(json_object_get(parsed, "parts")), 2);
    assert_string_equal(part(parsed, 0, "type"), "text/plain");
    assert_string_equal(part(parsed, 0, "text"), message.text);
    assert_string_equal(part(parsed, 1, "type"), "text/html");
    assert_string_equal(part(parsed, 1, "text"), message.html);
    assert_int_equal(json_array_size(json_object_get(parsed, "defects")), 0);
    assert_true(json_is_true(json_object_get(parsed, "ascii")));
    assert_true(json_integer_value(json_object_get(parsed, "longest_line")) <= 76);
    arena_destroy(arena);
}

// SHA-256 of the key, by sha256sum: the same message has the same identity whenever it is tried.
static void
identity_comes_from_the_key(void **state)
{
    Arena *const arena = arena_create();
    const char *folder, *reason;
    const char *const url = sink_mail(arena, "accept", &folder);
    const Message message = plain_message();

    (void)state;
    assert_int_equal(sink_send(arena, url, &message, &reason), DELIVERY_SENT);

    const json_t *const parsed = received(arena, folder);

    assert_string_equal(header(parsed, "Message-ID"), "<27d5ab2d5cecd75cce1e1a11ec549be3@vigie>");
    assert_string_equal(header(parsed, "Date"), "Fri, 20 Nov 2026 22:59:59 +0000");
    assert_string_equal(part(parsed, 0, "text"), message.text);
    assert_string_equal(
        json_string_value(json_object_get(parsed, "mail_from")), "vigie@example.org");
    arena_destroy(arena);
}

static void
subjects_keep_every_character(void **state)
{
    static const char *const subjects[] = {
        "plain",
        "",
        "r\xC3\xA9sum\xC3\xA9 \xE2\x9C\x93",
        "=?UTF-8?B?ZmFrZQ==?=",
        boxes,
        "a subject of plain letters that goes on and on, well beyond what one line of a header "
        "should hold",
    };
    Arena *const arena = arena_create();
    const char *folder, *reason;
    const char *const url = sink_mail(arena, "accept", &folder);

    (void)state;
    for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
        Message message = plain_message();

        message.subject = subjects[i];
        assert_int_equal(sink_send(arena, url, &message, &reason), DELIVERY_SENT);

        const json_t *const parsed = received(arena, folder);

        assert_string_equal(header(parsed, "Subject"), subjects[i]);
        assert_true(json_is_true(json_object_get(parsed, "words_are_whole")));
    }
    arena_destroy(arena);
}

static void
a_busy_server_is_tried_again(void **state)
{
    Arena *const arena = arena_create();
    const char *folder, *reason;
    const char *const url = sink_mail(arena, "451 4.3.0 come back later", &folder);
    const Message message = plain_message();

    (void)state;
    assert_int_equal(sink_send(arena, url, &message, &reason), DELIVERY_RETRY);
    assert_string_equal(reason, "the mail server answered \"451 4.3.0 come back later\"");
    arena_destroy(arena);
}

static void
a_refusal_is_for_a_person(void **state)
{
    Arena *const arena = arena_create();
    const char *folder, *reason;
    const char *const url = sink_mail(arena, "550 5.7.1 not from you", &folder);
    const Message message = plain_message();

    (void)state;
    assert_int_equal(sink_send(arena, url, &message, &reason), DELIVERY_REFUSED);
    assert_string_equal(reason, "the mail server answered \"550 5.7.1 not from you\"");
    arena_destroy(arena);
}

static void
nobody_there_is_tried_again(void **state)
{
    Arena *const arena = arena_create();
    const char *reason;
    const Message message = plain_message();

    (void)state;
    assert_int_equal(sink_send(arena, "smtp://127.0.0.1:1", &message, &reason), DELIVERY_RETRY);
    assert_true(text_starts_with(reason, "could not reach the mail server: "));
    arena_destroy(arena);
}

static void
a_silent_server_is_not_waited_for(void **state)
{
    Arena *const arena = arena_create();
    const char *folder, *reason = "";
    const Message message = plain_message();
    const SmtpOptions smtp = {
        .url = sink_mail(arena, "silent", &folder),
        .from = "vigie@example.org",
        .user = "",
        .password = "",
        .timeout_seconds = 1,
    };

    (void)state;
    assert_int_equal(alert_send_email(arena, &smtp, &message, &reason), DELIVERY_RETRY);
    assert_string_equal(reason, "could not reach the mail server: Timeout was reached");
    arena_destroy(arena);
}

// The server repeats the password in its refusal; the reason must not.
static void
the_password_is_never_told(void **state)
{
    Arena *const arena = arena_create();
    const char *folder, *reason = "";
    const Message message = plain_message();
    const SmtpOptions smtp = {
        .url = sink_mail(arena, "auth", &folder),
        .from = "vigie@example.org",
        .user = "vigie",
        .password = "hunter2-secret",
        .timeout_seconds = 60,
    };

    (void)state;
    assert_int_equal(alert_send_email(arena, &smtp, &message, &reason), DELIVERY_REFUSED);
    assert_null(strstr(reason, "hunter2"));
    assert_string_equal(reason, "the mail server answered 535");
    arena_destroy(arena);
}

// Another machine (127.0.0.2 plays it) that offers no TLS, or whose offer was stripped on the way.
static void
the_password_does_not_travel_in_the_open(void **state)
{
    Arena *const arena = arena_create();
    const char *folder, *reason = "";
    const Message message = plain_message();
    const SmtpOptions smtp = {
        .url = sink_mail(arena, "elsewhere", &folder),
        .from = "vigie@example.org",
        .user = "vigie",
        .password = "hunter2-secret",
        .timeout_seconds = 60,
    };

    (void)state;
    assert_int_equal(alert_send_email(arena, &smtp, &message, &reason), DELIVERY_REFUSED);
    assert_string_equal(
        reason, "the mail server offers no TLS, and the password is not sent without it");
    arena_destroy(arena);
}

static void
a_certificate_nobody_signed_is_refused(void **state)
{
    Arena *const arena = arena_create();
    const char *folder, *reason;
    const char *const url = sink_mail(arena, "starttls", &folder);
    const Message message = plain_message();

    (void)state;
    assert_int_equal(sink_send(arena, url, &message, &reason), DELIVERY_REFUSED);
    assert_non_null(strstr(reason, "certificate"));
    arena_destroy(arena);
}

// None of these may reach a server: the port is one where nobody listens, which would be
// DELIVERY_RETRY.
static void
headers_cannot_be_injected(void **state)
{
    static const char *const recipients[] = {
        "",
        "ops",
        "@example.org",
        "ops@",
        "ops@example.org\r\nBcc: x@example.org",
        "ops@example.org\n",
        "ops@example.org, x@example.org",
        "ops@example.org> SIZE=1 <x@example.org",
        "o ps@example.org",
        "ops@exa@mple.org",
        "op\xC3\xA9@example.org",
        "\"a b\"@example.org",
    };
    Arena *const arena = arena_create();
    const char *reason;

    (void)state;
    for (size_t i = 0; i < sizeof recipients / sizeof recipients[0]; i++) {
        Message message = plain_message();

        message.recipient = recipients[i];
        assert_int_equal(
            sink_send(arena, "smtp://127.0.0.1:1", &message, &reason), DELIVERY_REFUSED);
        assert_true(text_starts_with(reason, "invalid recipient"));
        assert_null(strpbrk(reason, "\r\n"));
    }

    Message message = plain_message();

    message.subject = "Vigie\r\nBcc: x@example.org";
    assert_int_equal(sink_send(arena, "smtp://127.0.0.1:1", &message, &reason), DELIVERY_REFUSED);
    assert_string_equal(reason, "the subject holds a line break");
    arena_destroy(arena);
}

static void
other_protocols_are_refused(void **state)
{
    Arena *const arena = arena_create();
    const char *reason;
    const Message message = plain_message();

    (void)state;
    assert_int_equal(sink_send(arena, "file:///etc/passwd", &message, &reason), DELIVERY_REFUSED);
    assert_int_equal(sink_send(arena, "http://127.0.0.1:1", &message, &reason), DELIVERY_REFUSED);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_digest_arrives_whole),
        cmocka_unit_test(identity_comes_from_the_key),
        cmocka_unit_test(subjects_keep_every_character),
        cmocka_unit_test(a_busy_server_is_tried_again),
        cmocka_unit_test(a_refusal_is_for_a_person),
        cmocka_unit_test(nobody_there_is_tried_again),
        cmocka_unit_test(a_silent_server_is_not_waited_for),
        cmocka_unit_test(the_password_is_never_told),
        cmocka_unit_test(the_password_does_not_travel_in_the_open),
        cmocka_unit_test(a_certificate_nobody_signed_is_refused),
        cmocka_unit_test(headers_cannot_be_injected),
        cmocka_unit_test(other_protocols_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
