/*
 * Against a real web server on a loopback port: what arrives, and what each answer means for the next attempt.
 */
#include "alerts/alerts.h"

#include "core/file.h"
#include "core/text.h"
#include "tests/harness/golden.h"
#include "tests/harness/sink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const Attachment files[] = {
    {"VG-000012.xml", "application/xml", "<dossier>\xC3\xA9</dossier>\n", 22},
    {"VG-000013-letter.pdf", "application/pdf", "%PDF-1.7\n%\xE2\xE3\n", 13},
};

static HttpPost
sample(const char *url)
{
    return (HttpPost){
        .url = url,
        .token = "s3cret-token",
        .key = "VS-000012-5f2a9c11ab01de34",
        .subject = "R\xC3\xA9"
                   "clamations \"2\"\r\nX-Evil: 1",
        .text = "one\n.two\n",
        .files = files,
        .file_count = 2,
        .timeout_seconds = 60,
    };
}

static DeliveryOutcome
post_to(Arena *arena, const char *mode, const char **folder, const char **reply)
{
    HttpPost post = sample(sink_start(arena, "http_sink.py", mode, folder));

    assert_non_null(post.url);
    if (text_equal(mode, "stall"))
        post.timeout_seconds = 1;
    *reply = "";
    return alert_send_http(arena, &post, reply);
}

static const char *
kept(Arena *arena, const char *folder, const char *name)
{
    Err err = {0};
    const char *const bytes = file_read(arena, file_join(arena, folder, name), 1 << 20, NULL, &err);

    return bytes ? bytes : "";
}

// Outside text stays inside its field: the line break of the subject makes no header.
static void
a_post_is_the_same_bytes(void **state)
{
    Arena *const arena = arena_create();
    const char *folder, *reply;

    (void)state;
    assert_int_equal(post_to(arena, "accept", &folder, &reply), DELIVERY_SENT);
    assert_string_equal(reply, "the server answered 201 \"{\"ticket\": \"T-1\"}\"");
    golden_check("tests/alerts/golden/post.txt", kept(arena, folder, "raw.txt"));
    assert_string_equal(kept(arena, folder, "claims"), "VG-000012\nVG-000013\n");
    arena_destroy(arena);
}

static void
an_answer_says_what_next(void **state)
{
    static const struct
    {
        const char *mode;
        DeliveryOutcome outcome;
        const char *reply;
    } cases[] = {
        {"200", DELIVERY_SENT, "the server answered 200"},
        {"408", DELIVERY_RETRY, "the server answered 408"},
        {"429", DELIVERY_RETRY,
            "the server answered 429 \"not now\xEF\xBF\xBD[31m  <b>later</b>\""},
        {"503", DELIVERY_RETRY, "the server answered 503"},
        {"409", DELIVERY_UNKNOWN, "the server answered 409"},
        {"500", DELIVERY_UNKNOWN, "the server answered 500 \"oops\""},
        {"502", DELIVERY_UNKNOWN, "the server answered 502"},
        {"cut", DELIVERY_UNKNOWN, "no whole answer: Server returned nothing (no headers, no data)"},
        {"stall", DELIVERY_UNKNOWN, "no whole answer: Timeout was reached"},
        {"400", DELIVERY_REFUSED, "the server answered 400"},
        {"401", DELIVERY_REFUSED, "the server answered 401"},
        {"422", DELIVERY_REFUSED, "the server answered 422"},
        {"redirect", DELIVERY_REFUSED, "the server answered 307"},
        {"secret", DELIVERY_REFUSED, "the server answered 403"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Arena *const arena = arena_create();
        const char *folder, *reply;
        const DeliveryOutcome outcome = post_to(arena, cases[i].mode, &folder, &reply);

        if (outcome != cases[i].outcome || !text_starts_with(reply, cases[i].reply) ||
            strstr(reply, "s3cret"))
            fail_msg("%s: outcome %d, \"%s\"", cases[i].mode, (int)outcome, reply);
        arena_destroy(arena);
    }
}

// The second attempt carries the same key, so the server files it once.
static void
a_lost_answer_files_nothing_twice(void **state)
{
    Arena *const arena = arena_create();
    const char *folder, *reply;
    const HttpPost post = sample(sink_start(arena, "http_sink.py", "cut", &folder));
    Err err = {0};

    (void)state;
    assert_int_equal(alert_send_http(arena, &post, &reply), DELIVERY_UNKNOWN);
    assert_true(file_write(file_join(arena, folder, "mode"), "accept", 6, &err));
    assert_int_equal(alert_send_http(arena, &post, &reply), DELIVERY_SENT);
    assert_string_equal(kept(arena, folder, "requests"),
        "cut \"VS-000012-5f2a9c11ab01de34\"\naccept \"VS-000012-5f2a9c11ab01de34\"\n");
    assert_string_equal(kept(arena, folder, "filed"), "\"VS-000012-5f2a9c11ab01de34\"\n");
    arena_destroy(arena);
}

// None of these reaches a server: the port is one where nobody listens, which would be RETRY.
static void
what_is_unsafe_is_not_sent(void **state)
{
    static const struct
    {
        const char *url, *key, *token;
        DeliveryOutcome outcome;
    } cases[] = {
        {"http://127.0.0.1:1/", "k", "t", DELIVERY_RETRY},
        {"https://127.0.0.1:1/", "k", "t", DELIVERY_RETRY},
        {"http://127.0.0.2:1/", "k", "t", DELIVERY_REFUSED},
        {"http://claims.example/", "k", "t", DELIVERY_REFUSED},
        {"file:///etc/passwd", "k", "t", DELIVERY_REFUSED},
        {"ftp://127.0.0.1:1/", "k", "t", DELIVERY_REFUSED},
        {"not a url", "k", "t", DELIVERY_REFUSED},
        {"http://127.0.0.1:1/", "k\r\nX: 1", "t", DELIVERY_REFUSED},
        {"http://127.0.0.1:1/", "k\"", "t", DELIVERY_REFUSED},
        {"http://127.0.0.1:1/", "k", "t\nX: 1", DELIVERY_REFUSED},
        {"http://127.0.0.1:1/", "k", "\xC3\xA9", DELIVERY_REFUSED},
    };
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        HttpPost post = sample(cases[i].url);
        const char *reply = "";

        post.key = cases[i].key;
        post.token = cases[i].token;

        const DeliveryOutcome outcome = alert_send_http(arena, &post, &reply);

        if (outcome != cases[i].outcome)
            fail_msg("%s: outcome %d, \"%s\"", cases[i].url, (int)outcome, reply);
    }
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_post_is_the_same_bytes),
        cmocka_unit_test(an_answer_says_what_next),
        cmocka_unit_test(a_lost_answer_files_nothing_twice),
        cmocka_unit_test(what_is_unsafe_is_not_sent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
