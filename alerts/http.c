/*
 * One submission, one POST. The key goes with it in the header Idempotency-Key, so that a server that keeps to
 * draft-ietf-httpapi-idempotency-key-header files it once however often it comes.
 */
#include "alerts/alerts.h"

#include "alerts/transfer.h"
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

// What an answer means for the next attempt. 409 says that the first attempt under this key is still being worked on
// (2.6 of the draft); 408, 425, 429 and 503 that this one was not.
static DeliveryOutcome
judge(const TransferResult *result)
{
    const long status = result->status;

    if (result->done && status >= 200 && status < 300)
        return DELIVERY_SENT;
    if (!result->done)
        return result->hopeless ? DELIVERY_REFUSED
               : result->began  ? DELIVERY_UNKNOWN
                                : DELIVERY_RETRY;
    if (status == 408 || status == 425 || status == 429 || status == 503)
        return DELIVERY_RETRY;
    return status >= 500 || status == 409 ? DELIVERY_UNKNOWN : DELIVERY_REFUSED;
}

// A server may say anything, so also the token that it was just given.
static const char *
reason_of(Arena *arena, const HttpPost *post, const TransferResult *result)
{
    const char *const said = text_clean(arena, arena_copy(arena, result->reply));
    const bool tells = !text_is_empty(post->token) && strstr(said, post->token);

    if (!result->done)
        return arena_printf(arena, "%s: %s",
            result->began ? "no whole answer" : "could not reach the server", result->error);
    if (text_is_empty(said) || tells)
        return arena_printf(arena, "the server answered %ld", result->status);
    return arena_printf(arena, "the server answered %ld \"%s\"", result->status, said);
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
        const TransferResult result = transfer_post(&transfer);

        outcome = judge(&result);
        *reply = reason_of(arena, post, &result);
    }
    arena_destroy(work);
    return outcome;
}
