/*
 * A parcel's first scan at a place says that it has come, whatever else it says: where hubs scan once, that is all there is.
 * From the second one on, the scan's code and its number in the row tell: "arrived, processed, left" is stay, stay, leave. The
 * number matters because some carriers have one code for everything on the way.
 */
#include "detectors/incidents/stay.h"

#include "core/map.h"
#include "core/text.h"

#include <string.h>

#define VISIT_MOST 4  // later scans in a row are counted as one

typedef struct KindList
{
    Arena *arena;
    StayKind **items;
    size_t count, capacity;
} KindList;

struct Stays
{
    Arena *arena, *scratch;
    Map *index;
    KindList kinds;
    const StayKind **stops;  // of the last parcel
    size_t capacity;
};

static void
release(void *arena)
{
    arena_destroy(arena);
}

Stays *
stays_create(Arena *arena)
{
    Stays *const stays = ARENA_NEW(arena, Stays);
    Arena *const scratch = arena_create();

    arena_defer(arena, release, scratch);
    *stays = (Stays){
        .arena = arena, .scratch = scratch, .index = map_create(arena), .kinds = {.arena = arena}};
    return stays;
}

const char *
stay_place(Arena *arena, const char *place)
{
    Text name = {.arena = arena};
    bool blank = false;

    for (const char *c = place; *c; c++) {
        const char capital = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);

        if (*c != ' ') {
            if (blank && name.length > 0)
                text_add(&name, " ");
            text_add_bytes(&name, &capital, 1);
        }
        blank = *c == ' ';
    }
    return text_get(&name);
}

static StayKind *
kind_of(Stays *stays, const char *carrier, const Scan *scan, int visit)
{
    const char *const key =
        arena_printf(stays->scratch, "%s\n%s\n%s\n%d", carrier, scan->code, scan->subcode, visit);
    bool is_new;
    const int64_t index =
        map_intern(stays->index, key, strlen(key), (int64_t)stays->kinds.count, &is_new);

    if (is_new)
        ARENA_PUSH(&stays->kinds, ARENA_NEW(stays->arena, StayKind));
    return stays->kinds.items[index];
}

static void
make_room(Stays *stays, size_t count)
{
    if (count <= stays->capacity)
        return;
    stays->capacity = 2 * count;
    stays->stops = ARENA_ARRAY(stays->arena, const StayKind *, stays->capacity);
}

static const char *
place_at(const Stays *stays, const Journey *journey, size_t i)
{
    const Scan *const scan = journey->items[i].scan;

    return scan ? stay_place(stays->scratch, scan->place) : "";
}

const StayKind *const *
stays_add(Stays *stays, const char *carrier, const Journey *journey)
{
    const char *before = "";
    StayKind *kind = NULL;
    int visit = 0;

    make_room(stays, journey->count);
    for (size_t i = 0; i < journey->count; i++) {
        const char *const place = place_at(stays, journey, i);
        const bool stayed = *place != '\0' && strcmp(place, before) == 0;

        if (kind && *place != '\0')
            *(stayed ? &kind->stayed : &kind->left) += 1;
        visit = !stayed ? 1 : visit < VISIT_MOST ? visit + 1 : visit;
        kind = stayed ? kind_of(stays, carrier, journey->items[i].scan, visit) : NULL;
        stays->stops[i] = kind;
        before = place;
    }
    arena_reset(stays->scratch);
    return stays->stops;
}

bool
stay_is_over(const StayKind *kind)
{
    return kind && kind->left > kind->stayed;
}
