/*
 * alerts: what is in the outbox, and what people do about it.
 */
#include "jobs/people/alerts.h"
#include "core/clock.h"
#include "jobs/outbox/alert_deliver.h"
#include "jobs/outbox/alert_queue.h"
#include "jobs/people/actor.h"
#include "sql/migrate.h"
#include "sql/outbox.h"

#include <inttypes.h>
#include <string.h>

extern const Command command_alerts;

#define LIMIT_DEFAULT 50
#define LIMIT_MAX     1000000

static Db *
connect_outbox(Job *job, Err *err)
{
    Db *const db = run_connect(job, job->arena, err);

    return db != NULL && migrate_check(db, err) ? db : NULL;
}

static bool
read_filter(const Job *job, OutboxFilter *out, Err *err)
{
    static const char *const states[] = {"held", "pending", "sent", "dead", "dropped", "all", NULL};
    const char *const state = job_option(job, "state"), *const channel = job_option(job, "channel");
    OutboxFilter filter = {.state = "", .channel = ""};
    size_t index;

    if ((state && !job_choose("state", state, states, &index, err)) ||
        !job_option_int(job, "limit", 1, LIMIT_MAX, LIMIT_DEFAULT, &filter.limit, err))
        return false;
    if (state && strcmp(state, "all") != 0)
        filter.state = state;
    if (channel)
        filter.channel = text_clean(job->arena, channel);
    *out = filter;
    return true;
}

static bool
list(Job *job, Err *err)
{
    OutboxFilter filter;
    const OutboxMessage *items;
    size_t count;

    if (!read_filter(job, &filter, err))
        return false;

    const size_t limit = (size_t)filter.limit++;  // one more tells whether there are more
    Db *const db = connect_outbox(job, err);

    if (db == NULL || !outbox_list(db, job->arena, &filter, &items, &count, err))
        return false;
    alerts_print_list(job, items, count < limit ? count : limit);
    if (count > limit && job->format == FORMAT_TEXT)
        fprintf(job->out, "and more: --limit shows more than %zu\n", limit);
    return true;
}

// The numbers given after the action, owned by the job's arena.
static bool
read_numbers(const Job *job, const int64_t **out, size_t *count, Err *err)
{
    int64_t *const numbers = ARENA_ARRAY(job->arena, int64_t, job->argument_count);

    for (size_t i = 1; i < job->argument_count; i++)
        if (!text_parse_int(job->arguments[i], &numbers[i - 1]) || numbers[i - 1] < 1)
            return err_set(err, ERR_CONFIG, "\"%s\" is not the number of a message",
                text_clean(job->arena, job->arguments[i]));
    *out = numbers;
    *count = job->argument_count - 1;
    return true;
}

static bool
show(Job *job, Err *err)
{
    const int64_t *numbers;
    const OutboxMessage *items;
    size_t count;

    if (!read_numbers(job, &numbers, &count, err))
        return false;
    if (count != 1)
        return err_set(err, ERR_CONFIG, "\"show\" needs the number of one message");

    Db *const db = connect_outbox(job, err);
    const OutboxFilter filter = {.state = "", .channel = "", .number = numbers[0], .limit = 1};

    if (db == NULL || !outbox_list(db, job->arena, &filter, &items, &count, err))
        return false;
    if (count == 0)
        return err_set(err, ERR_CONFIG, "there is no message %" PRId64, numbers[0]);
    alerts_print_message(job, &items[0]);
    return true;
}

static void
print_report(const Job *job, const DeliveryReport *report)
{
    if (job->quiet)
        return;
    fprintf(job->out, "sent %" PRId64 ", failed %" PRId64 ", given up %" PRId64 "\n", report->sent,
        report->failed, report->dead);
    if (*report->reason != '\0')
        fprintf(job->out, "%s\n", report->reason);
}

static bool
deliver_now(Job *job, Db *db, Err *err)
{
    DeliveryReport report;

    if (!alert_deliver_due(job, db, &report, err))
        return false;
    print_report(job, &report);
    return true;
}

static bool
deliver(Job *job, Err *err)
{
    Db *const db = connect_outbox(job, err);

    if (job->argument_count > 1)
        return err_set(err, ERR_CONFIG, "\"deliver\" takes no numbers: it delivers what is due");
    return db != NULL && deliver_now(job, db, err);
}

// Without numbers: all that were given up.
static bool
retry(Job *job, Err *err)
{
    const int64_t *numbers;
    size_t count;
    int64_t changed = 0;

    if (!read_numbers(job, &numbers, &count, err))
        return false;

    Db *const db = connect_outbox(job, err);

    if (db == NULL || !outbox_again(db, numbers, count, clock_now(), &changed, err))
        return false;
    if (changed < (int64_t)count)
        return err_set(err, ERR_CONFIG,
            "%" PRId64
            " of %zu messages can be tried again: the others were sent, wait for a person, "
            "or are not there",
            changed, count);
    if (!job->quiet)
        fprintf(job->out, "%" PRId64 " to be tried again\n", changed);
    return deliver_now(job, db, err);
}

static bool
decide(Job *job, bool release, Err *err)
{
    const int64_t *numbers;
    const char *actor;
    size_t count;
    int64_t changed = 0;

    if (!read_numbers(job, &numbers, &count, err) || !actor_read(job, &actor, err))
        return false;
    if (count == 0)
        return err_set(err, ERR_CONFIG, "\"%s\" needs the numbers of messages", job->arguments[0]);

    Db *const db = connect_outbox(job, err);

    if (db == NULL ||
        !outbox_decide(db, numbers, count, release, actor, clock_now(), &changed, err))
        return false;
    if (!job->quiet)
        fprintf(job->out, "%" PRId64 " %s\n", changed, release ? "released" : "dropped");
    if (changed < (int64_t)count)
        return err_set(err, ERR_CONFIG,
            "%zu of %zu do not wait for a word, or say more of their case than is true any more",
            count - (size_t)changed, count);
    return !release || deliver_now(job, db, err);
}

static bool
approve(Job *job, Err *err)
{
    return decide(job, true, err);
}

static bool
drop(Job *job, Err *err)
{
    return decide(job, false, err);
}

// A sample goes straight to the channel: nothing is written.
static bool
test(Job *job, Err *err)
{
    const Doors doors = channels_open(job, job->arena);
    const char *const to = job_option(job, "to");
    const char *const name = job->argument_count == 2 ? job->arguments[1] : "";
    const Door *const door = channels_find(&doors, name);
    const AlertDesk desk = {.settings = job->settings};

    if (door == NULL)
        return err_set(err, ERR_CONFIG, "there is no channel \"%s\"", text_clean(job->arena, name));
    if (*door->problem != '\0')
        return err_set(err, ERR_CONFIG, "channel \"%s\": %s", name, door->problem);
    if ((door->channel.kind->needs & CHANNEL_NEEDS_RECIPIENT) && to == NULL)
        return err_set(err, ERR_CONFIG, "channel \"%s\" needs --to", name);

    const Message message = alert_sample(job->arena, &desk, to == NULL ? "" : to, job->now);
    const Delivery delivery =
        door->channel.kind->send(job->arena, &door->channel, &message, clock_now());

    if (delivery.outcome != DELIVERY_SENT)
        return err_set(err, delivery.outcome == DELIVERY_REFUSED ? ERR_FAILED : ERR_TEMPORARY,
            "channel \"%s\": %s", name, delivery.reason);
    if (!job->quiet)
        fprintf(job->out, "channel \"%s\" works%s%s\n", name, *delivery.reason ? ": " : "",
            text_clean(job->arena, delivery.reason));
    return true;
}

// In the order of command_alerts.actions.
static const struct
{
    bool (*run)(Job *job, Err *err);
    const char *options[4];  // that mean something to it
} actions[] = {
    {list, {"state", "channel", "limit"}},
    {show, {NULL}},
    {deliver, {NULL}},
    {retry, {NULL}},
    {approve, {"actor"}},
    {drop, {"actor"}},
    {test, {"to"}},
};

static const OptionSpec options[] = {
    {"state", 0, "STATE", "list: only held, pending, sent, dead or dropped"},
    {"channel", 0, "NAME", "list: only this channel"},
    {"limit", 'l', "NUMBER", "list: at most so many (50 by default)"},
    {"to", 't', "ADDRESS", "test: who gets it, by email or sms"},
    {"actor", 0, "NAME", "who acts; your login name by default"},
    {0},
};

static bool
check_options(const Job *job, size_t action, Err *err)
{
    for (const OptionSpec *option = options; option->name; option++) {
        bool known = job_option(job, option->name) == NULL;

        for (size_t i = 0; i < 4 && actions[action].options[i]; i++)
            known = known || strcmp(actions[action].options[i], option->name) == 0;
        if (!known)
            return err_set(err, ERR_CONFIG, "option \"--%s\" means nothing to \"%s\"", option->name,
                job->command->actions[action]);
    }
    return true;
}

static bool
alerts_run(Job *job, Err *err)
{
    size_t action = 0;

    if (job->argument_count > 0 &&
        !job_choose("action", job->arguments[0], job->command->actions, &action, err))
        return false;
    if (job->format == FORMAT_CSV)
        return err_set(err, ERR_CONFIG, "\"alerts\" prints text or json");
    if (action == 0 && job->argument_count > 1)
        return err_set(err, ERR_CONFIG, "\"list\" takes no more arguments (\"show\" does)");
    return check_options(job, action, err) && actions[action].run(job, err);
}

const Command command_alerts = {
    .name = "alerts",
    .summary = "list messages, deliver, retry, approve them, or test a channel",
    .usage = "[ACTION] [NUMBER...]",
    .description =
        "A message is pending until it is sent, dead when it was given up, and held when it waits "
        "for a person: to customers nothing says that a parcel is lost before somebody approved "
        "it.\n\n"
        "ACTION is list (the default), newest first; show, with all its words and the reason of "
        "the "
        "last failure; deliver, what is due, without a night; retry, what was given up, or these "
        "numbers; approve or drop, what is held, unless the case has ended or changed meanwhile; "
        "test CHANNEL, which sends a sample and writes nothing.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_FORMAT,
    .options = options,
    .arguments_max = 1001,
    .actions =
        (const char *const[]){"list", "show", "deliver", "retry", "approve", "drop", "test", NULL},
    .examples = (const char *const[]){"vigie alerts list --state dead", "vigie alerts retry",
        "vigie alerts test email --to ops@example.org", NULL},
    .run = alerts_run,
};
