/*
 * outbox.h - messages waiting for delivery. A message has a key for ever: it is queued once, and delivered at least
 * once.
 */
#ifndef SQL_OUTBOX_H
#define SQL_OUTBOX_H

#include "core/instant.h"
#include "sql/db.h"

// Texts are never NULL once read; to queue, those from rule on may be NULL, which leaves them at what a digest has.
typedef struct OutboxMessage
{
    const char *key, *channel, *recipient, *subject, *text, *html;
    Instant as_of;
    const char *rule, *audience, *thing, *action, *severity, *facts, *reply_to, *quiet_hours;
    const char *state;        // "pending", "held", "sent", "dead", "dropped"
    Instant next_attempt_at;  // when queued: of the first attempt

    // Known when read.
    int64_t number;
    int64_t attempts;                     // made so far
    Instant queued_at, sent_at;           // INSTANT_NONE while not sent
    const char *last_error, *decided_by;  // "" for none
} OutboxMessage;

// Queue a message; *queued (may be NULL) is false when its key was queued before.
bool outbox_queue(Db *db, const OutboxMessage *message, Instant now, bool *queued, Err *err);

// Take the next message that is due at now, of a channel that is not among those that rest, and lock it for this
// transaction; *found is false when there is none. Other sessions skip it meanwhile.
bool outbox_take(Db *db, Arena *arena, Instant now, const char *const *resting,
    size_t resting_count, OutboxMessage *message, bool *found, Err *err);

// When the earliest waiting message of some channels is due, each in *due as the channels are given; INSTANT_NONE where none waits.
bool outbox_next(Db *db, const char *const *channels, size_t count, Instant *due, Err *err);

// Record the outcome of an attempt, in the transaction that took the message.
bool outbox_sent(Db *db, const char *key, Instant now, Err *err);
bool outbox_retry(Db *db, const char *key, Instant next_attempt_at, const char *reason, Err *err);
bool outbox_dead(Db *db, const char *key, const char *reason, Err *err);

// Messages, newest first; state and channel "" and number 0 for all.
typedef struct OutboxFilter
{
    const char *state, *channel;
    int64_t number, limit;
} OutboxFilter;
bool outbox_list(Db *db, Arena *arena, const OutboxFilter *filter, const OutboxMessage **items,
    size_t *count, Err *err);

// Let messages be tried again now: those of these numbers that wait or were given up; without numbers all that were given up.
bool
outbox_again(Db *db, const int64_t *numbers, size_t count, Instant now, int64_t *changed, Err *err);

// A person's word on messages that wait for it: released, or dropped. One about a case that is not live any more, or of
// another kind now, is not released.
bool outbox_decide(Db *db, const int64_t *numbers, size_t count, bool release, const char *actor,
    Instant now, int64_t *changed, Err *err);

// How many messages are in which state; due and later are those that are pending.
typedef struct OutboxCounts
{
    int64_t due, later, held, dead;
} OutboxCounts;

// Count them.
bool outbox_counts(Db *db, Instant now, OutboxCounts *out, Err *err);

#endif
