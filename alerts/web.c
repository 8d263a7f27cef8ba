#include "alerts/web.h"

#include "core/hash.h"
#include "core/json.h"
#include "core/text.h"

#include <inttypes.h>
#include <string.h>

DeliveryOutcome
web_outcome(const TransferResult *result)
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

static bool
tells_secret(const char *said, const char *const *secrets, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!text_is_empty(secrets[i]) && strstr(said, secrets[i]))
            return true;
    return false;
}

const char *
web_reason(
    Arena *arena, const TransferResult *result, const char *const *secrets, size_t secret_count)
{
    const char *const said = text_clean(arena, arena_copy(arena, result->reply));

    if (!result->done)
        return arena_printf(arena, "%s: %s",
            result->began ? "no whole answer" : "could not reach the server", result->error);
    if (result->status >= 300 && result->status < 400)
        return arena_printf(
            arena, "the server answered %ld: redirects are not followed", result->status);
    if (text_is_empty(said) || tells_secret(said, secrets, secret_count))
        return arena_printf(arena, "the server answered %ld", result->status);
    return arena_printf(arena, "the server answered %ld \"%s\"", result->status, said);
}

const char *
web_basic(Arena *arena, const char *user, const char *password)
{
    const char *const pair = arena_printf(arena, "%s:%s", user, password);

    return arena_printf(arena, "Basic %s", text_base64(arena, pair, strlen(pair)));
}

const char *
web_cut(Arena *arena, const char *text, size_t length)
{
    if (strlen(text) <= length)
        return text;
    return arena_printf(arena, "%.*s...", (int)text_fitting(text, length - 3), text);
}

typedef struct Lines
{
    Arena *arena;
    const char **items;
    size_t count, capacity;
} Lines;

static Lines
headers_of(Arena *arena, const WebRequest *request)
{
    Lines lines = {.arena = arena};

    ARENA_PUSH(&lines, "Accept: application/json");
    if (request->body)
        ARENA_PUSH(&lines, arena_printf(arena, "Content-Type: %s", request->type));
    if (request->authorization)
        ARENA_PUSH(&lines, arena_printf(arena, "Authorization: %s", request->authorization));
    for (size_t i = 0; i < request->header_count; i++)
        ARENA_PUSH(&lines, request->headers[i]);
    return lines;
}

// A line break in a secret or a key would begin another header.
static bool
are_plain(const Lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        for (const char *c = lines->items[i]; *c != '\0'; c++)
            if (*c < ' ' || *c > '~')
                return false;
    return true;
}

Delivery
web_send(Arena *arena, const Channel *channel, const WebRequest *request, Text *answer)
{
    const char *const url = text_is_empty(request->url) ? channel->url : request->url;
    const char *const secrets[] = {channel->secret, channel->url, request->authorization};
    const Lines headers = headers_of(arena, request);

    if (!are_plain(&headers))
        return (Delivery){DELIVERY_REFUSED, "a header or the secret is not plain ASCII", 0, false};

    const TransferResult result = transfer_http(&(Transfer){
        .url = url,
        .timeout_seconds = channel->timeout_seconds,
        .headers = headers.items,
        .header_count = headers.count,
        .method = request->method,
        .body = request->body,
        .answer = answer,
    });

    return (Delivery){
        .outcome = web_outcome(&result),
        .reason = web_reason(arena, &result, secrets, sizeof secrets / sizeof secrets[0]),
        .retry_after_seconds = result.retry_after_seconds,
        .channel_down = !result.done || result.status == 429 || result.status == 503,
    };
}

Delivery
web_send_json(
    Arena *arena, const Channel *channel, const WebRequest *request, json_t *body, Text *answer)
{
    const char *const text = json_to_text(arena, body, JSON_COMPACT);
    WebRequest whole = *request;

    if (!text)
        return (Delivery){DELIVERY_REFUSED, "the message is not valid UTF-8", 0, false};
    whole.type = "application/json";
    whole.body = text;
    return web_send(arena, channel, &whole, answer);
}
