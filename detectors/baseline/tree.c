#include "detectors/baseline/tree.h"

#include <string.h>

const Node *
group_node(const Group *group, Measure measure, Stage stage)
{
    while (group && !group->nodes[measure][stage])
        group = group->parent;
    return group ? group->nodes[measure][stage] : NULL;
}

enum
{
    KEY_BYTES = 256  // longer keys are built in the arena
};

typedef struct Key
{
    char few[KEY_BYTES];
    char *bytes;
    size_t length;
} Key;

// Names with their zeros, so that "a", "b" is not "ab", "".
static void
key_make(Key *key, Arena *arena, const char *const names[4])
{
    size_t lengths[4] = {0};
    size_t at = 0;

    key->length = 0;
    for (size_t i = 0; i < 4 && names[i]; i++) {
        lengths[i] = strlen(names[i]) + 1;
        key->length += lengths[i];
    }
    key->bytes = key->length > KEY_BYTES ? arena_alloc(arena, key->length) : key->few;
    for (size_t i = 0; i < 4 && names[i]; i++) {
        memcpy(key->bytes + at, names[i], lengths[i]);
        at += lengths[i];
    }
}

int64_t
tree_index(const Map *map, Arena *arena, const char *const names[4])
{
    Key key;

    key_make(&key, arena, names);
    return map_get(map, key.bytes, key.length, -1);
}

void
tree_put(Map *map, Arena *arena, const char *const names[4], int64_t index)
{
    Key key;

    key_make(&key, arena, names);
    map_put(map, key.bytes, key.length, index);
}

const Group *
tree_find(const Baselines *baselines, Arena *arena, const char *carrier, const char *service,
    const char *origin, const char *destination, const Lane **lane)
{
    const int64_t at = tree_index(baselines->lane_index, arena,
        (const char *const[4]){carrier, service, origin, destination});

    *lane = at < 0 ? NULL : &baselines->lanes.items[at];
    if (*lane)
        return (*lane)->service;

    int64_t group =
        tree_index(baselines->group_index, arena, (const char *const[4]){carrier, service});

    if (group < 0)
        group = tree_index(baselines->group_index, arena, (const char *const[4]){carrier});
    return baselines->groups.items[group < 0 ? 0 : group];
}

const PhaseCurves *
phases_of(const Group *group, Measure measure, Stage stage, double *factor)
{
    *factor = 1;
    while (group && !group->phases[measure][stage]) {
        if (group->phase_factor[measure][stage] > 0)
            *factor *= group->phase_factor[measure][stage];
        group = group->parent;
    }
    return group ? group->phases[measure][stage] : NULL;
}
