/*
 * fields.h - the table of settings: every setting once, for the loader, the sample, the JSON Schema and
 * `vigie config show`. To add a setting: a member in settings.h, a row in fields.c (or fields_detect.c, fields_care.c), and docs/vigie.sample.yaml
 * printed anew.
 */
#ifndef CONFIG_FIELDS_H
#define CONFIG_FIELDS_H

#include "config/settings.h"

typedef enum FieldType
{
    FIELD_TEXT = 1,
    FIELD_INT,
    FIELD_REAL,
    FIELD_MONEY,   // an amount of 0 or more in the setting "currency"; kept as text
    FIELD_CHOICE,  // one of choices
    FIELD_PATH,    // made absolute against the folder of the settings file; "" stays
    FIELD_TEXTS,
    FIELD_PATHS,
    FIELD_RECORDS,  // a list of mappings, each with the fields of a kind of record
} FieldType;

// What is wrong with a text, NULL when nothing is. The answer never repeats a secret.
typedef const char *FieldCheck(Arena *arena, const char *value);

typedef struct RecordKind RecordKind;

typedef struct Field
{
    const char *path;  // "database.schema"; rows of one section stand together; in a record the key
    FieldType type;
    size_t offset;        // into Settings, or into the record
    const char *initial;  // as it would be given in the environment; lists are separated by commas
    double min, max;      // of FIELD_INT and FIELD_REAL
    const char *const *choices;  // of FIELD_CHOICE, NULL-terminated
    FieldCheck *check;           // of texts and of each item of a list; NULL for none
    bool secret;                 // a connection text: query parameters are not shown
    bool hidden;                 // not shown at all
    const RecordKind *record;    // of FIELD_RECORDS
    const char *help;  // one line, lower case, no full stop, neither quotes nor backslashes
} Field;

// A kind of record: its keys, and the size of the struct that holds one. The first key is its name, by which there is one.
struct RecordKind
{
    const Field *fields;
    size_t count, size;
};

// How many settings there are, and one of them by its index; sections stand together.
size_t config_field_count(void);
const Field *config_field(size_t index);
size_t config_field_index(const Field *field);

// Those of the section "database", "metrics" and "lineage", which come first.
extern const Field config_database_fields[];
extern const size_t config_database_field_count;

// Those of the sections "alerts" and "detect", and of "tolerate" and "retention", which have files of their own; they come
// last.
extern const Field config_alerts_fields[], config_detect_fields[], config_care_fields[];
extern const size_t config_alerts_field_count, config_detect_field_count, config_care_field_count;

// clang-format off
#define MEMBER(member) .offset = offsetof(Settings, member)
// clang-format on

// The name of a field's environment variable: "VIGIE_DATABASE_URL".
const char *field_environment(Arena *arena, const Field *field);

// Whether its value is a TextList.
bool field_is_list(const Field *field);

#endif
