#include "jobs/people/alerts.h"

#include "jobs/frame/screen.h"

#include <inttypes.h>
#include <string.h>

static const char *
when(const Job *job, Instant at)
{
    return at == INSTANT_NONE ? "" : zone_print(job->arena, job->zone, at);
}

static json_t *
message_json(const Job *job, const OutboxMessage *message, bool whole)
{
    Arena *const arena = job->arena;
    json_t *const json = json_pack(
        "{s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:o, s:o, s:o, s:o, s:o}",
        "number", (json_int_t)message->number, "key", json_of_text(arena, message->key), "state",
        json_of_text(arena, message->state), "rule", json_of_text(arena, message->rule), "audience",
        json_of_text(arena, message->audience), "channel", json_of_text(arena, message->channel),
        "recipient", json_of_text(arena, message->recipient), "thing",
        json_of_text(arena, message->thing), "severity", json_of_text(arena, message->severity),
        "subject", json_of_text(arena, message->subject), "attempts", (json_int_t)message->attempts,
        "as_of", json_of_instant(arena, message->as_of), "next_attempt_at",
        json_of_instant(arena, message->next_attempt_at), "sent_at",
        json_of_instant(arena, message->sent_at), "last_error",
        json_of_text(arena, message->last_error), "decided_by",
        json_of_text(arena, message->decided_by));

    if (whole) {
        json_object_set_new(json, "text", json_string(message->text));
        json_object_set_new(json, "html", json_string(message->html));
        json_object_set_new(json, "facts", json_loads(message->facts, 0, NULL));
    }
    return json;
}

static void
line(const Job *job, Text *out, size_t columns, const OutboxMessage *message)
{
    Arena *const arena = job->arena;
    Text row = {.arena = arena};

    screen_cell(&row, 7, arena_printf(arena, "%6" PRId64, message->number));
    screen_cell(&row, 9, message->state);
    screen_cell(&row, 18, when(job, message->queued_at));
    screen_cell(&row, 14, message->channel);
    screen_cell(&row, 26, message->recipient);
    screen_cut(&row, columns > 94 ? columns - 74 : 20, message->subject);
    text_add_format(out, "%s\n", text_get(&row));
    if (*message->last_error != '\0')
        screen_line(out, columns,
            arena_printf(arena, "        after %" PRId64 " attempts", message->attempts),
            message->last_error);
}

void
alerts_print_list(const Job *job, const OutboxMessage *items, size_t count)
{
    const size_t columns = screen_columns(job);
    Text out = {.arena = job->arena};

    if (job->format == FORMAT_JSON) {
        json_t *const all = json_array();

        for (size_t i = 0; i < count; i++)
            json_array_append_new(all, message_json(job, &items[i], false));
        screen_json(job, all);
        return;
    }
    for (size_t i = 0; i < count; i++)
        line(job, &out, columns, &items[i]);
    fputs(count == 0 ? "no such message\n" : text_get(&out), job->out);
}

// Line by line, so that a line break of the message is one, and nothing else that a terminal obeys.
static void
add_words(const Job *job, Text *out, size_t columns, const char *words)
{
    text_add(out, "\n");
    while (*words != '\0') {
        const size_t length = strcspn(words, "\n");

        if (length == 0)
            text_add(out, "\n");
        else
            screen_wrap(out, columns, 0, 0, arena_copy_bytes(job->arena, words, length));
        words += length + (words[length] == '\n');
    }
}

void
alerts_print_message(const Job *job, const OutboxMessage *message)
{
    Arena *const arena = job->arena;
    const size_t columns = screen_columns(job);
    Text out = {.arena = arena};

    if (job->format == FORMAT_JSON) {
        screen_json(job, message_json(job, message, true));
        return;
    }
    text_add_format(&out, "Message %" PRId64 ": %s\n", message->number, message->state);
    screen_line(&out, columns, "subject", message->subject);
    screen_line(&out, columns, "rule", message->rule);
    screen_line(&out, columns, "audience", message->audience);
    screen_line(&out, columns, "channel", message->channel);
    screen_line(&out, columns, "to", message->recipient);
    screen_line(&out, columns, "about", message->thing);
    screen_line(&out, columns, "key", message->key);
    screen_line(&out, columns, "queued", when(job, message->queued_at));
    screen_line(&out, columns, "attempts", arena_printf(arena, "%" PRId64, message->attempts));
    if (message->sent_at == INSTANT_NONE)
        screen_line(&out, columns, "next", when(job, message->next_attempt_at));
    screen_line(&out, columns, "sent", when(job, message->sent_at));
    screen_line(&out, columns, "failure", message->last_error);
    screen_line(&out, columns, "decided by", message->decided_by);
    add_words(job, &out, columns, message->text);
    fputs(text_get(&out), job->out);
}
