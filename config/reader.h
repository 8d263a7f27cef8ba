/*
 * reader.h - typed values out of a YAML tree, for the files of data (calendars, carriers, terms).
 *
 * Every function adds a problem with the place and path of what is wrong and then returns an empty value, so a
 * loader reads a whole file straight on and looks at the number of problems once, at the end. Texts belong to the
 * arena the tree was read into.
 */
#ifndef CONFIG_READER_H
#define CONFIG_READER_H

#include "config/settings.h"
#include "config/yaml.h"
#include "core/instant.h"

#include <stdint.h>

typedef struct Reader
{
    Arena *arena;
    Problems *problems;
    const char *file;
    const char *language;  // in which texts are read that a file has in several; NULL for its own
    size_t said;           // of such texts, in that language
    const Node *unsaid;    // the first that is not; NULL when there is none
} Reader;

typedef enum Need
{
    OPTIONAL = 0,
    REQUIRED,
} Need;

// Say what is wrong with a node, at its place and path.
void reader_problem(Reader *reader, const Node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// That node is a mapping and all its keys are among known (the nearest is named). False when it is no mapping.
bool reader_keys(Reader *reader, const Node *node, const char *const *known, size_t count);

// The text of a key; "" when it is missing and optional. A text may not be empty.
const char *reader_text(Reader *reader, const Node *mapping, const char *key, Need need);

// The text of a key in the reader's language, that of "KEY_fr" for "fr"; its own where the file has no other.
const char *reader_said(Reader *reader, const Node *mapping, const char *key, Need need);

// A whole number in a range; fallback when the key is missing and optional.
int64_t reader_int(Reader *reader, const Node *mapping, const char *key, Need need, int64_t min,
    int64_t max, int64_t fallback);

// true or false; fallback when the key is missing.
bool reader_bool(Reader *reader, const Node *mapping, const char *key, bool fallback);

// "2026-11-20"; DAY_NONE when the key is missing and optional.
Day reader_day(Reader *reader, const Node *mapping, const char *key, Need need);

// "18:00" as minutes after midnight, up to "24:00"; -1 when the key is missing.
int reader_clock(Reader *reader, const Node *mapping, const char *key);

// The key "id" of a thing: lower-case letters, digits and '_'; "" after a problem.
const char *reader_id(Reader *reader, const Node *mapping);

// The index of a word among choices; -1 when the key is missing and optional, or the word is none of them.
int reader_choice(Reader *reader, const Node *mapping, const char *key, Need need,
    const char *const *choices, size_t count);

// The texts of a sequence; empty when the key is missing and optional.
TextList reader_texts(Reader *reader, const Node *mapping, const char *key, Need need);

// The sequence of a key, at least one item long; NULL when it is missing.
const Node *reader_sequence(Reader *reader, const Node *mapping, const char *key, Need need);

// The files that a list of folders and files names: of a folder its *.yaml in byte order.
TextList reader_files(Arena *arena, TextList places, Problems *problems);

// The bytes of a file that will be read as YAML; NULL after a problem.
const char *reader_bytes(Arena *arena, const char *file, size_t *length, Problems *problems);

#endif
