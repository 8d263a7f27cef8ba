/*
 * job.h - what every command is, and what it gets to work with.
 *
 * A command is one constant row, `const Command command_NAME`, in its own file jobs/NAME.c: its name, its
 * sentence, what it needs, its own options and the function that runs it. jobs/command.c lists the rows in the
 * order of the help; parsing, help, man page and completion are all driven by them.
 */
#ifndef JOBS_FRAME_JOB_H
#define JOBS_FRAME_JOB_H

#include "config/settings.h"
#include "core/arena.h"
#include "core/err.h"
#include "core/instant.h"
#include "core/zone.h"
#include "jobs/frame/log.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

// What a command needs, and which common options mean something to it; the others are refused, so that nobody
// believes a --dry-run that nothing obeys.
typedef enum JobNeeds
{
    NEEDS_SETTINGS = 1,    // job->settings are loaded before run()
    NEEDS_DATABASE = 2,    // the job itself connects (jobs/run/run.h); here for the help
    TAKES_LOCK = 4,        // likewise: one such job at a time
    TAKES_AS_OF = 8,       // obeys --as-of
    WRITES = 16,           // obeys --dry-run
    TAKES_FORMAT = 32,     // obeys --format
    TAKES_SETTINGS = 64,   // loads the settings itself, when it needs them
    TAKES_SCHEDULE = 128,  // obeys --run-key, --if-exists and --skip-if-done
} JobNeeds;

// What becomes of a night that ran before (--if-exists).
typedef enum JobIfExists
{
    IF_EXISTS_REPLACE = 0,  // all of it again
    IF_EXISTS_RESUME,       // what is left
    IF_EXISTS_SKIP,         // nothing, when it is done
} JobIfExists;

typedef enum JobFormat
{
    FORMAT_TEXT = 0,
    FORMAT_CSV,
    FORMAT_JSON,
} JobFormat;

// Exit codes a job may choose itself; failures get theirs from the kind of the error.
enum
{
    EXIT_DONE = 0,
    EXIT_INCOMPLETE = 3,      // done, but more was set aside than the settings tolerate
    EXIT_NOTHING_TO_DO = 99,  // only with --skip-if-done
};

// One option; tables end with {0}. An option may be given more than once.
typedef struct OptionSpec
{
    const char *name;      // long name without dashes: "seed"
    char letter;           // short name, 0 when it has none
    const char *argument;  // "NUMBER" in the help; NULL for a flag
    const char *help;      // one sentence, lower case, no full stop
} OptionSpec;

// An option as given. value is "" for a flag.
typedef struct OptionGiven
{
    const char *name, *value;
} OptionGiven;

typedef struct Command Command;

typedef struct Job
{
    Arena *arena;  // of the whole run
    const Log *log;
    const Command *command;
    FILE *out;  // what was asked for; standard output, and main checks that it was written

    const SettingsLoaded *loaded;  // NULL until the settings are loaded
    const Settings *settings;      // loaded->settings
    const Zone *zone;              // settings.time_zone; UTC without settings
    Instant now;                   // the clock, read once when the program began
    int64_t started_micros;  // then, by clock_monotonic_micros: what durations are measured from
    Instant as_of;           // --as-of, else now
    Day day;                 // the logical date: the civil day of as_of in zone
    bool as_of_given;

    bool dry_run, quiet, verbose;
    JobFormat format;
    const char *run_key;  // what the scheduler calls this run; "" when it did not say
    JobIfExists if_exists;
    bool skip_if_done;  // exit code 99 when there is nothing to do

    const char *const *arguments;  // positional, the command's name not among them
    size_t argument_count;
    const OptionGiven *options;  // its own options, in the order given; see job_option()
    size_t option_count;

    // What settings are loaded from: --config, --set, the environment; see job_load_settings().
    const char *config_path;
    const SettingOverride *overrides;
    size_t override_count;
    char *const *environment;
    const char *as_of_text;

    // Printed to out after everything else, the log's last line included; NULL for nothing.
    const char *last_line;

    int exit_code;  // a job that succeeds may set EXIT_INCOMPLETE or EXIT_NOTHING_TO_DO
} Job;

struct Command
{
    const char *name;
    const char *summary;        // one sentence, imperative, lower case, no full stop
    const char *usage;          // its arguments: "TRACKING-NUMBER"; "" when it takes none
    const char *description;    // paragraphs, separated by an empty line
    unsigned needs;             // JobNeeds
    const OptionSpec *options;  // its own, beside the common ones; NULL for none
    size_t arguments_min, arguments_max;
    const char *const
        *actions;  // what the first argument may be, NULL-terminated; NULL when it is free
    const char *const *examples;  // whole command lines, NULL-terminated; NULL for none
    bool (*run)(Job *job, Err *err);
};

// Whether a command has an option of its own of that name.
bool command_has_option(const Command *command, const char *name);

// The value of one of the command's own options: the last one given, "" for a flag, NULL when not given.
const char *job_option(const Job *job, const char *name);

// All values of an option that may be repeated, in the order given. Owned by the job's arena.
TextList job_option_all(const Job *job, const char *name);

// A whole number from an option, absent when it was not given. ERR_CONFIG when it is no number or not between
// minimum and maximum.
bool job_option_int(const Job *job, const char *name, int64_t minimum, int64_t maximum,
    int64_t absent, int64_t *out, Err *err);

// Like job_option_int(), for a finite number.
bool job_option_real(const Job *job, const char *name, double minimum, double maximum,
    double absent, double *out, Err *err);

// A day ("2026-11-20") from an option, absent when it was not given. ERR_CONFIG when it is none.
bool job_option_day(const Job *job, const char *name, Day absent, Day *out, Err *err);

// Which of the NULL-terminated choices word is. ERR_CONFIG names what it should have been: unrecognized WHAT
// "word" (did you mean "...").
bool
job_choose(const char *what, const char *word, const char *const *choices, size_t *index, Err *err);

// Write problems of settings, catalogues, calendars or terms to standard error, one a line (JSON: one log line each).
void job_report_problems(const Job *job, const Problems *problems);

// Load the settings and all that follows from them (zone, as_of, day). The frame does it before run() for
// NEEDS_SETTINGS; a command that needs them only sometimes calls it. Problems go to standard error, one a
// line; ERR_CONFIG then says how many.
bool job_load_settings(Job *job, Err *err);

// Work out as_of and day from --as-of and the zone. job_load_settings() does it; the frame does it for commands
// without settings. ERR_CONFIG for a text that is neither a date nor a timestamp with a zone.
bool job_set_as_of(Job *job, Err *err);

// The exit code of a failure, fixed for ever (domain: "Exit codes").
int job_exit_code(const Err *err);

#endif
