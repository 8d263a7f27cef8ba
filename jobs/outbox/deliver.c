#include "jobs/outbox/deliver.h"

#include "core/clock.h"
#include "core/hours.h"
#include "core/text.h"
#include "jobs/frame/signals.h"
#include "sql/outbox.h"

#define NEVER         INT64_MAX
#define FAILURES_DOWN 3  // so many in a row, and the channel is down

// What is known of a channel's state for the length of one call.
typedef struct Rest
{
    Instant until;  // nothing is sent before; NEVER when it is down
    bool asked;     // it said how long to wait, so it is worth waiting for
    int failures;   // in a row, that are not about one message
} Rest;

typedef struct Delivering
{
    const DeliveryPlan *plan;
    Arena *arena;
    Rest *rests;  // by door
    int64_t patience;
    DeliveryReport report;
} Delivering;

static Instant
system_now(void *data)
{
    (void)data;
    return clock_now();
}

static void
system_wait(void *data, int64_t micros)
{
    (void)data;
    clock_sleep_micros(micros);
}

const DeliveryClock DELIVERY_CLOCK = {.now = system_now, .wait = system_wait};

static Instant
now_of(const Delivering *work)
{
    return work->plan->clock->now(work->plan->clock->data);
}

// The names of channels that rest at an instant.
static const char **
resting(const Delivering *work, Arena *arena, Instant now, size_t *count)
{
    const Doors *const doors = work->plan->doors;
    const char **const names = ARENA_ARRAY(arena, const char *, doors->count);

    *count = 0;
    for (size_t i = 0; i < doors->count; i++)
        if (work->rests[i].until > now)
            names[(*count)++] = doors->items[i].channel.name;
    return names;
}

static Delivery
attempt(const Door *door, Arena *arena, const OutboxMessage *queued, Instant now)
{
    const Message message = {
        .key = queued->key,
        .channel = queued->channel,
        .recipient = queued->recipient,
        .subject = queued->subject,
        .text = queued->text,
        .html = queued->html,
        .as_of = queued->as_of,
        .reply_to = queued->reply_to,
        .rule = queued->rule,
        .audience = queued->audience,
        .thing = queued->thing,
        .action = queued->action,
        .severity = queued->severity,
        .facts = queued->facts,
    };

    if (door == NULL)
        return (Delivery){DELIVERY_REFUSED, "the settings have no such channel any more", 0, false};
    if (!text_is_empty(door->problem))
        return (Delivery){DELIVERY_RETRY, door->problem, 0, true};
    return door->channel.kind->send(arena, &door->channel, &message, now);
}

// One that cannot be used, or does not answer time and again, is left alone; one that says how long gets its pause.
static void
let_rest(Rest *rest, const Delivery *delivery, bool hopeless, Instant now)
{
    if (delivery->retry_after_seconds > 0) {
        rest->asked = true;
        rest->until = now + delivery->retry_after_seconds * SECOND;
    } else if (hopeless || ++rest->failures >= FAILURES_DOWN) {
        rest->asked = false;
        rest->until = NEVER;
    }
}

static void
note_failure(Delivering *work, const Door *door, const OutboxMessage *queued,
    const Delivery *delivery, Instant now)
{
    Rest *const rest = door ? &work->rests[door - work->plan->doors->items] : NULL;

    work->report.failed++;
    if (text_is_empty(work->report.reason))
        work->report.reason =
            arena_printf(work->arena, "%s: %s", queued->channel, delivery->reason);
    if (rest != NULL && delivery->channel_down)
        let_rest(rest, delivery, !text_is_empty(door->problem), now);
    log_warn(work->plan->log, "could not deliver",
        FIELDS(field_int("message", queued->number), field_text("channel", queued->channel),
            field_text("reason", delivery->reason)));
}

static bool
record(Delivering *work, const OutboxMessage *queued, const Delivery *delivery, Err *err)
{
    Db *const db = work->plan->db;
    const Instant now = now_of(work);
    const int64_t made = queued->attempts + 1;
    QuietHours quiet = {0};

    if (delivery->outcome == DELIVERY_SENT) {
        work->report.sent++;
        return outbox_sent(db, queued->key, now, err);
    }
    if (delivery->outcome == DELIVERY_REFUSED || made >= work->plan->attempts) {
        work->report.dead++;
        return outbox_dead(db, queued->key, delivery->reason, err);
    }
    quiet_hours_parse(queued->quiet_hours, &quiet);
    return outbox_retry(db, queued->key,
        quiet_hours_after(quiet, work->plan->zone,
            now + alert_backoff_seconds(queued->key, made, delivery->retry_after_seconds) * SECOND),
        delivery->reason, err);
}

static bool
deliver_taken(Delivering *work, Arena *arena, const OutboxMessage *queued, Instant now, Err *err)
{
    const Door *const door = channels_find(work->plan->doors, queued->channel);
    const Delivery delivery = attempt(door, arena, queued, now);

    if (delivery.outcome != DELIVERY_SENT)
        note_failure(work, door, queued, &delivery, now);
    else
        work->rests[door - work->plan->doors->items].failures = 0;
    return record(work, queued, &delivery, err);
}

static bool
deliver_one(Delivering *work, bool *found, Err *err)
{
    Db *const db = work->plan->db;
    Arena *const arena = arena_create();
    const Instant now = now_of(work);
    size_t count;
    const char *const *const names = resting(work, arena, now, &count);
    OutboxMessage queued;
    const bool done = !interrupted(err) && db_begin(db, err) &&
                      outbox_take(db, arena, now, names, count, &queued, found, err) &&
                      (!*found || deliver_taken(work, arena, &queued, now, err)) &&
                      db_commit(db, err);

    if (!done)
        db_rollback(db);
    arena_destroy(arena);
    return done;
}

// When the first channel that asked for a pause has something to send again; NEVER when none has.
static bool
next_turn(Delivering *work, Instant *turn, Err *err)
{
    const Doors *const doors = work->plan->doors;
    const char **const names = ARENA_ARRAY(work->arena, const char *, doors->count);
    Instant *const due = ARENA_ARRAY(work->arena, Instant, doors->count);

    *turn = NEVER;
    for (size_t i = 0; i < doors->count; i++)
        names[i] = doors->items[i].channel.name;
    if (!outbox_next(work->plan->db, names, doors->count, due, err))
        return false;
    for (size_t i = 0; i < doors->count; i++) {
        const Rest *const rest = &work->rests[i];
        const Instant at = due[i] > rest->until ? due[i] : rest->until;

        if (rest->asked && due[i] != INSTANT_NONE && at < *turn)
            *turn = at;
    }
    return true;
}

// Wait for the next turn, as long as patience lasts; *more says whether there is one.
static bool
wait_for_turn(Delivering *work, bool *more, Err *err)
{
    Instant turn;

    *more = false;
    if (!next_turn(work, &turn, err))
        return false;

    const int64_t pause = turn == NEVER ? 0 : turn - now_of(work);

    // What is due and was not taken is in other hands.
    if (pause <= 0 || pause > work->patience)
        return true;
    work->patience -= pause;
    work->plan->clock->wait(work->plan->clock->data, pause);
    *more = true;
    return true;
}

static bool
deliver_all(Delivering *work, Err *err)
{
    OutboxCounts counts = {0};
    bool more = true;

    while (more)
        if (!deliver_one(work, &more, err) || (!more && !wait_for_turn(work, &more, err)))
            return false;
    if (!outbox_counts(work->plan->db, now_of(work), &counts, err))
        return false;
    work->report.left = counts.due;
    return true;
}

bool
deliver_due(const DeliveryPlan *plan, Arena *arena, DeliveryReport *out, Err *err)
{
    Arena *const own = arena_create();
    Delivering work = {.plan = plan,
        .arena = own,
        .rests = ARENA_ARRAY(own, Rest, plan->doors->count),
        .patience = plan->patience_seconds * SECOND,
        .report = {.reason = ""}};
    const bool done = deliver_all(&work, err);

    *out = work.report;
    out->reason = arena_copy(arena, work.report.reason);
    arena_destroy(own);
    return done;
}
