/*
 * assign.h - a text becomes the value of a setting, or a problem with its place.
 */
#ifndef CONFIG_ASSIGN_H
#define CONFIG_ASSIGN_H

#include "config/fields.h"

// Where a value was given.
typedef struct Place
{
    const char *file;  // "environment" and "option" stand in for a file's name
    size_t line, column;
    const char *origin;
    const char *name;  // for messages: the path, or the name of the environment variable
} Place;

typedef struct Loader
{
    Arena *arena;
    Problems *problems;
    char *const *environment;
    const char *file;               // absolute; "" without a file
    const char *base;               // a file name in the folder that relative paths start from
    char *settings;                 // the Settings being filled
    const char **values;            // by field: the text in force
    Place *places;                  // by field: where it came from
    const RecordKind *record;       // the record being filled; NULL for the settings themselves
    struct RecordsLoaded *records;  // all that were read, for the checks at the end
} Loader;

// A growing list of texts.
typedef struct Items
{
    Arena *arena;
    const char **items;
    size_t count, capacity;
} Items;

// Say what is wrong there.
void loader_complain(Loader *loader, const Place *place, const char *problem);

// Whether a text passes the field's own check; complains when not.
bool loader_check(Loader *loader, const Field *field, const Place *place, const char *text);

// Give a field its value. Texts are valid UTF-8; a wrong one is complained about and leaves the old value.
void assign_scalar(Loader *loader, const Field *field, const Place *place, const char *text);

// Give a list its items, each checked before.
void assign_list(Loader *loader, const Field *field, const Place *place, const Items *given);

// Give a list of records its records; shown is what they look like to people.
void assign_records(Loader *loader, const Field *field, const Place *place,
    const RecordList *records, const char *shown);

// Give any field a value written outside the file: one text, of any bytes; a list's items are separated by commas.
void assign_text(Loader *loader, const Field *field, const Place *place, const char *text);

#endif
