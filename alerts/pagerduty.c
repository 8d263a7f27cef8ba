/*
 * PagerDuty, events API v2 (https://developer.pagerduty.com/docs/events-api-v2/): what begins triggers, what is over resolves,
 * under the same deduplication key. The secret is the integration's routing key, which goes in the body.
 */
#include "alerts/web.h"

#define SUMMARY_MAX 1024
#define DETAILS_MAX ((size_t)64 * 1024)  // an event may have 512 KB

static Delivery
send_pagerduty(Arena *arena, const Channel *channel, const Message *message, Instant now)
{
    const bool over = text_equal(message->action, "close");
    json_t *const body = json_pack("{s:s, s:s, s:s, s:s, s:{s:s, s:s, s:s, s:s, s:{s:s, s:s}}}",
        "routing_key", channel->secret, "event_action", over ? "resolve" : "trigger", "dedup_key",
        arena_printf(arena, "vigie-%s", message->thing), "client", "Vigie", "payload", "summary",
        web_cut(arena, message->subject, SUMMARY_MAX), "source", "vigie", "severity",
        message->severity, "timestamp", instant_print(arena, message->as_of), "custom_details",
        "text", web_cut(arena, message->text, DETAILS_MAX), "key", message->key);

    (void)now;
    return web_send_json(arena, channel, &(WebRequest){.method = "POST"}, body, NULL);
}

const ChannelKind channel_pagerduty = {.name = "pagerduty",
    .url = "https://events.pagerduty.com/v2/enqueue",
    .needs = CHANNEL_NEEDS_URL | CHANNEL_NEEDS_SECRET,
    .form = WORDS_TEXT,
    .send = send_pagerduty};
