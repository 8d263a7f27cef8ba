#include "jobs/detect/tally.h"

#include "core/json.h"
#include "core/map.h"
#include "core/text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN 100

typedef struct Entry
{
    const char *carrier, *code, *example;
    int64_t count;
} Entry;

struct UnmappedTally
{
    Arena *arena;
    Map *index;
    Entry *items;
    size_t count, capacity;
};

UnmappedTally *
tally_create(Arena *arena)
{
    UnmappedTally *const tally = ARENA_NEW(arena, UnmappedTally);

    *tally = (UnmappedTally){.arena = arena, .index = map_create(arena)};
    return tally;
}

static void
add(UnmappedTally *tally, const char *carrier, const Scan *scan)
{
    char key[600];
    const int length = snprintf(key, sizeof key, "%s\n%s\n%s", carrier, scan->code, scan->subcode);
    bool is_new;
    const int64_t index = map_intern(tally->index, key,
        length < (int)sizeof key ? (size_t)length : sizeof key, (int64_t)tally->count, &is_new);

    if (is_new)
        ARENA_PUSH(tally, ((Entry){
                              .carrier = arena_copy(tally->arena, carrier),
                              .code = *scan->subcode ? arena_printf(tally->arena, "%s/%s",
                                                           scan->code, scan->subcode)
                                                     : arena_copy(tally->arena, scan->code),
                              .example = arena_copy(tally->arena, scan->text),
                          }));
    tally->items[index].count++;
}

void
tally_unmapped(UnmappedTally *tally, const Shipment *shipment, bool carrier_known)
{
    if (!carrier_known)
        add(tally, shipment->carrier, &(Scan){.code = "", .subcode = "", .text = ""});
    for (size_t i = 0; i < shipment->scan_count; i++) {
        const Scan *const scan = &shipment->scans[i];

        if (scan->milestone == MILESTONE_UNMAPPED)
            add(tally, text_is_empty(scan->carrier) ? shipment->carrier : scan->carrier, scan);
    }
}

static int
by_count(const void *a, const void *b)
{
    const Entry *const x = a, *const y = b;

    const int known = (*x->code != '\0') - (*y->code != '\0');

    if (known != 0)
        return known;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;

    const int carrier = strcmp(x->carrier, y->carrier);

    return carrier != 0 ? carrier : strcmp(x->code, y->code);
}

const char *
tally_json(const UnmappedTally *tally, Arena *arena)
{
    Entry *const sorted =
        arena_grow_array(arena, tally->items, sizeof(Entry), tally->count, tally->count);
    json_t *const list = json_array();

    if (tally->count > 1)
        qsort(sorted, tally->count, sizeof *sorted, by_count);
    for (size_t i = 0; i < tally->count && i < SHOWN; i++)
        json_array_append_new(list,
            json_pack("{s:s, s:s, s:s, s:I}", "carrier", sorted[i].carrier, "code", sorted[i].code,
                "example", sorted[i].example, "count", (json_int_t)sorted[i].count));
    return json_to_text(arena, list, JSON_COMPACT | JSON_SORT_KEYS);
}
