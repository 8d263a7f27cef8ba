/*
 * mail.h - what the steps that send something share.
 */
#ifndef JOBS_OUTBOX_MAIL_H
#define JOBS_OUTBOX_MAIL_H

#include "alerts/alerts.h"
#include "jobs/run/run.h"

// The mail server of the settings, with its password from its file. ERR_CONFIG when that cannot be read.
bool mail_options(const Job *job, SmtpOptions *out, Err *err);

// The first line of a file that holds a secret, owned by the job's arena; "" for path "". what names the setting in errors.
bool mail_secret(const Job *job, const char *what, const char *path, const char **out, Err *err);

// Whether the logical date is near enough to send something: living through the past must not notify anybody, unless
// somebody asks for it with --deliver.
bool mail_allowed(const Job *job);

#endif
