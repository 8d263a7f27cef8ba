/*
 * Gorgias (https://developers.gorgias.com/reference/): tickets are found by external_id; every message is an internal note. user
 * is the e-mail address of the API key's owner, from the agent who speaks.
 */
#include "alerts/ticket.h"

#include <inttypes.h>

static const char *
authorization(Arena *arena, const Channel *channel)
{
    return web_basic(arena, channel->user, channel->secret);
}

static const char *
find(Arena *arena, const char *mark)
{
    return arena_printf(arena, "/api/tickets?external_id=%s&limit=1", transfer_escape(arena, mark));
}

static json_t *
note(Arena *arena, const Channel *channel, const Message *message)
{
    const char *const text = ticket_note(arena, message);

    return json_pack("{s:s, s:s, s:b, s:b, s:{s:s}, s:s, s:s}", "channel", "internal-note", "via",
        "api", "from_agent", 1, "public", 0, "sender", "email", channel->from, "body_text", text,
        "body_html", ticket_html(arena, text));
}

static json_t *
create(Arena *arena, const Channel *channel, const Message *message, const char *mark)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:[{s:s}], s:[o]}", "channel", "internal-note", "via",
        "api", "external_id", mark, "subject", message->subject, "tags", "name", "vigie",
        "messages", note(arena, channel, message));
}

static const char *
note_path(Arena *arena, int64_t ticket)
{
    return arena_printf(arena, "/api/tickets/%" PRId64 "/messages", ticket);
}

static const TicketDesk desk = {
    .authorization = authorization,
    .find = find,
    .list = "data",
    .create_path = "/api/tickets",
    .create = create,
    .note_path = note_path,
    .note_method = "POST",
    .note = note,
};

const ChannelKind channel_gorgias = {.name = "gorgias",
    .needs = CHANNEL_NEEDS_URL | CHANNEL_NEEDS_SECRET,
    .form = WORDS_TEXT,
    .desk = &desk,
    .send = ticket_send};
