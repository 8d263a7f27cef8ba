/*
 * Where the gaps of a shipment are counted: the sums of its service, its lane, its carrier and its destination, found by their
 * names once a shipment.
 */
#include "detectors/baseline/learner_state.h"

#include <string.h>

size_t
carrier_intern(Learner *learner, const char *name)
{
    const int64_t next = (int64_t)learner->carriers.count;
    const int64_t index = map_intern(learner->carriers.index, name, strlen(name), next, NULL);

    if (index == next) {
        const CarrierDays carrier = {
            .name = arena_copy(learner->arena, name), .clock = clocks_of(learner->clocks, name)};

        ARENA_PUSH(&learner->carriers, carrier);
    }
    return (size_t)index;
}

// With its zero, so that "a", "b" is not "ab", "".
static void
key_add(Text *key, const char *name)
{
    text_add_bytes(key, name, strlen(name) + 1);
}

static void
key_make(Text *key, CohortKind kind, const Segment *names)
{
    const char prefix[2] = {(char)('0' + (int)kind), '\0'};

    key->length = 0;
    key_add(key, prefix);
    key_add(key, names->carrier);
    key_add(key, names->service);
    key_add(key, names->origin);
    key_add(key, names->destination);
}

Cells *
segment_sums(Learner *learner, CohortKind kind, const Segment *given)
{
    SegmentTable *const table = &learner->segments;
    const bool lane = kind == COHORT_LANE || kind == COHORT_CARD;
    const bool recent = kind == COHORT_RECENT || kind == COHORT_EARLIER;
    const Segment names = {.kind = kind,
        .carrier = given->carrier,
        .service = lane || kind == COHORT_SERVICE ? given->service : "",
        .origin = lane ? given->origin : "",
        .destination = lane || recent ? given->destination : ""};

    key_make(&table->key, kind, &names);

    const int64_t next = (int64_t)table->count;
    const int64_t index = map_intern(table->index, table->key.bytes, table->key.length, next, NULL);

    if (index == next) {
        const Segment segment = {.kind = kind,
            .carrier = arena_copy(table->arena, names.carrier),
            .service = arena_copy(table->arena, names.service),
            .origin = arena_copy(table->arena, names.origin),
            .destination = arena_copy(table->arena, names.destination),
            .sums = cells_create(learner->pool)};

        ARENA_PUSH(table, segment);
    }
    return table->items[index].sums;
}

Route *
route_of(Learner *learner, const Shipment *shipment)
{
    const Segment names = {.carrier = shipment->carrier,
        .service = shipment->service,
        .origin = shipment_origin(shipment),
        .destination = shipment_destination(shipment)};
    Text *const key = &learner->segments.key;

    key_make(key, COHORT_LANE, &names);

    const int64_t next = (int64_t)learner->route_list.count;
    const int64_t index = map_intern(learner->routes, key->bytes, key->length, next, NULL);

    if (index == next) {
        Route route = {.carrier = carrier_intern(learner, names.carrier)};

        for (CohortKind kind = COHORT_SERVICE; kind < COHORT_KIND_COUNT; kind++)
            if (kind != COHORT_CARD && kind != COHORT_SLACK)
                route.sums[kind] = segment_sums(learner, kind, &names);
        ARENA_PUSH(&learner->route_list, route);
    }
    return &learner->route_list.items[index];
}
