/*
 * screen.h - what commands for people share: how wide they may write, and how values look as JSON and CSV.
 */
#ifndef JOBS_FRAME_SCREEN_H
#define JOBS_FRAME_SCREEN_H

#include "core/json.h"
#include "core/money.h"
#include "jobs/frame/job.h"

// Columns to write in: COLUMNS, else the terminal's, else 100.
size_t screen_columns(const Job *job);

// Append words in lines that end before `columns`: the first one has `column` columns taken, the others begin `indent`
// columns in. Ends with a line break. The text is cleaned for the terminal.
void screen_wrap(Text *out, size_t columns, size_t column, size_t indent, const char *text);

// Append a cell: the text cut or padded to so many columns. The text is cleaned for the terminal.
void screen_cell(Text *out, size_t columns, const char *text);

// The same without padding.
void screen_cut(Text *out, size_t columns, const char *text);

// "label   value" with the value wrapped at the right edge and hanging. Nothing for an empty value.
void screen_line(Text *out, size_t columns, const char *label, const char *value);

// The forms in which a command says the same of what it is given, and the one that --format asks for.
typedef void ScreenForm(const Job *job, const void *what);
typedef struct ScreenForms
{
    ScreenForm *text, *csv, *json;
} ScreenForms;
void screen_say(const Job *job, const ScreenForms *forms, const void *what);

// Print a JSON document for people and programs, and let it go.
void screen_json(const Job *job, json_t *json);

// CSV values: "" for what is not known.
void csv_of_instant(Text *out, Instant at);
void csv_of_int(Text *out, int64_t value);

#endif
