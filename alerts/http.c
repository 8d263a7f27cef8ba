/*
 * One submission, one POST. The key goes with it in the header Idempotency-Key, so that a server that keeps to
 * draft-ietf-httpapi-idempotency-key-header files it once however often it comes.
 */
#include "alerts/alerts.h"

#include "alerts/web.h"
#include "core/text.h"

#include <string.h>

#define FIELDS 3  // beside the files

static bool
is_printable(const char *text)
{
    for (const char *c = text; *c != '\0'; c++)
        if (*c <= ' ' || *c > '~' || *c == '"' || *c == '\\')
            return false;
    return true;
}

static TransferPart
field(const char *name, const char *text)
{
    return (TransferPart){
        .name = name, .type = "text/plain; charset=utf-8", .bytes = text, .length = strlen(text)};
}

static const TransferPart *
parts_of(Arena *arena, const HttpPost *post, size_t *count)
{
    TransferPart *const parts = ARENA_ARRAY(arena, TransferPart, FIELDS + post->file_count);

    parts[0] = field("key", post->key);
    parts[1] = field("subject", post->subject);
    parts[2] = field("text", post->text);
    for (size_t i = 0; i < post->file_count; i++)
        parts[FIELDS + i] = (TransferPart){.name = "files",
            .file_name = post->files[i].name,
            .type = post->files[i].type,
            .bytes = post->files[i].bytes,
            .length = post->files[i].length};
    *count = FIELDS + post->file_count;
    return parts;
}

DeliveryOutcome
alert_send_http(Arena *arena, const HttpPost *post, const char **reply)
{
    Arena *const work = arena_create();
    const char *const headers[] = {
        arena_printf(work, "Idempotency-Key: \"%s\"", post->key),
        "Accept: application/json",
        arena_printf(work, "Authorization: Bearer %s", post->token),
    };
    Transfer transfer = {.url = post->url,
        .timeout_seconds = post->timeout_seconds,
        .headers = headers,
        .header_count = text_is_empty(post->token) ? 2 : 3};
    DeliveryOutcome outcome = DELIVERY_REFUSED;

    transfer.parts = parts_of(work, post, &transfer.part_count);
    if (!is_printable(post->key) || !is_printable(post->token)) {
        *reply = "the key or the token is not plain ASCII";
    } else {
        const TransferResult result = transfer_http(&transfer);

        outcome = web_outcome(&result);
        *reply = web_reason(arena, &result, &post->token, 1);
    }
    arena_destroy(work);
    return outcome;
}
