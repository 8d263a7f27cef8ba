/*
 * lease.h - one run of a schema at a time. A row says who may run and until when; who runs keeps it alive, and who finds it
 * expired, or left by a process that is no more, takes it over. Unlike a lock it works behind a pooler and outlives the
 * connection; beside it, on a direct connection, the server's own lock stops whoever does not know the row.
 */
#ifndef SQL_LEASE_H
#define SQL_LEASE_H

#include "core/instant.h"
#include "sql/db.h"

typedef struct Lease
{
    const char *token;  // of this run alone, never used again
    const char
        *host;  // machine, its boot and its space of process numbers: where process means something
    int64_t process;     // number there
    const char *holder;  // in words: "nightly of 2026-11-20"
    int64_t seconds;     // it lasts without a beat
    // Whether a process of this very host still runs; asked of the process in the row.
    bool (*is_alive)(int64_t process);
} Lease;

// Take the lease and, on a direct connection, the run lock of the schema. ERR_BUSY says who holds
// it since when, and from when on it can be had. What a dead holder left open on the server is ended.
bool lease_take(Db *db, const Lease *lease, Err *err);

// ERR_BUSY when somebody else holds lease or lock; nothing is taken but the lock, nothing is written: for a dry run, which gives
// it back by lease_unlock.
bool lease_look(Db *db, const Lease *lease, Err *err);
void lease_unlock(Db *db);

// Whether somebody holds the lease: not when it is free or expired, or its holder a process of this host that is no more. Of lease
// only host and is_alive are asked. Nothing is taken, and nothing is written.
bool lease_is_held(Db *db, const Lease *lease, bool *held, Err *err);

// Take the run lock again on a connection that was made anew, and make sure of the lease. ERR_BUSY when it is lost.
bool lease_resume(Db *db, const Lease *lease, Err *err);

// Say that the holder lives. ERR_BUSY when the lease is somebody else's by now.
bool lease_beat(Db *db, const Lease *lease, Err *err);

// Give both back. That they could not be is no failure: the lease expires, and the lock ends with the connection.
void lease_release(Db *db, const char *token);

// Make sure, within a transaction, that the lease of this token is held until it ends. ERR_BUSY when it is not.
bool lease_guard(Db *db, const char *token, Err *err);

#endif
