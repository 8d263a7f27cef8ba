#include "jobs/run/hold.h"

#include "core/clock.h"
#include "core/file.h"
#include "core/hash.h"
#include "jobs/run/run.h"
#include "sql/lease.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define BEATS_A_LEASE 3  // so that one may be missed

struct Hold
{
    Job *job;
    Lease lease;
    pthread_t thread;
    int stop[2];   // a pipe: closing its writing end ends the thread
    bool beating;  // the thread runs
};

// A process that has our own number is not this one: it died, and the numbers began anew, as they do in a container.
static bool
is_alive(int64_t process)
{
    return process != getpid() && (kill((pid_t)process, 0) == 0 || errno != ESRCH);
}

static const char *
read_word(Arena *arena, const char *path)
{
    Err ignored = {0};
    char *const word = file_read(arena, path, 200, NULL, &ignored);

    return word == NULL ? "" : arena_copy_bytes(arena, word, strcspn(word, "\n"));
}

// Name, boot and space of process numbers. Where the system does not tell them, a word that no other run has: then nobody
// can say that this process is dead.
static const char *
this_host(Arena *arena, const char *token)
{
    char name[256] = "", space[64] = "";
    const char *const boot = read_word(arena, "/proc/sys/kernel/random/boot_id");

    if (gethostname(name, sizeof name - 1) != 0 || *boot == '\0' ||
        readlink("/proc/self/ns/pid", space, sizeof space - 1) <= 0)
        return arena_printf(arena, "%s %s", *name != '\0' ? name : "unknown", token);
    return arena_printf(arena, "%s %s %s", name, boot, space);
}

static const char *
new_token(Arena *arena)
{
    const char *const seed = arena_printf(arena, "%s %ld %" PRId64 " %" PRId64,
        read_word(arena, "/proc/sys/kernel/random/uuid"), (long)getpid(), clock_now(),
        clock_monotonic_micros());

    return text_sha256(arena, seed, strlen(seed));
}

static Lease
lease_of(const Job *job)
{
    Arena *const arena = job->arena;
    const char *const token = new_token(arena);

    return (Lease){
        .token = token,
        .host = this_host(arena, token),
        .process = getpid(),
        .holder = arena_printf(
            arena, "%s as of %s", job->command->name, instant_print(arena, job->as_of)),
        .seconds = job->settings->database.lease_seconds,
        .is_alive = is_alive,
    };
}

// A beat that fails for a while is made up for by the next one; once the lease is lost, commits fail, and that ends the run.
static void *
beat(void *data)
{
    const Hold *const hold = data;
    const int pause = (int)(hold->lease.seconds * 1000 / BEATS_A_LEASE);
    struct pollfd stop = {.fd = hold->stop[0], .events = POLLIN};
    Arena *const arena = arena_create();
    Db *db = NULL;
    Err err = {0};

    while (err.kind != ERR_BUSY && poll(&stop, 1, pause) == 0) {
        err = (Err){0};
        if (db == NULL && (db = run_connect(hold->job, arena, &err)) != NULL)
            db_ignore_interruption(db);
        if (db != NULL && !lease_beat(db, &hold->lease, &err))
            db = NULL;
        if (db == NULL)
            arena_reset(arena);
    }
    arena_destroy(arena);
    return NULL;
}

// Signals are for the thread that works.
static bool
start_thread(Hold *hold)
{
    sigset_t all, before;

    if (pipe(hold->stop) != 0)
        return false;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    hold->beating = pthread_create(&hold->thread, NULL, beat, hold) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!hold->beating) {
        close(hold->stop[0]);
        close(hold->stop[1]);
    }
    return hold->beating;
}

static void
stop_thread(void *data)
{
    Hold *const hold = data;

    if (!hold->beating)
        return;
    hold->beating = false;
    close(hold->stop[1]);
    pthread_join(hold->thread, NULL);
    close(hold->stop[0]);
}

Hold *
hold_take(Job *job, Db *db, Err *err)
{
    Hold *const hold = ARENA_NEW(job->arena, Hold);

    *hold = (Hold){.job = job, .lease = lease_of(job)};
    if (job->dry_run)
        return lease_look(db, &hold->lease, err) ? hold : NULL;
    if (!lease_take(db, &hold->lease, err))
        return NULL;
    db_guard(db, hold->lease.token);
    arena_defer(job->arena, stop_thread, hold);
    if (start_thread(hold))
        return hold;
    err_set(err, ERR_TEMPORARY, "could not start a thread: %s", strerror(errno));
    lease_release(db, hold->lease.token);
    return NULL;
}

bool
hold_resume(Hold *hold, Db *db, Err *err)
{
    return hold->job->dry_run ? lease_look(db, &hold->lease, err)
                              : lease_resume(db, &hold->lease, err);
}

// It is looked at once more after the lease, since it may have ended in between.
bool
hold_tell_killed(const Job *job, Db *db, RunRecord *run, Err *err)
{
    const Lease looking = {
        .host = this_host(job->arena, new_token(job->arena)), .is_alive = is_alive};
    const RunRecord *now = NULL;
    bool held;

    if (strcmp(run->state, "running") != 0)
        return true;
    if (!lease_is_held(db, &looking, &held, err))
        return false;
    if (!held && !runs_find(db, job->arena, run->number, &now, err))
        return false;
    if (now != NULL)
        *run = *now;
    if (!held && strcmp(run->state, "running") == 0) {
        run->state = "failed";
        run->error = runs_killed;
    }
    return true;
}

void
hold_release(Hold *hold, Db *db)
{
    stop_thread(hold);
    db_guard(db, NULL);
    if (hold->job->dry_run)
        lease_unlock(db);
    else
        lease_release(db, hold->lease.token);
}
