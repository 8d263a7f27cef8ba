/*
 * map.h - a hash map from bytes to a number (an index into the caller's array, usually).
 */
#ifndef CORE_MAP_H
#define CORE_MAP_H

#include "core/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Map Map;

// Owned by the arena; keys are copied into it.
Map *map_create(Arena *arena);

// The value of a key, or absent when it has none.
int64_t map_get(const Map *map, const void *key, size_t length, int64_t absent);

// Give a key its value, new or not.
void map_put(Map *map, const void *key, size_t length, int64_t value);

// The value of a key; a new key gets value (and *is_new is set when not NULL).
int64_t map_intern(Map *map, const void *key, size_t length, int64_t value, bool *is_new);

// How many keys it holds.
size_t map_count(const Map *map);

#endif
