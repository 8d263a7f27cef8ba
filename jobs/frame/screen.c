#include "jobs/frame/screen.h"

#include "core/csv.h"
#include "core/width.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define COLUMNS_DEFAULT 100
#define COLUMNS_MIN     40
#define COLUMNS_MAX     1000
#define LABEL_COLUMNS   18  // "  not handed over "

size_t
screen_columns(const Job *job)
{
    const char *const asked = getenv("COLUMNS");
    struct winsize size;
    int64_t columns = 0;

    if (asked && text_parse_int(asked, &columns) && columns >= COLUMNS_MIN &&
        columns <= COLUMNS_MAX)
        return (size_t)columns;
    if (isatty(fileno(job->out)) && ioctl(fileno(job->out), TIOCGWINSZ, &size) == 0 &&
        size.ws_col >= COLUMNS_MIN)
        return size.ws_col;
    return COLUMNS_DEFAULT;
}

// The next piece of a word that fits into `room` columns; at least one character, so that the end is reached.
static size_t
piece(const char *word, size_t length, size_t room)
{
    size_t fits = width_fit(word, room);

    for (size_t least = room + 1; fits == 0; least++)
        fits = width_fit(word, least);
    return fits < length ? fits : length;
}

void
screen_wrap(Text *out, size_t columns, size_t column, size_t indent, const char *text)
{
    const char *word = text_clean(out->arena, text);
    const size_t end = columns > indent + 20 ? columns : indent + 20;
    bool begun = false;

    for (word += strspn(word, " "); *word != '\0'; word += strspn(word, " ")) {
        const size_t length = strcspn(word, " ");
        const size_t width = width_of(arena_copy_bytes(out->arena, word, length));

        if (begun && column + 1 + width > end) {
            text_add_format(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (begun) {
            text_add(out, " ");
            column++;
        }

        const size_t taken = piece(word, length, end - column);

        text_add_bytes(out, word, taken);
        column += width_of(arena_copy_bytes(out->arena, word, taken));
        word += taken;
        begun = taken == length;
        if (!begun) {  // a word longer than the line goes on in the next one
            text_add_format(out, "\n%*s", (int)indent, "");
            column = indent;
        }
    }
    text_add(out, "\n");
}

// How many columns the text took.
static size_t
add_cut(Text *out, size_t columns, const char *text)
{
    const char *const clean = text_clean(out->arena, text);
    const size_t width = width_of(clean);

    if (width <= columns) {
        text_add(out, clean);
        return width;
    }

    const size_t fits = width_fit(clean, columns - 1);

    text_add_bytes(out, clean, fits);
    text_add(out, "\u2026");
    return width_of(arena_copy_bytes(out->arena, clean, fits)) + 1;
}

void
screen_cell(Text *out, size_t columns, const char *text)
{
    const size_t taken = add_cut(out, columns, text);

    text_add_format(out, "%*s", (int)(columns - taken), "");
}

void
screen_cut(Text *out, size_t columns, const char *text)
{
    add_cut(out, columns, text);
}

void
screen_line(Text *out, size_t columns, const char *label, const char *value)
{
    if (text_is_empty(value))
        return;
    text_add_format(out, "  %-*s", LABEL_COLUMNS - 2, label);
    screen_wrap(out, columns, LABEL_COLUMNS, LABEL_COLUMNS, value);
}

void
screen_say(const Job *job, const ScreenForms *forms, const void *what)
{
    ScreenForm *const form = job->format == FORMAT_JSON  ? forms->json
                             : job->format == FORMAT_CSV ? forms->csv
                                                         : forms->text;

    form(job, what);
}

void
screen_json(const Job *job, json_t *json)
{
    json_dumpf(json, job->out, JSON_INDENT(2));
    json_decref(json);
    fputc('\n', job->out);
}

void
csv_of_instant(Text *out, Instant at)
{
    csv_add(out, at == INSTANT_NONE ? "" : instant_print(out->arena, at));
}

void
csv_of_int(Text *out, int64_t value)
{
    csv_add(out, arena_printf(out->arena, "%" PRId64, value));
}
