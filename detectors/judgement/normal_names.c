/*
 * What there is to ask about, for those who asked for something else.
 */
#include "core/text.h"
#include "detectors/baseline/tree.h"
#include "detectors/judgement/normal.h"

#include <stdlib.h>
#include <string.h>

typedef struct NameList
{
    Arena *arena;
    const char **items;
    size_t count, capacity;
} NameList;

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
add_groups(NameList *names, const Baselines *baselines, const char *carrier)
{
    for (size_t i = 0; i < baselines->groups.count; i++) {
        const Group *const group = baselines->groups.items[i];

        if (!carrier && group->carrier && !group->service)
            ARENA_PUSH(names, group->carrier);
        if (carrier && group->service && strcmp(group->carrier, carrier) == 0)
            ARENA_PUSH(names, group->service);
    }
}

static void
add_lanes(NameList *names, const Baselines *baselines, const char *carrier, const char *service)
{
    for (size_t i = 0; i < baselines->lanes.count; i++) {
        const Lane *const lane = &baselines->lanes.items[i];

        if (lane->service->service && strcmp(lane->service->carrier, carrier) == 0 &&
            strcmp(lane->service->service, service) == 0) {
            const char *const name =
                arena_printf(names->arena, "%s>%s", lane->origin, lane->destination);

            ARENA_PUSH(names, name);
        }
    }
}

const char *const *
normal_names(const Baselines *baselines, const char *carrier, const char *service, Arena *arena,
    size_t *count)
{
    NameList names = {.arena = arena};

    if (carrier && service)
        add_lanes(&names, baselines, carrier, service);
    else
        add_groups(&names, baselines, carrier);
    if (names.count > 1)
        qsort(names.items, names.count, sizeof *names.items, by_name);
    *count = names.count;
    return names.items;
}
