/*
 * Slack, by an incoming webhook (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). The heading is
 * plain text, the rest Slack's markup as the template made it, in blocks of at most 3,000 characters, at most 50 of them.
 */
#include "alerts/web.h"

#include "core/template.h"

#include <string.h>

#define HEADING_MAX 150
#define SECTION_MAX 2900  // bytes, which are at least as many as characters
#define SECTIONS    48

static json_t *
heading(Arena *arena, const char *subject)
{
    return json_pack("{s:s, s:{s:s, s:s, s:b}}", "type", "header", "text", "type", "plain_text",
        "text", web_cut(arena, subject, HEADING_MAX), "emoji", 0);
}

static json_t *
section(const char *text, size_t length)
{
    return json_pack(
        "{s:s, s:{s:s, s:s%}}", "type", "section", "text", "type", "mrkdwn", "text", text, length);
}

// How much of a text makes the next section: whole lines, as many as fit.
static size_t
section_length(const char *text)
{
    const size_t fitting = text_fitting(text, SECTION_MAX);
    size_t length = fitting;

    if (text[fitting] == '\0')
        return fitting;
    while (length > 0 && text[length - 1] != '\n')
        length--;
    return length > 0 ? length : fitting;
}

static Delivery
send_slack(Arena *arena, const Channel *channel, const Message *message, Instant now)
{
    static const char cut[] = "... and more in the report.";
    json_t *const blocks = json_array();
    const char *at = message->text;

    (void)now;
    json_array_append_new(blocks, heading(arena, message->subject));
    for (size_t i = 0; i < SECTIONS && *at != '\0'; i++) {
        const size_t length = section_length(at);

        json_array_append_new(blocks, section(at, length));
        at += length;
    }
    if (*at != '\0')
        json_array_append_new(blocks, section(cut, sizeof cut - 1));

    // Shown in notifications; it is markup, so it is escaped like what fills a template.
    json_t *const body = json_pack("{s:s, s:o}", "text",
        template_escape(arena, message->subject, TEMPLATE_FORM_SLACK), "blocks", blocks);

    return web_send_json(arena, channel, &(WebRequest){.method = "POST"}, body, NULL);
}

const ChannelKind channel_slack = {
    .name = "slack", .needs = CHANNEL_NEEDS_URL, .form = WORDS_SLACK, .send = send_slack};
