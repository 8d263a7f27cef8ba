/*
 * actor.h - who acts, for the histories that people write.
 */
#ifndef JOBS_PEOPLE_ACTOR_H
#define JOBS_PEOPLE_ACTOR_H

#include "jobs/frame/job.h"
#include "sql/db.h"

// The name that --actor gives, else the login name. ERR_CONFIG when neither is known. Owned by the job's arena.
bool actor_read(const Job *job, const char **out, Err *err);

// What an option says, cleaned; "" when it was not given. What people write goes into a history for ever: ERR_CONFIG when it
// is given and empty, or wanted and missing.
bool actor_words(const Job *job, const char *option, bool required, const char **out, Err *err);

// Do what people want in one transaction on Vigie's own database, where what they read stays as it is until they have written:
// all of it is done, or nothing. In a dry run nothing stays.
bool actor_change(Job *job, bool (*work)(void *context, Db *db, Err *err), void *context, Err *err);

#endif
