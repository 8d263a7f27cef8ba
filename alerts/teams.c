/*
 * Microsoft Teams, by the webhook of a workflow, as an adaptive card. Words stand in text runs, in which Teams reads no markup,
 * so nothing needs escaping. A message may have 28 KB: lines that do not fit are counted instead.
 */
#include "alerts/web.h"

#include <stdlib.h>
#include <string.h>

#define BODY_MAX                                                                                   \
    ((size_t)28 * 1024 - 1536)  // bytes of the card's lines; the rest is for what is around them

static json_t *
run(const char *text, size_t length, bool heading)
{
    json_t *const made = json_pack("{s:s, s:s%}", "type", "TextRun", "text", text, length);

    if (heading) {
        json_object_set_new(made, "weight", json_string("Bolder"));
        json_object_set_new(made, "size", json_string("Medium"));
    }
    return json_pack("{s:s, s:[o]}", "type", "RichTextBlock", "inlines", made);
}

// Add a block if it fits into what is left.
static bool
add(json_t *body, json_t *block, size_t *left)
{
    char *const text = json_dumps(block, JSON_COMPACT);
    const size_t size = strlen(text) + 1;
    const bool fits = size <= *left;

    free(text);
    if (fits) {
        *left -= size;
        json_array_append(body, block);
    }
    json_decref(block);
    return fits;
}

static void
add_lines(Arena *arena, json_t *body, const char *text, size_t left)
{
    size_t missing = 0;

    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");

        if (length > 0 && (missing > 0 || !add(body, run(text, length, false), &left)))
            missing++;
        text += length + (text[length] == '\n');
    }
    if (missing > 0) {
        const char *const words =
            arena_printf(arena, "... and %zu more lines in the report.", missing);

        json_array_append_new(body, run(words, strlen(words), false));
    }
}

static Delivery
send_teams(Arena *arena, const Channel *channel, const Message *message, Instant now)
{
    json_t *const lines = json_array();
    const char *const subject = web_cut(arena, message->subject, 300);

    (void)now;
    json_array_append_new(lines, run(subject, strlen(subject), true));
    add_lines(arena, lines, message->text, BODY_MAX);

    json_t *const card = json_pack("{s:s, s:s, s:s, s:o}", "$schema",
        "http://adaptivecards.io/schemas/adaptive-card.json", "type", "AdaptiveCard", "version",
        "1.4", "body", lines);
    json_t *const body = json_pack("{s:s, s:[{s:s, s:n, s:o}]}", "type", "message", "attachments",
        "contentType", "application/vnd.microsoft.card.adaptive", "contentUrl", "content", card);

    return web_send_json(arena, channel, &(WebRequest){.method = "POST"}, body, NULL);
}

const ChannelKind channel_teams = {
    .name = "teams", .needs = CHANNEL_NEEDS_URL, .form = WORDS_TEXT, .send = send_teams};
