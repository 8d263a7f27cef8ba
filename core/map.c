/*
 * Open addressing with linear probing (Knuth, The Art of Computer Programming 3, 6.4, Algorithm L); the table is
 * doubled when three quarters full.
 */
#include "core/map.h"

#include "core/text.h"

#include <string.h>

typedef struct Slot
{
    uint64_t hash;
    const char *key;  // NULL marks a free slot
    size_t length;
    int64_t value;
} Slot;

struct Map
{
    Arena *arena;
    Slot *slots;
    size_t size, count;  // size is a power of two
};

Map *
map_create(Arena *arena)
{
    Map *const map = ARENA_NEW(arena, Map);

    *map = (Map){.arena = arena, .size = 16, .slots = ARENA_ARRAY(arena, Slot, 16)};
    return map;
}

static Slot *
find(const Map *map, uint64_t hash, const void *key, size_t length)
{
    size_t i = hash & (map->size - 1);

    while (map->slots[i].key != NULL) {
        const Slot *const slot = &map->slots[i];

        if (slot->hash == hash && slot->length == length && memcmp(slot->key, key, length) == 0)
            break;
        i = (i + 1) & (map->size - 1);
    }
    return &map->slots[i];
}

static void
grow(Map *map)
{
    const Slot *const old = map->slots;
    const size_t size = map->size;

    map->size = 2 * size;
    map->slots = ARENA_ARRAY(map->arena, Slot, map->size);
    for (size_t i = 0; i < size; i++)
        if (old[i].key != NULL)
            *find(map, old[i].hash, old[i].key, old[i].length) = old[i];
}

int64_t
map_get(const Map *map, const void *key, size_t length, int64_t absent)
{
    const Slot *const slot = find(map, text_hash(key, length), key, length);

    return slot->key == NULL ? absent : slot->value;
}

int64_t
map_intern(Map *map, const void *key, size_t length, int64_t value, bool *is_new)
{
    const uint64_t hash = text_hash(key, length);
    Slot *slot = find(map, hash, key, length);

    if (is_new != NULL)
        *is_new = slot->key == NULL;
    if (slot->key != NULL)
        return slot->value;
    if (4 * (map->count + 1) > 3 * map->size) {
        grow(map);
        slot = find(map, hash, key, length);
    }
    *slot = (Slot){hash, arena_copy_bytes(map->arena, key, length), length, value};
    map->count++;
    return value;
}

void
map_put(Map *map, const void *key, size_t length, int64_t value)
{
    bool is_new;

    map_intern(map, key, length, value, &is_new);
    if (!is_new)
        find(map, text_hash(key, length), key, length)->value = value;
}

size_t
map_count(const Map *map)
{
    return map->count;
}
