/*
 * A mail with files, against a real server: what arrives is read by Python's own parser.
 */
#include "alerts/alerts.h"

#include "core/file.h"
#include "core/hash.h"
#include "core/text.h"
#include "tests/harness/golden.h"
#include "tests/harness/sink_mail.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const Attachment files[] = {
    {"VG-000012.xml", "application/xml", "<dossier>\xC3\xA9</dossier>\n", 22},
    {"VG-000012-letter.pdf", "application/pdf", "%PDF-1.7\n\0\xFF\r\n.\n", 15},
};

static Message
sample(void)
{
    return (Message){
        .key = "VS-000012-5f2a9c11ab01de34",
        .channel = "email",
        .recipient = "claims@carrier.example",
        .subject = "R\xC3\xA9"
                   "clamations du 20 novembre 2026 : 1 colis",
        .text = "Madame, Monsieur,\n.\nVG-000012\n",
        .html = "",
        .as_of = 20777 * HOURS_24 + 23 * HOUR - SECOND,
        .reply_to = "litiges@example.org",
        .attachments = files,
        .attachment_count = 2,
    };
}

static const char *
kept(Arena *arena, const char *folder, const char *name)
{
    Err err = {0};
    const char *const bytes = file_read(arena, file_join(arena, folder, name), 1 << 20, NULL, &err);

    return bytes ? bytes : "";
}

// Nobody's help desk drops it as an automatic mail, and the answer goes to people.
static void
a_claim_arrives_with_its_files(void **state)
{
    Arena *const arena = arena_create();
    const char *folder, *reason;
    const char *const url = sink_mail(arena, "accept", &folder);
    const Message message = sample();

    (void)state;
    assert_int_equal(sink_send(arena, url, &message, &reason), DELIVERY_SENT);
    golden_check("tests/alerts/golden/claim.eml", kept(arena, folder, "raw.txt"));

    json_t *const parsed = json_loads(kept(arena, folder, "parsed.json"), 0, NULL);
    const json_t *const parts = json_object_get(parsed, "parts");

    assert_int_equal(json_array_size(parts), 3);
    assert_int_equal(json_array_size(json_object_get(parsed, "defects")), 0);
    for (size_t i = 0; i < 2; i++) {
        const json_t *const part = json_array_get(parts, i + 1);

        assert_string_equal(json_string_value(json_object_get(part, "name")), files[i].name);
        assert_string_equal(json_string_value(json_object_get(part, "type")), files[i].type);
        assert_string_equal(json_string_value(json_object_get(part, "sha256")),
            text_sha256(arena, files[i].bytes, files[i].length));
    }
    json_decref(parsed);
    arena_destroy(arena);
}

// The server took it all and then hung up: it may be in somebody's inbox.
static void
no_answer_is_no_refusal(void **state)
{
    Arena *const arena = arena_create();
    const char *folder, *reason;
    const char *const url = sink_mail(arena, "cut", &folder);
    const Message message = sample();

    (void)state;
    assert_int_equal(sink_send(arena, url, &message, &reason), DELIVERY_UNKNOWN);
    assert_true(text_starts_with(reason, "no answer after the message was sent: "));
    assert_true(strlen(kept(arena, folder, "raw.txt")) > 0);
    arena_destroy(arena);
}

// The port is one where nobody listens, which would be RETRY.
static void
names_and_addresses_are_plain(void **state)
{
    static const char *const names[] = {
        "", "a b.pdf", "\"x\".pdf", "a\r\nX: 1", "caf\xC3\xA9.pdf", "../x", "a;b"};
    Arena *const arena = arena_create();
    const char *reason;
    Message message = sample();

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const Attachment file = {names[i], "text/plain", "x", 1};

        message.attachments = &file;
        message.attachment_count = 1;
        assert_int_equal(
            sink_send(arena, "smtp://127.0.0.1:1", &message, &reason), DELIVERY_REFUSED);
        assert_string_equal(reason, "the name of an attachment is not plain ASCII");
    }
    message = sample();
    message.reply_to = "a@b\r\nBcc: c@d";
    assert_int_equal(sink_send(arena, "smtp://127.0.0.1:1", &message, &reason), DELIVERY_REFUSED);
    message = sample();
    assert_int_equal(sink_send(arena, "smtp://127.0.0.1:1", &message, &reason), DELIVERY_RETRY);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_claim_arrives_with_its_files),
        cmocka_unit_test(no_answer_is_no_refusal),
        cmocka_unit_test(names_and_addresses_are_plain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
