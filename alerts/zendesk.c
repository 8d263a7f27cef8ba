/*
 * Zendesk (https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/): tickets are found by external_id, created
 * under an idempotency key, and noted on by an update with a comment. user is the agent's e-mail address, the secret his API
 * token.
 */
#include "alerts/ticket.h"

#include <inttypes.h>

static const char *
authorization(Arena *arena, const Channel *channel)
{
    return web_basic(arena, arena_printf(arena, "%s/token", channel->user), channel->secret);
}

static const char *
find(Arena *arena, const char *mark)
{
    return arena_printf(arena, "/api/v2/tickets.json?external_id=%s", transfer_escape(arena, mark));
}

static const char *
priority_of(const char *severity)
{
    return text_equal(severity, "critical") ? "urgent"
           : text_equal(severity, "error")  ? "high"
           : text_equal(severity, "info")   ? "low"
                                            : "normal";
}

static json_t *
create(Arena *arena, const Channel *channel, const Message *message, const char *mark)
{
    (void)arena;
    (void)channel;
    return json_pack("{s:{s:s, s:s, s:s, s:[s], s:{s:s, s:b}}}", "ticket", "subject",
        message->subject, "external_id", mark, "priority", priority_of(message->severity), "tags",
        "vigie", "comment", "body", message->text, "public", 0);
}

static const char *
note_path(Arena *arena, int64_t ticket)
{
    return arena_printf(arena, "/api/v2/tickets/%" PRId64 ".json", ticket);
}

static json_t *
note(Arena *arena, const Channel *channel, const Message *message)
{
    (void)channel;
    return json_pack("{s:{s:{s:s, s:b}}}", "ticket", "comment", "body", ticket_note(arena, message),
        "public", 0);
}

static const TicketDesk desk = {
    .authorization = authorization,
    .find = find,
    .list = "tickets",
    .create_path = "/api/v2/tickets.json",
    .create = create,
    .note_path = note_path,
    .note_method = "PUT",
    .note = note,
    .idempotent = true,
};

const ChannelKind channel_zendesk = {.name = "zendesk",
    .needs = CHANNEL_NEEDS_URL | CHANNEL_NEEDS_SECRET,
    .form = WORDS_TEXT,
    .desk = &desk,
    .send = ticket_send};
