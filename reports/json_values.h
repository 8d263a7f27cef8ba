/*
 * json_values.h - members of JSON objects, and documents printed.
 */
#ifndef REPORTS_JSON_VALUES_H
#define REPORTS_JSON_VALUES_H

#include "core/arena.h"
#include "core/err.h"
#include "core/instant.h"
#include "core/json.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

// Set a value, text, ... as a member of an object, which owns it from then on.
void json_put(json_t *object, const char *name, json_t *value);
void json_put_text(Arena *arena, json_t *object, const char *name, const char *text);
void json_put_integer(json_t *object, const char *name, int64_t value);
void json_put_real(json_t *object, const char *name, double value);
void json_put_instant(Arena *arena, json_t *object, const char *name, Instant at);

// The whole as text with a line end, keys sorted; json is released in any case. What: "the night", for the error
// (ERR_FAILED: no memory).
bool json_print(
    Arena *arena, json_t *json, const char *what, const char **bytes, size_t *length, Err *err);

// A list too long to be a tree: its elements are made one after the other. What an element needs besides itself it may take
// from the arena, which is emptied after it.
typedef struct JsonList
{
    const char *member;  // of the object
    size_t count;
    json_t *(*element)(Arena *arena, const void *data, size_t index);
    const void *data;
} JsonList;

// json_print() of the object with the list in it, each element on a line of its own, written to a file.
bool json_write_long(FILE *file, json_t *json, const JsonList *list, const char *what, Err *err);

#endif
