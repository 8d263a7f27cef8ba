#include "sql/lease.h"

#include "core/clock.h"
#include "sql/internal.h"
#include "sql/queries.h"
#include "sql/rows.h"

#include <inttypes.h>
#include <string.h>

// A session that was told to end needs a moment, on a busy server some seconds.
#define EVICT_TRIES  600
#define EVICT_MICROS 50000

// The row as it stands; token "" when there is none.
typedef struct Held
{
    const char *token, *host, *holder;
    int64_t process;
    Instant taken_at, beaten_at, expires_at;
    bool expired;
} Held;

static bool
read_held(Db *db, Arena *arena, Held *held, Err *err)
{
    Rows *const rows = rows_open(db, arena, "the lease", SQL_LEASE_READ, NULL, err);

    *held = (Held){.token = "", .host = "", .holder = "", .expired = true};
    while (rows != NULL && rows_next(rows, err))
        *held = (Held){
            .token = rows_text(rows, arena, 0),
            .host = rows_text(rows, arena, 1),
            .process = rows_int(rows, 2),
            .holder = rows_text(rows, arena, 3),
            .taken_at = rows_instant(rows, 4),
            .beaten_at = rows_instant(rows, 5),
            .expires_at = rows_instant(rows, 6),
            .expired = rows_bool(rows, 7),
        };
    return err->kind == ERR_NONE;
}

static bool
is_dead(const Held *held, const Lease *lease)
{
    return strcmp(held->host, lease->host) == 0 && !lease->is_alive(held->process);
}

static bool
say_held(Db *db, Arena *arena, const Held *held, Err *err)
{
    return err_set(err, ERR_BUSY,
        "another run holds the lease of schema \"%s\": %s, process %" PRId64
        " on %.*s, since %s, last heard of at %s; without news it can be had from %s on",
        db->schema, held->holder, held->process, (int)strcspn(held->host, " "), held->host,
        instant_print(arena, held->taken_at), instant_print(arena, held->beaten_at),
        instant_print(arena, held->expires_at));
}

static bool
try_lock(Db *db, Arena *arena, bool *locked, const char **who, Err *err)
{
    Params params = {.arena = arena};

    param_text(&params, db->schema);

    Rows *const rows = rows_open(db, arena, "run lock", SQL_LOCK_RUN, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        *locked = rows_bool(rows, 0);
        *who = rows_text(rows, arena, 1);
    }
    return err->kind == ERR_NONE;
}

static bool
evict(Db *db, Arena *arena, Err *err)
{
    Params params = {.arena = arena};

    param_text(&params, db->schema);
    return rows_run(db, "the session of a dead run", SQL_LOCK_EVICT, &params, NULL, err);
}

// The server's lock ends with its session. A dead client's session may hold it for a while; the row has decided that it may
// not.
static bool
lock(Db *db, Arena *arena, bool after_dead, Err *err)
{
    const char *who = "";
    bool locked = false;

    if (db->pooled)
        return true;
    if (!try_lock(db, arena, &locked, &who, err))
        return false;
    if (!locked && after_dead && !evict(db, arena, err))
        return false;
    for (int i = 0; !locked && after_dead && i < EVICT_TRIES; i++) {
        clock_sleep_micros(EVICT_MICROS);
        if (!try_lock(db, arena, &locked, &who, err))
            return false;
    }
    return locked || err_set(err, ERR_BUSY, "another run holds the lock of schema \"%s\": %s",
                         db->schema, *who ? who : "it ended just now");
}

static bool
take_row(Db *db, Arena *arena, const Lease *lease, const char *dead, bool *taken, Err *err)
{
    Params params = {.arena = arena};
    int64_t rows = 0;

    param_text(&params, lease->token);
    param_text(&params, lease->host);
    param_int(&params, lease->process);
    param_text(&params, lease->holder);
    param_int(&params, lease->seconds);
    param_text(&params, dead);
    if (!rows_run(db, "the lease", SQL_LEASE_TAKE, &params, &rows, err))
        return false;
    *taken = rows > 0;
    return true;
}

static bool
take(Db *db, Arena *arena, const Lease *lease, Err *err)
{
    Held held;
    bool taken = false;

    if (!read_held(db, arena, &held, err))
        return false;

    const bool dead = is_dead(&held, lease);

    if (!take_row(db, arena, lease, dead ? held.token : "", &taken, err))
        return false;
    if (!taken)
        return read_held(db, arena, &held, err) && say_held(db, arena, &held, err);
    if (lock(db, arena, *held.token != '\0', err))
        return true;
    lease_release(db, lease->token);
    return false;
}

bool
lease_take(Db *db, const Lease *lease, Err *err)
{
    Arena *const arena = arena_create();
    const bool taken = take(db, arena, lease, err);

    arena_destroy(arena);
    return taken;
}

bool
lease_look(Db *db, const Lease *lease, Err *err)
{
    Arena *const arena = arena_create();
    Held held;
    bool is_free = read_held(db, arena, &held, err);

    if (is_free && !held.expired && !is_dead(&held, lease))
        is_free = say_held(db, arena, &held, err);
    is_free = is_free && lock(db, arena, false, err);
    arena_destroy(arena);
    return is_free;
}

bool
lease_is_held(Db *db, const Lease *lease, bool *held, Err *err)
{
    Arena *const arena = arena_create();
    Rows *const rows = rows_open(db, arena, "the lease", SQL_LEASE_HOLDER, NULL, err);

    *held = false;
    while (rows != NULL && rows_next(rows, err)) {
        const Held holder = {.host = rows_text(rows, arena, 0), .process = rows_int(rows, 1)};

        *held = !rows_bool(rows, 2) && !is_dead(&holder, lease);
    }
    arena_destroy(arena);
    return err->kind == ERR_NONE;
}

bool
lease_resume(Db *db, const Lease *lease, Err *err)
{
    Arena *const arena = arena_create();
    const bool resumed = lease_beat(db, lease, err) && lock(db, arena, true, err);

    arena_destroy(arena);
    return resumed;
}

static bool
say_lost(Db *db, Err *err)
{
    return err_set(err, ERR_BUSY,
        "the lease of schema \"%s\" was lost: this run was not heard of for too long, and another "
        "one took over",
        db->schema);
}

bool
lease_beat(Db *db, const Lease *lease, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};
    int64_t rows = 0;

    param_text(&params, lease->token);
    param_int(&params, lease->seconds);

    const bool asked = rows_run(db, "the lease", SQL_LEASE_BEAT, &params, &rows, err);

    arena_destroy(arena);
    return asked && (rows > 0 || say_lost(db, err));
}

void
lease_unlock(Db *db)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};
    Err ignored = {0};

    param_text(&params, db->schema);
    if (!db->pooled)
        rows_run(db, "run lock", SQL_LOCK_RELEASE, &params, NULL, &ignored);
    arena_destroy(arena);
}

// The lock first: whoever dies in between leaves a row that tells so. The lock is not left to the end of the session, which
// the server may notice only after the next run has asked for it.
void
lease_release(Db *db, const char *token)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};
    Err ignored = {0};

    lease_unlock(db);
    param_text(&params, token);
    rows_run(db, "the lease", SQL_LEASE_RELEASE, &params, NULL, &ignored);
    arena_destroy(arena);
}

bool
lease_guard(Db *db, const char *token, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};
    bool held = false;

    param_text(&params, token);

    Rows *const rows = rows_open(db, arena, "the lease", SQL_LEASE_GUARD, &params, err);

    while (rows != NULL && rows_next(rows, err))
        held = true;
    arena_destroy(arena);
    return err->kind == ERR_NONE && (held || say_lost(db, err));
}
