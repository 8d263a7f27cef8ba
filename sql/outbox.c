#include "sql/outbox.h"

#include "sql/queries.h"
#include "sql/rows.h"

bool
outbox_queue(Db *db, const OutboxMessage *message, Instant now, bool *queued, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};
    int64_t added = 0;

    param_text(&params, message->key);
    param_text(&params, message->channel);
    param_text(&params, message->recipient);
    param_text(&params, message->subject);
    param_text(&params, message->text);
    param_text(&params, message->html);
    param_instant(&params, message->as_of);
    param_instant(&params, now);

    const bool done = rows_run(db, "outbox", SQL_OUTBOX_QUEUE, &params, &added, err);

    if (done && queued != NULL)
        *queued = added > 0;
    arena_destroy(arena);
    return done;
}

bool
outbox_take(Db *db, Arena *arena, Instant now, OutboxMessage *message, bool *found, Err *err)
{
    Params params = {.arena = arena};

    *found = false;
    param_instant(&params, now);

    Rows *const rows = rows_open(db, arena, "outbox", SQL_OUTBOX_TAKE, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        *found = true;
        *message = (OutboxMessage){
            .key = rows_text(rows, arena, 0),
            .channel = rows_text(rows, arena, 1),
            .recipient = rows_text(rows, arena, 2),
            .subject = rows_text(rows, arena, 3),
            .text = rows_text(rows, arena, 4),
            .html = rows_text(rows, arena, 5),
            .as_of = rows_instant(rows, 6),
            .attempts = rows_int(rows, 7),
        };
    }
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
outbox_counts(Db *db, int64_t *pending, int64_t *dead, Err *err)
{
    Arena *const arena = arena_create();
    Rows *const rows = rows_open(db, arena, "outbox", SQL_OUTBOX_COUNTS, NULL, err);

    while (rows != NULL && rows_next(rows, err)) {
        *pending = rows_int(rows, 0);
        *dead = rows_int(rows, 1);
    }
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}
