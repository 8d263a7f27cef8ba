#include "alerts/ticket.h"

#include "core/hash.h"
#include "core/template.h"

#include <inttypes.h>
#include <string.h>

const char *
ticket_html(Arena *arena, const char *text)
{
    const char *at = template_escape(arena, text, TEMPLATE_FORM_HTML);
    Text out = {.arena = arena};

    while (*at != '\0') {
        const size_t length = strcspn(at, "\n");

        text_add_bytes(&out, at, length);
        text_add(&out, at[length] == '\n' ? "<br>\n" : "");
        at += length + (at[length] == '\n');
    }
    return text_get(&out);
}

const char *
ticket_note(Arena *arena, const Message *message)
{
    return arena_printf(arena, "%s\n\n%s", message->subject, message->text);
}

// The channel's url is the desk's own; a path begins where it ends.
static const char *
url_of(Arena *arena, const Channel *channel, const char *path)
{
    size_t length = strlen(channel->url);

    while (length > 0 && channel->url[length - 1] == '/')
        length--;
    return arena_printf(arena, "%.*s%s", (int)length, channel->url, path);
}

// The number of the first ticket found; 0 when there is none, -1 when the answer makes no sense.
static int64_t
found_ticket(const Text *answer, const char *list)
{
    json_t *const root = json_loads(text_get(answer), 0, NULL);
    const json_t *const items = json_object_get(root, list);
    int64_t number = -1;

    if (json_is_array(items) && json_array_size(items) == 0)
        number = 0;
    if (json_array_size(items) > 0)
        number = json_integer_value(json_object_get(json_array_get(items, 0), "id"));
    if (number == 0 && json_array_size(items) > 0)
        number = -1;
    json_decref(root);
    return number;
}

static Delivery
create(Arena *arena, const Channel *channel, const Message *message, const TicketDesk *desk,
    const char *mark)
{
    const char *const headers[] = {arena_printf(
        arena, "Idempotency-Key: %s", text_sha256(arena, message->key, strlen(message->key)))};

    return web_send_json(arena, channel,
        &(WebRequest){.method = "POST",
            .url = url_of(arena, channel, desk->create_path),
            .headers = headers,
            .header_count = desk->idempotent ? 1 : 0,
            .authorization = desk->authorization(arena, channel)},
        desk->create(arena, channel, message, mark), NULL);
}

static Delivery
note(Arena *arena, const Channel *channel, const Message *message, const TicketDesk *desk,
    int64_t ticket)
{
    return web_send_json(arena, channel,
        &(WebRequest){.method = desk->note_method,
            .url = url_of(arena, channel, desk->note_path(arena, ticket)),
            .authorization = desk->authorization(arena, channel)},
        desk->note(arena, channel, message), NULL);
}

Delivery
ticket_send(Arena *arena, const Channel *channel, const Message *message, Instant now)
{
    const TicketDesk *const desk = channel->kind->desk;
    const char *const mark = arena_printf(arena, "vigie-%s", message->thing);
    Text answer = {.arena = arena};
    Delivery delivery = web_send(arena, channel,
        &(WebRequest){.method = "GET",
            .url = url_of(arena, channel, desk->find(arena, mark)),
            .authorization = desk->authorization(arena, channel)},
        &answer);

    (void)now;
    if (delivery.outcome != DELIVERY_SENT) {
        delivery.reason = arena_printf(arena, "looking for the ticket: %s", delivery.reason);
        return delivery;
    }

    const int64_t ticket = found_ticket(&answer, desk->list);

    if (ticket < 0)
        return (Delivery){
            DELIVERY_RETRY, "looking for the ticket: the answer is no list of tickets", 0, false};
    return ticket == 0 ? create(arena, channel, message, desk, mark)
                       : note(arena, channel, message, desk, ticket);
}
