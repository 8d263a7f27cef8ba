/*
 * Freshdesk (https://developers.freshdesk.com/api/): no idempotency key, so a ticket is looked for by its tag before it is
 * created. Its search learns of a new ticket after some minutes; until then a second attempt could create it again, which is
 * why a pause is never shorter than a minute less chance. The secret is an agent's API key.
 */
#include "alerts/ticket.h"

#include <inttypes.h>

enum
{
    STATUS_OPEN = 2
};

static const char *
authorization(Arena *arena, const Channel *channel)
{
    return web_basic(arena, channel->secret, "X");
}

static const char *
find(Arena *arena, const char *mark)
{
    return arena_printf(arena, "/api/v2/search/tickets?query=%s",
        transfer_escape(arena, arena_printf(arena, "\"tag:'%s'\"", mark)));
}

static int
priority_of(const char *severity)
{
    return text_equal(severity, "critical") ? 4
           : text_equal(severity, "error")  ? 3
           : text_equal(severity, "info")   ? 1
                                            : 2;
}

static json_t *
create(Arena *arena, const Channel *channel, const Message *message, const char *mark)
{
    return json_pack("{s:s, s:s, s:s, s:i, s:i, s:[s, s]}", "email", channel->from, "subject",
        message->subject, "description", ticket_html(arena, message->text), "priority",
        priority_of(message->severity), "status", STATUS_OPEN, "tags", "vigie", mark);
}

static const char *
note_path(Arena *arena, int64_t ticket)
{
    return arena_printf(arena, "/api/v2/tickets/%" PRId64 "/notes", ticket);
}

static json_t *
note(Arena *arena, const Channel *channel, const Message *message)
{
    (void)channel;
    return json_pack(
        "{s:s, s:b}", "body", ticket_html(arena, ticket_note(arena, message)), "private", 1);
}

static const TicketDesk desk = {
    .authorization = authorization,
    .find = find,
    .list = "results",
    .create_path = "/api/v2/tickets",
    .create = create,
    .note_path = note_path,
    .note_method = "POST",
    .note = note,
};

const ChannelKind channel_freshdesk = {.name = "freshdesk",
    .needs = CHANNEL_NEEDS_URL | CHANNEL_NEEDS_SECRET,
    .form = WORDS_TEXT,
    .desk = &desk,
    .send = ticket_send};
