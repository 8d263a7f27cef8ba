/*
 * outbox.h - messages waiting for delivery. A message has a key for ever: it is queued once, and delivered at least
 * once.
 */
#ifndef SQL_OUTBOX_H
#define SQL_OUTBOX_H

#include "core/instant.h"
#include "sql/db.h"

typedef struct OutboxMessage
{
    const char *key, *channel, *recipient, *subject, *text, *html;
    Instant as_of;
    int64_t attempts;  // made so far
} OutboxMessage;

// Queue a message; *queued (may be NULL) is false when its key was queued before.
bool outbox_queue(Db *db, const OutboxMessage *message, Instant now, bool *queued, Err *err);

// Take the next message that is due at now and lock it for this transaction; *found is false when there is none. Other
// sessions skip it meanwhile.
bool outbox_take(Db *db, Arena *arena, Instant now, OutboxMessage *message, bool *found, Err *err);

// Record the outcome of an attempt, in the transaction that took the message.
bool outbox_sent(Db *db, const char *key, Instant now, Err *err);
bool outbox_retry(Db *db, const char *key, Instant next_attempt_at, const char *reason, Err *err);
bool outbox_dead(Db *db, const char *key, const char *reason, Err *err);

// How many messages are pending and how many are dead.
bool outbox_counts(Db *db, int64_t *pending, int64_t *dead, Err *err);

#endif
