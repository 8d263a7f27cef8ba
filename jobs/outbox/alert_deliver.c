#include "jobs/outbox/alert_deliver.h"

#include "jobs/outbox/alert_queue.h"
#include "jobs/outbox/mail.h"

#include <inttypes.h>

bool
alert_deliver_due(Job *job, Db *db, DeliveryReport *out, Err *err)
{
    const Settings *const settings = job->settings;
    const Doors doors = channels_open(job, job->arena);
    const DeliveryPlan plan = {
        .db = db,
        .log = job->log,
        .zone = job->zone,
        .doors = &doors,
        .attempts = settings->alerts.attempts,
        .patience_seconds = settings->alerts.patience_seconds,
        .clock = &DELIVERY_CLOCK,
    };

    if (!deliver_due(&plan, job->arena, out, err))
        return false;
    if (out->failed > 0 || out->left > 0)
        job->exit_code = EXIT_INCOMPLETE;
    log_info(job->log, "alerts",
        FIELDS(field_int("sent", out->sent), field_int("failed", out->failed),
            field_int("given_up", out->dead), field_int("left", out->left)));
    return true;
}

bool
alert_deliver(Run *run, Err *err)
{
    DeliveryReport report;

    if (!alert_deliver_due(run->job, run->db, &report, err))
        return false;
    run_count(run, "alert", "sent", report.sent);
    run_count(run, "alert", "failed", report.failed);
    if (report.failed > 0)
        run->remark = arena_printf(
            run->job->arena, "%" PRId64 " deliveries failed; %s", report.failed, report.reason);
    return true;
}

void
alert_failure(Run *run, const Err *failure)
{
    DeliveryReport report;
    Err err = {0};

    if (run->number == 0 || failure->kind == ERR_INTERRUPTED || !mail_allowed(run->job) ||
        run->job->settings->alerts.rules.count == 0)
        return;
    db_rollback(run->db);  // what failed may have left a transaction open
    if (!alert_queue_failure(run, failure, &err) ||
        !alert_deliver_due(run->job, run->db, &report, &err))
        log_warn(run->job->log, "nobody could be told of the failure",
            FIELDS(field_text("reason", err.text)));
}
