/*
 * A program of the merchant's own. The body is signed: whoever knows the key can tell that Vigie sent it, and when.
 *
 *   Vigie-Timestamp: 1763679599
 *   Vigie-Signature: v1=HMAC-SHA-256(key, timestamp + "." + body) in hexadecimal
 *
 * The timestamp is that of the attempt, so that an old request cannot be sent again by somebody else; the key of the message
 * is the same in all attempts, so that the receiver can tell a duplicate.
 */
#include "alerts/web.h"
#include "core/hash.h"
#include "core/json.h"

#include <inttypes.h>
#include <string.h>

#define SCHEMA 1  // of the body; docs/alerts.md

static const char *
body_of(Arena *arena, const Message *message)
{
    json_t *facts = json_loads(message->facts ? message->facts : "{}", 0, NULL);
    json_t *const body = json_pack("{s:i, s:s, s:s*, s:s*, s:s*, s:s*, s:s*, s:s, s:s, s:s, s:o*}",
        "schema", SCHEMA, "key", message->key, "rule", message->rule, "audience", message->audience,
        "thing", message->thing, "action", message->action, "severity", message->severity, "as_of",
        instant_print(arena, message->as_of), "subject", message->subject, "text", message->text,
        "facts", facts);

    return json_to_text(arena, body, JSON_COMPACT | JSON_REAL_PRECISION(12));
}

static Delivery
send_webhook(Arena *arena, const Channel *channel, const Message *message, Instant now)
{
    const char *const body = body_of(arena, message);
    const char *const timestamp = arena_printf(arena, "%" PRId64, now / SECOND);
    const char *const signed_text = arena_printf(arena, "%s.%s", timestamp, body);
    const char *const headers[] = {
        arena_printf(arena, "Idempotency-Key: \"%s\"", message->key),
        arena_printf(arena, "Vigie-Timestamp: %s", timestamp),
        arena_printf(arena, "Vigie-Signature: v1=%s",
            text_hmac_sha256(arena, channel->secret, signed_text, strlen(signed_text))),
    };

    return web_send(arena, channel,
        &(WebRequest){.method = "POST",
            .type = "application/json",
            .body = body,
            .headers = headers,
            .header_count = sizeof headers / sizeof headers[0]},
        NULL);
}

const ChannelKind channel_webhook = {.name = "webhook",
    .needs = CHANNEL_NEEDS_URL | CHANNEL_NEEDS_SECRET,
    .form = WORDS_TEXT,
    .send = send_webhook};
