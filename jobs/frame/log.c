#include "jobs/frame/log.h"

#include "core/arena.h"
#include "core/clock.h"
#include "core/text.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MILLISECOND (SECOND / 1000)

static const char *const LEVEL_NAMES[] = {
    [LEVEL_DEBUG] = "debug",
    [LEVEL_INFO] = "info",
    [LEVEL_WARN] = "warn",
    [LEVEL_ERROR] = "error",
};

Log
log_to(FILE *out, LogLevel least, LogFormat format)
{
    const char *const terminal = getenv("TERM");

    return (Log){
        .out = out,
        .least = least,
        .format = format,
        .terminal =
            format == LOG_TEXT && isatty(fileno(out)) && terminal && strcmp(terminal, "dumb") != 0,
        .now = clock_now,
        .elapsed = clock_monotonic_micros,
    };
}

LogField
field_text(const char *name, const char *text)
{
    return (LogField){.name = name, .kind = LOG_FIELD_TEXT, .text = text ? text : ""};
}

LogField
field_int(const char *name, int64_t value)
{
    return (LogField){.name = name, .kind = LOG_FIELD_INT, .whole = value};
}

LogField
field_real(const char *name, double value)
{
    return (LogField){.name = name, .kind = LOG_FIELD_REAL, .real = value};
}

bool
log_shows(const Log *log, LogLevel level)
{
    return level >= log->least;
}

static void
release_json(void *json)
{
    json_decref(json);
}

static char *
json_print(Arena *arena, json_t *json, size_t flags)
{
    arena_defer(arena, release_json, json);

    char *const text = json_dumps(json, flags | JSON_COMPACT | JSON_REAL_PRECISION(9));

    arena_defer(arena, free, text);
    return text;
}

static bool
is_plain(const char *text)
{
    return *text != '\0' && text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                              "0123456789_-+.,:/@%~")] == '\0';
}

// A text that is not one plain word is written as a JSON string, so that a line can be taken apart again.
static const char *
print_value(Arena *arena, const LogField *field)
{
    switch (field->kind) {
    case LOG_FIELD_INT:
        return arena_printf(arena, "%" PRId64, field->whole);
    case LOG_FIELD_REAL:
        return arena_printf(arena, "%.6g", field->real);
    default:
        return is_plain(field->text)
                   ? field->text
                   : json_print(
                         arena, json_string(text_clean(arena, field->text)), JSON_ENCODE_ANY);
    }
}

static const char *
print_text(Arena *arena, Instant now, LogLevel level, const char *message, const LogField *fields)
{
    Text line = {.arena = arena};

    text_add_format(&line, "%s %-5s %s", instant_print(arena, now - now % SECOND),
        LEVEL_NAMES[level], text_clean(arena, message));
    for (const LogField *field = fields; field && field->kind != LOG_FIELD_END; field++)
        text_add_format(&line, " %s=%s", field->name, print_value(arena, field));
    return text_get(&line);
}

static json_t *
json_value(Arena *arena, const LogField *field)
{
    switch (field->kind) {
    case LOG_FIELD_INT:
        return json_integer(field->whole);
    case LOG_FIELD_REAL:
        return isfinite(field->real) ? json_real(field->real) : json_null();
    default:
        return json_string(text_clean(arena, field->text));
    }
}

static const char *
print_json(Arena *arena, Instant now, LogLevel level, const char *message, const LogField *fields)
{
    json_t *const line = json_object();

    json_object_set_new(line, "time", json_string(instant_print(arena, now - now % MILLISECOND)));
    json_object_set_new(line, "level", json_string(LEVEL_NAMES[level]));
    json_object_set_new(line, "message", json_string(text_clean(arena, message)));
    for (const LogField *field = fields; field && field->kind != LOG_FIELD_END; field++)
        json_object_set_new(line, field->name, json_value(arena, field));
    return json_print(arena, line, 0);
}

static void
write_line(const Log *log, LogLevel level, const char *message, const LogField *fields)
{
    if (!log_shows(log, level))
        return;

    Arena *const arena = arena_create();
    const Instant now = log->now();
    const char *const line = log->format == LOG_JSON
                                 ? print_json(arena, now, level, message, fields)
                                 : print_text(arena, now, level, message, fields);

    // One call for the whole line, since workers share the stream; a progress bar gives way.
    fprintf(log->out, "%s%s\n", log->terminal ? "\r\033[K" : "", line);
    fflush(log->out);
    arena_destroy(arena);
}

void
log_debug(const Log *log, const char *message, const LogField *fields)
{
    write_line(log, LEVEL_DEBUG, message, fields);
}

void
log_info(const Log *log, const char *message, const LogField *fields)
{
    write_line(log, LEVEL_INFO, message, fields);
}

void
log_warn(const Log *log, const char *message, const LogField *fields)
{
    write_line(log, LEVEL_WARN, message, fields);
}

void
log_error(const Log *log, const char *message, const LogField *fields)
{
    write_line(log, LEVEL_ERROR, message, fields);
}
