#include "jobs/source/plain.h"

#include "core/text.h"
#include "jobs/frame/signals.h"

static bool
asked_to_stop(void)
{
    Err ignored = {0};

    return interrupted(&ignored);
}

Db *
plain_connect(Job *job, Err *err)
{
    const Settings *const settings = job->settings;
    const char *schema;

    if (!plain_schema(job->arena, settings->source.shipments, settings->source.scans, &schema, err))
        return NULL;

    const DbOptions options = {
        .url = text_is_empty(settings->source.url) ? settings->database.url : settings->source.url,
        .schema = schema,
        .application_name = arena_printf(job->arena, "vigie %s", job->command->name),
        .connect_timeout_seconds = settings->database.connect_timeout_seconds,
        .statement_timeout_seconds = settings->database.statement_timeout_seconds,
        .lock_timeout_seconds = settings->database.lock_timeout_seconds,
        .interrupted = asked_to_stop,
    };

    return db_connect(job->arena, &options, err);
}
