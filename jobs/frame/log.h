/*
 * log.h - what the program says about its work, on standard error: one line per event, as text for people
 *
 *     2026-03-02T01:00:00Z info  step done step=learn shipments=41230 seconds=3.2
 *
 * or as one JSON object for machines. A line is written whole and flushed, so workers may log too.
 *
 *     log_info(log, "step done", FIELDS(field_text("step", "learn"), field_int("shipments", count)));
 */
#ifndef JOBS_FRAME_LOG_H
#define JOBS_FRAME_LOG_H

#include "core/instant.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef enum LogLevel
{
    LEVEL_DEBUG = 0,  // shown with --verbose
    LEVEL_INFO,
    LEVEL_WARN,
    LEVEL_ERROR,
} LogLevel;

typedef enum LogFormat
{
    LOG_TEXT = 0,
    LOG_JSON,
} LogFormat;

typedef struct Log
{
    FILE *out;
    LogLevel least;  // lesser lines are not written
    LogFormat format;
    bool terminal;             // a person watches: progress is a bar
    Instant (*now)(void);      // clock_now, or a test's own
    int64_t (*elapsed)(void);  // clock_monotonic_micros, or a test's own
} Log;

// A log on an open stream, with the real clocks.
Log log_to(FILE *out, LogLevel least, LogFormat format);

typedef enum LogFieldKind
{
    LOG_FIELD_END = 0,
    LOG_FIELD_TEXT,
    LOG_FIELD_INT,
    LOG_FIELD_REAL,
} LogFieldKind;

// A named value. Made by the functions below.
typedef struct LogField
{
    const char *name;  // "shipments"
    LogFieldKind kind;
    const char *text;
    int64_t whole;
    double real;
} LogField;

LogField field_text(const char *name, const char *text);  // NULL counts as ""
LogField field_int(const char *name, int64_t value);
LogField field_real(const char *name, double value);

#define FIELDS(...) ((const LogField[]){__VA_ARGS__, {.kind = LOG_FIELD_END}})

// message is a few lower-case words. fields end with LOG_FIELD_END; NULL for none. In JSON a field becomes a member
// of the object beside "time", "level" and "message".
void log_debug(const Log *log, const char *message, const LogField *fields);
void log_info(const Log *log, const char *message, const LogField *fields);
void log_warn(const Log *log, const char *message, const LogField *fields);
void log_error(const Log *log, const char *message, const LogField *fields);

// Whether a line of this level would be written; for what is costly to find out.
bool log_shows(const Log *log, LogLevel level);

#endif
