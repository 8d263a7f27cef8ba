#include "sql/outbox.h"

#include "core/text.h"
#include "sql/queries.h"
#include "sql/rows.h"

static void
param_or(Params *params, const char *text, const char *otherwise)
{
    param_text(params, text != NULL ? text : otherwise);
}

static void
param_message(Params *params, const OutboxMessage *message, Instant now)
{
    param_text(params, message->key);
    param_text(params, message->channel);
    param_text(params, message->recipient);
    param_text(params, message->subject);
    param_text(params, message->text);
    param_text(params, message->html);
    param_instant(params, message->as_of);
    param_instant(params, now);
    param_or(params, message->rule, "digest");
    param_or(params, message->audience, "logistics");
    param_or(params, message->thing, "");
    param_or(params, message->action, "open");
    param_or(params, message->severity, "info");
    param_or(params, message->facts, "{}");
    param_or(params, message->reply_to, "");
    param_or(params, message->quiet_hours, "");
    param_or(params, message->state, "pending");
    param_instant(params, message->next_attempt_at);
}

bool
outbox_queue(Db *db, const OutboxMessage *message, Instant now, bool *queued, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};
    int64_t added = 0;

    param_message(&params, message, now);

    const bool done = rows_run(db, "outbox", SQL_OUTBOX_QUEUE, &params, &added, err);

    if (done && queued != NULL)
        *queued = added > 0;
    arena_destroy(arena);
    return done;
}

// The columns of outbox_take.sql and outbox_list.sql.
static OutboxMessage
read_message(const Rows *rows, Arena *arena)
{
    return (OutboxMessage){
        .key = rows_text(rows, arena, 0),
        .channel = rows_text(rows, arena, 1),
        .recipient = rows_text(rows, arena, 2),
        .subject = rows_text(rows, arena, 3),
        .text = rows_text(rows, arena, 4),
        .html = rows_text(rows, arena, 5),
        .as_of = rows_instant(rows, 6),
        .attempts = rows_int(rows, 7),
        .number = rows_int(rows, 8),
        .rule = rows_text(rows, arena, 9),
        .audience = rows_text(rows, arena, 10),
        .thing = rows_text(rows, arena, 11),
        .action = rows_text(rows, arena, 12),
        .severity = rows_text(rows, arena, 13),
        .facts = rows_text(rows, arena, 14),
        .reply_to = rows_text(rows, arena, 15),
        .quiet_hours = rows_text(rows, arena, 16),
        .state = rows_text(rows, arena, 17),
        .queued_at = rows_instant(rows, 18),
        .next_attempt_at = rows_instant(rows, 19),
        .sent_at = rows_instant(rows, 20),
        .last_error = rows_text(rows, arena, 21),
        .decided_by = rows_text(rows, arena, 22),
    };
}

bool
outbox_take(Db *db, Arena *arena, Instant now, const char *const *resting, size_t resting_count,
    OutboxMessage *message, bool *found, Err *err)
{
    Params params = {.arena = arena};

    *found = false;
    param_instant(&params, now);
    param_texts(&params, resting, resting_count);

    Rows *const rows = rows_open(db, arena, "outbox", SQL_OUTBOX_TAKE, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        *found = true;
        *message = read_message(rows, arena);
    }
    return err->kind == ERR_NONE;
}

bool
outbox_next(Db *db, const char *const *channels, size_t count, Instant *due, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    for (size_t i = 0; i < count; i++)
        due[i] = INSTANT_NONE;
    param_texts(&params, channels, count);

    Rows *const rows = rows_open(db, arena, "outbox", SQL_OUTBOX_NEXT, &params, err);

    while (rows != NULL && rows_next(rows, err))
        for (size_t i = 0; i < count; i++)
            if (text_equal(rows_text(rows, arena, 0), channels[i]))
                due[i] = rows_instant(rows, 1);
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}

static bool
settle(Db *db, const char *key, const char *state, Instant sent_at, Instant next_attempt_at,
    const char *reason, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_text(&params, key);
    param_text(&params, state);
    param_instant(&params, sent_at);
    param_instant(&params, next_attempt_at);
    param_text(&params, reason);

    const bool done = rows_run(db, "outbox", SQL_OUTBOX_SETTLE, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

bool
outbox_sent(Db *db, const char *key, Instant now, Err *err)
{
    return settle(db, key, "sent", now, INSTANT_NONE, NULL, err);
}

bool
outbox_retry(Db *db, const char *key, Instant next_attempt_at, const char *reason, Err *err)
{
    return settle(db, key, "pending", INSTANT_NONE, next_attempt_at, reason, err);
}

bool
outbox_dead(Db *db, const char *key, const char *reason, Err *err)
{
    return settle(db, key, "dead", INSTANT_NONE, INSTANT_NONE, reason, err);
}

bool
outbox_list(Db *db, Arena *arena, const OutboxFilter *filter, const OutboxMessage **items,
    size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        OutboxMessage *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_text(&params, filter->state);
    param_text(&params, filter->channel);
    param_int(&params, filter->number);
    param_int(&params, filter->limit);

    Rows *const rows = rows_open(db, arena, "outbox", SQL_OUTBOX_LIST, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, read_message(rows, arena));
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}

bool
outbox_again(Db *db, const int64_t *numbers, size_t count, Instant now, int64_t *changed, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_ints(&params, numbers, count);
    param_instant(&params, now);

    const bool done = rows_run(db, "outbox", SQL_OUTBOX_AGAIN, &params, changed, err);

    arena_destroy(arena);
    return done;
}

bool
outbox_decide(Db *db, const int64_t *numbers, size_t count, bool release, const char *actor,
    Instant now, int64_t *changed, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_ints(&params, numbers, count);
    param_text(&params, release ? "pending" : "dropped");
    param_text(&params, actor);
    param_instant(&params, now);

    const bool done = rows_run(db, "outbox", SQL_OUTBOX_DECIDE, &params, changed, err);

    arena_destroy(arena);
    return done;
}

bool
outbox_counts(Db *db, Instant now, OutboxCounts *out, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, now);

    Rows *const rows = rows_open(db, arena, "outbox", SQL_OUTBOX_COUNTS, &params, err);

    while (rows != NULL && rows_next(rows, err))
        *out = (OutboxCounts){.due = rows_int(rows, 0),
            .later = rows_int(rows, 1),
            .held = rows_int(rows, 2),
            .dead = rows_int(rows, 3)};
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}
