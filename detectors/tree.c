#include "detectors/tree.h"

#include <string.h>

const Node *
group_node(const Group *group, Measure measure, Milestone milestone)
{
    while (group && !group->nodes[measure][milestone])
        group = group->parent;
    return group ? group->nodes[measure][milestone] : NULL;
}

// Names with their zeros, so that "a", "b" is not "ab", "".
static Text
key_of(Arena *arena, const char *const names[4])
{
    Text key = {.arena = arena};

    for (size_t i = 0; i < 4 && names[i]; i++)
        text_add_bytes(&key, names[i], strlen(names[i]) + 1);
    return key;
}

int64_t
tree_index(const Map *map, Arena *arena, const char *const names[4])
{
    const Text key = key_of(arena, names);

    return map_get(map, text_get(&key), key.length, -1);
}

void
tree_put(Map *map, Arena *arena, const char *const names[4], int64_t index)
{
    const Text key = key_of(arena, names);

    map_put(map, text_get(&key), key.length, index);
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

bool
cohort_is_service(const Cohort *cohort)
{
    return cohort->origin[0] == '\0' && cohort->destination[0] == '\0';
}
