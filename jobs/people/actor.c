#include "jobs/people/actor.h"

#include "jobs/run/run.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME_BYTES 256

static bool
login_name(Arena *arena, const char **out, Err *err)
{
    char name[NAME_BYTES];
    const struct passwd *const entry = getpwuid(getuid());

    if (getlogin_r(name, sizeof name) == 0)
        *out = arena_copy(arena, name);
    else if (entry != NULL)
        *out = arena_copy(arena, entry->pw_name);
    else if (!text_is_empty(getenv("USER")))
        *out = arena_copy(arena, getenv("USER"));
    else
        return err_set(err, ERR_CONFIG, "nobody knows who you are: name yourself with --actor");
    return true;
}

bool
actor_words(const Job *job, const char *option, bool required, const char **out, Err *err)
{
    const char *const given = job_option(job, option);
    const char *const words = text_clean(job->arena, given ? given : "");

    if ((given || required) && words[strspn(words, " ")] == '\0')
        return err_set(err, ERR_CONFIG, "\"%s\" needs its --%s", job->arguments[0], option);
    *out = words;
    return true;
}

bool
actor_read(const Job *job, const char **out, Err *err)
{
    return actor_words(job, "actor", false, out, err) &&
           (!text_is_empty(*out) || login_name(job->arena, out, err));
}

bool
actor_change(Job *job, bool (*work)(void *context, Db *db, Err *err), void *context, Err *err)
{
    Db *const db = run_connect(job, job->arena, err);

    if (db == NULL || !db_begin(db, err))
        return false;

    const bool done = work(context, db, err) && (job->dry_run || db_commit(db, err));

    if (!done || job->dry_run)
        db_rollback(db);
    return done;
}
