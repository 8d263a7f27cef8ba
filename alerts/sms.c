/*
 * SMS by a gateway's HTTP interface: three fields, as JSON or as a form, under the names that the gateway has for them. With
 * a user the secret is his password, without one a bearer token (RFC 7617, RFC 6750).
 */
#include "alerts/web.h"

static const char *
form_body(Arena *arena, const Channel *channel, const char *const *values)
{
    Text out = {.arena = arena};

    for (size_t i = 0; i < 3; i++)
        text_add_format(&out, "%s%s=%s", i > 0 ? "&" : "",
            transfer_escape(arena, channel->fields[i]), transfer_escape(arena, values[i]));
    return text_get(&out);
}

static Delivery
send_sms(Arena *arena, const Channel *channel, const Message *message, Instant now)
{
    const char *const values[] = {message->recipient, channel->from, message->text};
    const char *const headers[] = {arena_printf(arena, "Idempotency-Key: \"%s\"", message->key)};
    WebRequest request = {
        .method = "POST",
        .type = "application/x-www-form-urlencoded",
        .headers = headers,
        .header_count = 1,
        .authorization = text_is_empty(channel->user)
                             ? arena_printf(arena, "Bearer %s", channel->secret)
                             : web_basic(arena, channel->user, channel->secret),
    };

    (void)now;
    if (channel->form) {
        request.body = form_body(arena, channel, values);
        return web_send(arena, channel, &request, NULL);
    }
    return web_send_json(arena, channel, &request,
        json_pack("{s:s, s:s, s:s}", channel->fields[0], values[0], channel->fields[1], values[1],
            channel->fields[2], values[2]),
        NULL);
}

const ChannelKind channel_sms = {.name = "sms",
    .needs = CHANNEL_NEEDS_URL | CHANNEL_NEEDS_SECRET | CHANNEL_NEEDS_RECIPIENT,
    .form = WORDS_SMS,
    .send = send_sms};
