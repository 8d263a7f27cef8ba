/*
 * err.h - what went wrong, in words a person can act on.
 *
 * Fallible functions return false (or NULL) and fill the Err their caller passed last; on failure their
 * outputs are untouched, on success the Err is untouched. Nothing below jobs/ prints or logs: the job that
 * decides what the failure means writes it down, once.
 *
 * Text follows the PostgreSQL style: lower case, no full stop, names in double quotes, and the reason always
 * included - could not open file "x": permission denied. "could not" for what may work tomorrow, "cannot"
 * for what never will.
 */
#ifndef CORE_ERR_H
#define CORE_ERR_H

#include <stdbool.h>

typedef enum ErrKind
{
    ERR_NONE = 0,
    ERR_FAILED,  // anything that has no better kind; exit 1
    ERR_CONFIG,  // usage, settings, catalogues, privileges: a person must change something; exit 2
    ERR_DATA,    // one record breaks its own rules: it is set aside, the night goes on
    ERR_BUSY,    // another run holds the lock; exit 11
    ERR_TEMPORARY,    // database or network unreachable, serialization: safe to retry; exit 75
    ERR_INTERRUPTED,  // SIGINT or SIGTERM asked us to stop; exit 130 or 143
} ErrKind;

typedef struct Err
{
    ErrKind kind;
    char text
        [1000];  // cut on a character boundary, never overrun; long detail belongs in the log line
} Err;

// Record a failure. Always returns false, so a caller can write: return err_set(...).
bool err_set(Err *err, ErrKind kind, const char *format, ...) __attribute__((format(printf, 3, 4)));

// Say what was being attempted when err happened: "claim 812: " + text. Always returns false.
bool err_context(Err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
