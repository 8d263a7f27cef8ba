/*
 * Faults on demand. The linker puts these functions between the program and what it stands on (--wrap, see
 * tests/CMakeLists.txt), in a program of its own, vigie_faults: the one that people install has no trace of them, and nothing
 * that it calls can be forgotten by a hook that was not written.
 *
 *   FAULT=POINT:NUMBER:DEED    at the NUMBER-th call of POINT, from 1, do DEED
 *   FAULT_COUNTS=FILE          when the program ends by itself, write how often each point was passed
 *
 * Points: write, fsync, rename, malloc, statement (sent to the server), send (a mail or POST), step (its beginning and end).
 * Deeds: kill and term before the call; kill_after when the call was made and nobody knows its answer; fail: no space, an
 * error of the device, no memory, no connection. For statements also cut (the connection, before it), cut_after, terminate
 * (by the server), deadlock, serialization, timeout, full (the server's disk); for sends also slow.
 */
#include "core/clock.h"
#include "sql/db.h"

#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

typedef enum Point
{
    POINT_WRITE,
    POINT_FSYNC,
    POINT_RENAME,
    POINT_MALLOC,
    POINT_STATEMENT,
    POINT_SEND,
    POINT_STEP,
    POINT_COUNT,
} Point;

static const char *const points[] = {
    "write", "fsync", "rename", "malloc", "statement", "send", "step"};

static atomic_long passed[POINT_COUNT];
static int struck_point = -1;
static long struck_number;
static const char *deed = "";

// clang-format off
ssize_t __real_write(int file, const void *bytes, size_t length);
int __real_fsync(int file);
int __real_renameat(int from_folder, const char *from, int to_folder, const char *to);
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
PGresult *__real_PQexec(PGconn *conn, const char *sql);
int __real_PQsendQueryParams(PGconn *conn, const char *sql, int count, const Oid *types, const char *const *values,
    const int *lengths, const int *formats, int format);
int __real_curl_easy_perform(void *curl);
bool __real_runs_step_begin(Db *db, int64_t number, const char *step, Instant at, Err *err);
bool __real_runs_step_end(Db *db, int64_t number, const char *step, const char *state, Instant at, Err *err);

ssize_t __wrap_write(int file, const void *bytes, size_t length);
int __wrap_fsync(int file);
int __wrap_rename(const char *from, const char *to);
int __wrap_renameat(int from_folder, const char *from, int to_folder, const char *to);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
PGresult *__wrap_PQexec(PGconn *conn, const char *sql);
int __wrap_PQsendQueryParams(PGconn *conn, const char *sql, int count, const Oid *types, const char *const *values,
    const int *lengths, const int *formats, int format);
int __wrap_curl_easy_perform(void *curl);
bool __wrap_runs_step_begin(Db *db, int64_t number, const char *step, Instant at, Err *err);
bool __wrap_runs_step_end(Db *db, int64_t number, const char *step, const char *state, Instant at, Err *err);
// clang-format on

static void
write_counts(void)
{
    FILE *const file = fopen(getenv("FAULT_COUNTS"), "w");

    for (int i = 0; file != NULL && i < POINT_COUNT; i++)
        fprintf(file, "%s %ld\n", points[i], atomic_load(&passed[i]));
    if (file != NULL)
        fclose(file);
}

// Before main(), since main allocates.
__attribute__((constructor)) static void
read_wish(void)
{
    const char *const wish = getenv("FAULT");
    char *end;

    if (getenv("FAULT_COUNTS") != NULL)
        atexit(write_counts);
    if (wish == NULL)
        return;
    for (int i = 0; i < POINT_COUNT; i++)
        if (strncmp(wish, points[i], strlen(points[i])) == 0 && wish[strlen(points[i])] == ':')
            struck_point = i;
    if (struck_point < 0)
        abort();
    struck_number = strtol(wish + strlen(points[struck_point]) + 1, &end, 10);
    deed = *end == ':' ? end + 1 : "";
}

static bool
is_deed(const char *name)
{
    return strcmp(deed, name) == 0;
}

// Whether it is this call's turn; the deeds that are the same everywhere are done at once.
static bool
strikes(Point point)
{
    if (atomic_fetch_add(&passed[point], 1) + 1 != struck_number || (int)point != struck_point)
        return false;
    if (is_deed("kill"))
        raise(SIGKILL);
    if (is_deed("term"))
        raise(SIGTERM);
    return true;
}

static void
die_after(bool struck)
{
    if (struck && is_deed("kill_after"))
        raise(SIGKILL);
}

// A disk that fills takes a part of what is written.
ssize_t
__wrap_write(int file, const void *bytes, size_t length)
{
    static bool is_full;
    const bool struck = strikes(POINT_WRITE);

    if (is_full || (struck && is_deed("fail") && length < 2)) {
        errno = ENOSPC;
        return -1;
    }
    is_full = struck && is_deed("fail");

    const ssize_t written = __real_write(file, bytes, is_full ? length / 2 : length);

    die_after(struck);
    return written;
}

int
__wrap_fsync(int file)
{
    const bool struck = strikes(POINT_FSYNC);

    if (struck && is_deed("fail")) {
        errno = EIO;
        return -1;
    }

    const int result = __real_fsync(file);

    die_after(struck);
    return result;
}

int
__wrap_renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    const bool struck = strikes(POINT_RENAME);

    if (struck && is_deed("fail")) {
        errno = ENOSPC;
        return -1;
    }

    const int result = __real_renameat(from_folder, from, to_folder, to);

    die_after(struck);
    return result;
}

int
__wrap_rename(const char *from, const char *to)
{
    return __wrap_renameat(AT_FDCWD, from, AT_FDCWD, to);
}

void *
__wrap_malloc(size_t size)
{
    return strikes(POINT_MALLOC) && is_deed("fail") ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t count, size_t size)
{
    return strikes(POINT_MALLOC) && is_deed("fail") ? NULL : __real_calloc(count, size);
}

// What the server would say: a statement that makes it say so. NULL for the statement itself.
static const char *
instead(bool struck)
{
    static const struct
    {
        const char *deed, *sql;
    } answers[] = {
        {"deadlock", "do $$ begin raise exception using errcode = '40P01', message = 'a planned "
                     "deadlock'; end $$"},
        {"serialization", "do $$ begin raise exception using errcode = '40001', message = 'a "
                          "planned conflict'; end $$"},
        {"timeout", "do $$ begin raise exception using errcode = '57014', message = 'a planned "
                    "timeout'; end $$"},
        {"full", "do $$ begin raise exception using errcode = '53100', message = 'a planned full "
                 "disk'; end $$"},
        {"terminate", "select pg_terminate_backend(pg_backend_pid())"},
    };

    for (size_t i = 0; struck && i < sizeof answers / sizeof answers[0]; i++)
        if (is_deed(answers[i].deed))
            return answers[i].sql;
    return NULL;
}

static void
cut(PGconn *conn)
{
    shutdown(PQsocket(conn), SHUT_RDWR);
}

PGresult *
__wrap_PQexec(PGconn *conn, const char *sql)
{
    const bool struck = strikes(POINT_STATEMENT);
    const char *const other = instead(struck);

    if (struck && is_deed("cut"))
        cut(conn);

    PGresult *const result = __real_PQexec(conn, other == NULL ? sql : other);

    die_after(struck);
    if (struck && is_deed("cut_after"))
        cut(conn);
    return result;
}

int
__wrap_PQsendQueryParams(PGconn *conn, const char *sql, int count, const Oid *types,
    const char *const *values, const int *lengths, const int *formats, int format)
{
    const bool struck = strikes(POINT_STATEMENT);
    const char *const other = instead(struck);
    const bool after = struck && (is_deed("kill_after") || is_deed("cut_after"));

    if (struck && is_deed("cut"))
        cut(conn);

    const int sent =
        other != NULL
            ? __real_PQsendQueryParams(conn, other, 0, NULL, NULL, NULL, NULL, format)
            : __real_PQsendQueryParams(conn, sql, count, types, values, lengths, formats, format);

    if (after) {
        PQflush(conn);
        clock_sleep_micros(20000);  // the server does it meanwhile, and nobody hears of it
        die_after(true);
        cut(conn);
    }
    return sent;
}

int
__wrap_curl_easy_perform(void *curl)
{
    const bool struck = strikes(POINT_SEND);

    if (struck && is_deed("fail"))
        return 7;  // CURLE_COULDNT_CONNECT
    if (struck && is_deed("slow"))
        clock_sleep_micros(2 * SECOND);

    const int result = __real_curl_easy_perform(curl);

    die_after(struck);
    return result;
}

bool
__wrap_runs_step_begin(Db *db, int64_t number, const char *step, Instant at, Err *err)
{
    const bool struck = strikes(POINT_STEP);
    const bool done = __real_runs_step_begin(db, number, step, at, err);

    die_after(struck);
    return done;
}

bool
__wrap_runs_step_end(
    Db *db, int64_t number, const char *step, const char *state, Instant at, Err *err)
{
    const bool struck = strikes(POINT_STEP);
    const bool done = __real_runs_step_end(db, number, step, state, at, err);

    die_after(struck);
    return done;
}
