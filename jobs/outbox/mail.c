#include "jobs/outbox/mail.h"

#include "core/file.h"

#include <string.h>

#define SECRET_BYTES_MAX     4096
#define SMTP_TIMEOUT_SECONDS 30

bool
mail_secret(const Job *job, const char *what, const char *path, const char **out, Err *err)
{
    char *bytes;

    *out = "";
    if (*path == '\0')
        return true;
    bytes = file_read(job->arena, path, SECRET_BYTES_MAX, NULL, err);
    if (bytes == NULL)
        return err_context(err, "%s", what);
    bytes[strcspn(bytes, "\r\n")] = '\0';
    *out = bytes;
    return true;
}

bool
mail_options(const Job *job, SmtpOptions *out, Err *err)
{
    const Settings *const settings = job->settings;

    *out = (SmtpOptions){
        .url = settings->alerts.smtp_url,
        .from = settings->alerts.from,
        .user = settings->alerts.user,
        .timeout_seconds = SMTP_TIMEOUT_SECONDS,
    };
    return mail_secret(
        job, "alerts.password_file", settings->alerts.password_file, &out->password, err);
}

bool
mail_allowed(const Job *job)
{
    const Instant oldest = job->now - job->settings->alerts.deliver_within_days * HOURS_24;

    const bool asked = command_has_option(job->command, "deliver") && job_option(job, "deliver");

    return asked || job->as_of >= oldest;
}
