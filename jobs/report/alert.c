/*
 * alert: put the night's digest and what is due into the outbox, and deliver.
 */
#include "core/clock.h"
#include "jobs/outbox/alert_deliver.h"
#include "jobs/outbox/alert_queue.h"
#include "jobs/outbox/mail.h"
#include "jobs/report/digest.h"
#include "jobs/run/run.h"
#include "sql/outbox.h"

// The digest goes to alerts.to by mail, once for each of them.
static bool
queue_digest(Run *run, const Digest *digest, Arena *arena, Err *err)
{
    const Settings *const settings = run->job->settings;
    const char *const folder = run_folder(run->job, arena);
    ComposedList list = {.arena = arena};
    int64_t queued = 0;

    for (size_t i = 0; *settings->alerts.smtp_url != '\0' && i < settings->alerts.to.count; i++)
        ARENA_PUSH(&list, ((Composed){.message = alert_digest(arena, digest, run->rulebook.letters,
                                          settings->alerts.to.items[i], settings->language, folder),
                              .quiet_hours = ""}));
    if (!alert_queue_all(run, &list, &queued, err))
        return false;
    run_count(run, "alert", "queued", queued);
    return true;
}

static bool
alert_with(Run *run, Arena *arena, Err *err)
{
    const Digest *const digest = digest_read(run, arena, err);

    if (digest == NULL)
        return false;
    return run->job->dry_run || (queue_digest(run, digest, arena, err) &&
                                    alert_queue_due(run, digest, err) && alert_deliver(run, err));
}

bool
alert_step(Run *run, Err *err)
{
    const Settings *const settings = run->job->settings;

    if ((*settings->alerts.smtp_url == '\0' || settings->alerts.to.count == 0) &&
        settings->alerts.rules.count == 0) {
        log_info(run->job->log,
            "alerts are off: there are no alerts.rules, and alerts.smtp_url or alerts.to is not "
            "set",
            NULL);
        return true;
    }
    if (!mail_allowed(run->job)) {
        log_info(run->job->log, "nothing is sent for a date this old without --deliver", NULL);
        return true;
    }

    Arena *const arena = arena_create();
    const bool done = alert_with(run, arena, err);

    arena_destroy(arena);
    return done || err_context(err, "alert");
}
