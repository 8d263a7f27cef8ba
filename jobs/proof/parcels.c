#include "jobs/proof/parcels.h"

#include "detectors/journey/history.h"
#include "jobs/detect/prepare.h"
#include "jobs/frame/signals.h"

#include <string.h>

#define BATCH 2000  // shipments read at a time

void
parcels_begin(Parcels *parcels, Arena *arena, int32_t horizon_days)
{
    *parcels = (Parcels){
        .arena = arena,
        .horizon_days = horizon_days,
        .by_id = map_create(arena),
        .names = map_create(arena),
        .name_list = {.arena = arena},
        .open = {.arena = arena},
    };
}

static const char *
name_once(Parcels *parcels, const char *name)
{
    bool is_new;
    const int64_t index =
        map_intern(parcels->names, name, strlen(name), (int64_t)parcels->name_list.count, &is_new);

    if (is_new)
        ARENA_PUSH(&parcels->name_list, (const char *)arena_copy(parcels->arena, name));
    return parcels->name_list.items[index];
}

static void
note_end(const Parcels *parcels, Parcel *parcel, const Shipment *shipment, Instant as_of)
{
    parcel->ending = ending_read(shipment, as_of);
    parcel->moved_at = outcome_moved_at(shipment, as_of, parcels->horizon_days);
}

static bool
has_ended(const Ending *ending)
{
    return ending->presented_at != INSTANT_NONE || ending->over_at != INSTANT_NONE ||
           ending->cancelled_at != INSTANT_NONE;
}

uint32_t
parcels_take(Parcels *parcels, const Shipment *shipment, Instant as_of, Delivered *delivered)
{
    bool is_new;
    const uint32_t index = (uint32_t)map_intern(
        parcels->by_id, shipment->id, strlen(shipment->id), (int64_t)parcels->count, &is_new);

    if (!is_new)
        return index;
    ARENA_PUSH(parcels, ((Parcel){
                            .id = arena_copy(parcels->arena, shipment->id),
                            .carrier = name_once(parcels, shipment->carrier),
                            .service = name_once(parcels, shipment->service),
                            .created_at = shipment->created_at,
                            .weight = shipment->sample_weight,
                            .lane = delivered_lane(delivered, shipment),
                        }));
    note_end(parcels, &parcels->items[index], shipment, as_of);
    if (!has_ended(&parcels->items[index].ending))
        ARENA_PUSH(&parcels->open, index);
    return index;
}

// Read the parcels with these indices as of as_of. Those the source does not have any more stay as they were.
static bool
look_at(Parcels *parcels, const uint32_t *indices, size_t count, Source *source,
    const Rulebook *rulebook, Instant as_of, Err *err)
{
    Arena *const batch = arena_create();
    const char **const ids = ARENA_ARRAY(batch, const char *, count);
    SourcePage page = {0};
    bool done;

    for (size_t i = 0; i < count; i++)
        ids[i] = parcels->items[indices[i]].id;
    done = !interrupted(err) && source_read_ids(source, ids, count, as_of, batch, &page, err);
    for (size_t i = 0; done && i < page.count; i++) {
        Shipment *const shipment = &page.shipments[i];
        const int64_t index = map_get(parcels->by_id, shipment->id, strlen(shipment->id), -1);

        shipment_prepare(rulebook, shipment, source_scans_of(&page, i));
        if (index >= 0)
            note_end(parcels, &parcels->items[index], shipment, as_of);
    }
    arena_destroy(batch);
    return done;
}

static bool
look_at_many(Parcels *parcels, const uint32_t *indices, size_t count, Source *source,
    const Rulebook *rulebook, Instant as_of, Err *err)
{
    for (size_t i = 0; i < count; i += BATCH)
        if (!look_at(parcels, indices + i, count - i < BATCH ? count - i : BATCH, source, rulebook,
                as_of, err))
            return false;
    return true;
}

bool
parcels_look_again(Parcels *parcels, Source *source, const Rulebook *rulebook, Instant since,
    Instant as_of, Delivered *delivered, Err *err)
{
    size_t open = 0;

    if (!look_at_many(
            parcels, parcels->open.items, parcels->open.count, source, rulebook, as_of, err))
        return false;
    for (size_t i = 0; i < parcels->open.count; i++) {
        const uint32_t index = parcels->open.items[i];
        const Parcel *const parcel = &parcels->items[index];

        if (parcel->ending.presented_at != INSTANT_NONE)
            delivered_add(
                delivered, parcel->lane, parcel->ending.accepted_at, parcel->ending.presented_at);
        if (!has_ended(&parcel->ending) && parcel->created_at > since)
            parcels->open.items[open++] = index;
    }
    parcels->open.count = open;
    return true;
}

bool
parcels_look_at_all(
    Parcels *parcels, Source *source, const Rulebook *rulebook, Instant as_of, Err *err)
{
    Arena *const arena = arena_create();
    uint32_t *const indices = ARENA_ARRAY(arena, uint32_t, parcels->count);
    bool done;

    for (size_t i = 0; i < parcels->count; i++)
        indices[i] = (uint32_t)i;
    done = look_at_many(parcels, indices, parcels->count, source, rulebook, as_of, err);
    arena_destroy(arena);
    return done;
}
