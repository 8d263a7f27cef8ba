/*
 * alert: put the night's digest into the outbox, once for each recipient, and deliver what is due.
 */
#include "core/clock.h"
#include "jobs/frame/signals.h"
#include "jobs/night/digest.h"
#include "jobs/night/mail.h"
#include "jobs/night/run.h"
#include "jobs/night/steps.h"
#include "sql/outbox.h"

#include <string.h>

extern const Command command_alert;

static const OptionSpec options[] = {
    {.name = "deliver", .help = "send even though the logical date is long past"},
    {0},
};

static bool
queue_digest(Run *run, const Digest *digest, Arena *arena, Err *err)
{
    const Settings *const settings = run->job->settings;
    const char *const folder = run_folder(run->job, arena);
    int64_t queued = 0;

    for (size_t i = 0; i < settings->alerts.to.count; i++) {
        const Message message =
            alert_digest(arena, digest, settings->alerts.to.items[i], settings->language, folder);
        bool is_new = false;

        if (!outbox_queue(run->db,
                &(OutboxMessage){
                    .key = message.key,
                    .channel = message.channel,
                    .recipient = message.recipient,
                    .subject = message.subject,
                    .text = message.text,
                    .html = message.html,
                    .as_of = message.as_of,
                },
                clock_now(), &is_new, err))
            return false;
        queued += is_new ? 1 : 0;
    }
    run_count(run, "alert", "queued", queued);
    return true;
}

// One attempt at one message, recorded in the transaction that took it: if the process dies after the server accepted, or no
// answer came, the message is sent again under the same Message-ID.
static bool
deliver_one(
    Run *run, const SmtpOptions *smtp, bool *found, int64_t *sent, int64_t *failed, Err *err)
{
    const Settings *const settings = run->job->settings;
    Arena *const arena = arena_create();
    OutboxMessage queued;
    const char *reason = "";
    bool done = !interrupted(err) && db_begin(run->db, err) &&
                outbox_take(run->db, arena, clock_now(), &queued, found, err);

    if (done && *found) {
        const Message message = {
            .key = queued.key,
            .channel = queued.channel,
            .recipient = queued.recipient,
            .subject = queued.subject,
            .text = queued.text,
            .html = queued.html,
            .as_of = queued.as_of,
        };
        const DeliveryOutcome outcome = alert_send_email(arena, smtp, &message, &reason);
        const bool last = queued.attempts + 1 >= settings->alerts.attempts;

        if (outcome == DELIVERY_SENT)
            done = outbox_sent(run->db, queued.key, clock_now(), err);
        else if (outcome != DELIVERY_REFUSED && !last)
            done = outbox_retry(run->db, queued.key,
                clock_now() + alert_backoff_seconds(queued.attempts + 1) * SECOND, reason, err);
        else
            done = outbox_dead(run->db, queued.key, reason, err);
        *(outcome == DELIVERY_SENT ? sent : failed) += 1;
        if (outcome != DELIVERY_SENT)
            log_warn(run->job->log, "could not deliver",
                FIELDS(field_text("key", queued.key), field_text("reason", reason)));
    }
    done = done && db_commit(run->db, err);
    if (!done)
        db_rollback(run->db);
    arena_destroy(arena);
    return done;
}

static bool
deliver(Run *run, Err *err)
{
    SmtpOptions smtp;
    int64_t sent = 0, failed = 0;
    bool found = true;

    if (!mail_options(run->job, &smtp, err))
        return false;
    while (found)
        if (!deliver_one(run, &smtp, &found, &sent, &failed, err))
            return false;
    run_count(run, "alert", "sent", sent);
    run_count(run, "alert", "failed", failed);
    if (failed > 0)
        run->job->exit_code = EXIT_INCOMPLETE;
    log_info(run->job->log, "alerts", FIELDS(field_int("sent", sent), field_int("failed", failed)));
    return true;
}

bool
alert_step(Run *run, Err *err)
{
    const Settings *const settings = run->job->settings;

    if (*settings->alerts.smtp_url == '\0' || settings->alerts.to.count == 0) {
        log_info(run->job->log, "alerts are off: alerts.smtp_url or alerts.to is not set", NULL);
        return true;
    }
    if (!mail_allowed(run->job)) {
        log_info(run->job->log, "nothing is sent for a date this old without --deliver", NULL);
        return true;
    }

    Arena *const arena = arena_create();
    const Digest *const digest = digest_read(run, arena, err);
    const bool done =
        digest != NULL &&
        (run->job->dry_run || (queue_digest(run, digest, arena, err) && deliver(run, err)));

    arena_destroy(arena);
    return done || err_context(err, "alert");
}

static bool
run_alert(Job *job, Err *err)
{
    return night_run_step(job, "alert", err);
}

const Command command_alert = {
    .name = "alert",
    .summary = "queue the night's digest and deliver what is due",
    .usage = "",
    .description = "Puts one digest for each of alerts.to into the outbox and delivers what is due "
                   "by SMTP. A message has a key and "
                   "is queued once, however often the night runs; a delivery that fails is tried "
                   "again later, with growing "
                   "pauses, up to alerts.attempts times.\n\n"
                   "Nothing is sent for a logical date more than alerts.deliver_within_days ago, "
                   "unless --deliver is given.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_LOCK | TAKES_AS_OF | WRITES | TAKES_FORMAT |
             TAKES_SCHEDULE,
    .options = options,
    .examples = (const char *const[]){"vigie alert --as-of 2026-11-20 --deliver", NULL},
    .run = run_alert,
};
