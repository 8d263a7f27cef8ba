/*
 * Rows of the simulator, which are texts, turned into shipments.
 */
#include "tests/bench/pages.h"

#include "core/text.h"
#include "detectors/journey/history.h"
#include "tests/bench/must.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Where the columns that matter stand.
typedef struct Columns
{
    int id, carrier, service, origin_country, origin_zone, destination_country, destination_zone;
    int created, promised, cancelled;
    int occurred, recorded, code, subcode, milestone, text, place, scan_carrier;
} Columns;

static int
column(SimulatorTable table, const char *name)
{
    size_t count;
    const char *const *const names = simulator_columns(table, &count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return (int)i;
    abort();
}

static Columns *
columns_find(Arena *arena)
{
    Columns *const columns = ARENA_NEW(arena, Columns);

    *columns = (Columns){.id = column(SIMULATOR_SHIPMENTS, "shipment_id"),
        .carrier = column(SIMULATOR_SHIPMENTS, "carrier"),
        .service = column(SIMULATOR_SHIPMENTS, "service"),
        .origin_country = column(SIMULATOR_SHIPMENTS, "origin_country"),
        .origin_zone = column(SIMULATOR_SHIPMENTS, "origin_zone"),
        .destination_country = column(SIMULATOR_SHIPMENTS, "destination_country"),
        .destination_zone = column(SIMULATOR_SHIPMENTS, "destination_zone"),
        .created = column(SIMULATOR_SHIPMENTS, "created_at"),
        .promised = column(SIMULATOR_SHIPMENTS, "promised_at"),
        .cancelled = column(SIMULATOR_SHIPMENTS, "cancelled_at"),
        .occurred = column(SIMULATOR_SCANS, "occurred_at"),
        .recorded = column(SIMULATOR_SCANS, "recorded_at"),
        .code = column(SIMULATOR_SCANS, "code"),
        .subcode = column(SIMULATOR_SCANS, "subcode"),
        .milestone = column(SIMULATOR_SCANS, "milestone"),
        .text = column(SIMULATOR_SCANS, "text"),
        .place = column(SIMULATOR_SCANS, "place"),
        .scan_carrier = column(SIMULATOR_SCANS, "carrier")};
    return columns;
}

static const char *
name_once(Pages *pages, const char *name)
{
    bool is_new;
    const int64_t index =
        map_intern(pages->names, name, strlen(name), (int64_t)pages->name_list.count, &is_new);

    if (is_new)
        ARENA_PUSH(&pages->name_list, (const char *)arena_copy(pages->arena, name));
    return pages->name_list.items[index];
}

static Instant
instant_or_none(const char *text)
{
    Instant instant = INSTANT_NONE;

    return instant_parse(text, &instant) ? instant : INSTANT_NONE;
}

// A piece of the destination, by the parcel's number.
static const char *
piece_of(Pages *pages, const char *const *row)
{
    const char *const zone = row[pages->at->destination_zone];
    const char *const whole = *zone ? zone : row[pages->at->destination_country];
    const char *const id = row[pages->at->id];
    char name[128];

    if (pages->pieces <= 1)
        return name_once(pages, zone);
    snprintf(name, sizeof name, "%s-%" PRIu64, whole, text_hash(id, strlen(id)) % pages->pieces);
    return name_once(pages, name);
}

static bool
take_shipment(void *data, const char *const *row, Err *err)
{
    Pages *const pages = data;
    const Columns *const at = pages->at;
    const Shipment shipment = {.id = name_once(pages, ""),
        .carrier = name_once(pages, row[at->carrier]),
        .service = name_once(pages, row[at->service]),
        .origin_country = name_once(pages, row[at->origin_country]),
        .origin_zone = name_once(pages, row[at->origin_zone]),
        .destination_country = name_once(pages, row[at->destination_country]),
        .destination_zone = piece_of(pages, row),
        .created_at = instant_or_none(row[at->created]),
        .promised_at = instant_or_none(row[at->promised]),
        .cancelled_at = instant_or_none(row[at->cancelled]),
        .sample_weight = 1};

    (void)err;
    pages->first[pages->page.count] = pages->scans.count;
    if (shipment.created_at != INSTANT_NONE && pages->page.count < PAGE)
        ARENA_PUSH(&pages->page, shipment);
    return true;
}

static bool
take_scan(void *data, const char *const *row, Err *err)
{
    Pages *const pages = data;
    const Columns *const at = pages->at;
    Milestone milestone = MILESTONE_UNMAPPED;
    Scan scan = {.occurred_at = instant_or_none(row[at->occurred]),
        .recorded_at = instant_or_none(row[at->recorded]),
        .code = name_once(pages, row[at->code]),
        .subcode = name_once(pages, row[at->subcode]),
        .text = name_once(pages, row[at->text]),
        .place = name_once(pages, row[at->place]),
        .country = name_once(pages, ""),
        .carrier = name_once(pages, row[at->scan_carrier])};

    (void)err;
    if (milestone_parse(row[at->milestone], &milestone))
        scan.milestone = milestone;
    if (scan.occurred_at != INSTANT_NONE)
        ARENA_PUSH(&pages->scans, scan);
    return true;
}

// Make a page of shipments, normalised as learning and judging get them.
void
pages_make(Pages *pages, int64_t first)
{
    const SimulatorSink sink = {.data = pages, .shipment = take_shipment, .scan = take_scan};
    ShipmentList *const page = &pages->page;
    Err err = {0};

    page->count = pages->scans.count = 0;
    must(simulator_run(pages->simulator, first, PAGE, &sink, &err), &err);
    pages->first[page->count] = pages->scans.count;
    for (size_t i = 0; i < page->count; i++) {
        Scan *const scans = pages->scans.items + pages->first[i];
        const int carrier = history_settle_carrier(pages->catalogue, &page->items[i]);

        page->items[i].scans = scans;
        page->items[i].scan_count = history_normalise(
            pages->catalogue, carrier, scans, pages->first[i + 1] - pages->first[i]);
    }
}

Pages *
pages_of(Arena *arena, const SimulatorPlan *wanted, uint64_t pieces)
{
    Pages *const pages = ARENA_NEW(arena, Pages);
    Problems problems = {.arena = arena};
    Err err = {0};
    const Zone *const zone = zone_load(arena, "Europe/Paris", &err);
    const Calendar *const calendar = calendar_load(arena, "FR", &problems, &err);

    must(zone && calendar, &err);

    SimulatorPlan plan = *wanted;

    plan.zone = zone;
    plan.calendar = calendar;
    plan.known_until = zone_day_end(zone, plan.to);

    *pages = (Pages){.arena = arena,
        .simulator = simulator_create(arena, &plan, &err),
        .catalogue = catalogue_load(arena, (TextList){0}, (TextList){0}, &problems, &err),
        .plan = {.as_of = plan.known_until,
            .landmark = learn_landmark(zone, plan.known_until),
            .zone = zone,
            .calendar = calendar,
            .window_days = 365,
            .half_life_days = 60,
            .loss_half_life_days = 120,
            .loss_horizon_days = 30,
            .minimum_events = 30},
        .pieces = pieces,
        .page = {.arena = arena},
        .scans = {.arena = arena},
        .first = ARENA_ARRAY(arena, size_t, PAGE + 1),
        .at = columns_find(arena),
        .names = map_create(arena),
        .name_list = {.arena = arena}};
    must(pages->simulator && pages->catalogue, &err);
    return pages;
}

Pages *
pages_create(Arena *arena, int64_t shipments, uint64_t pieces)
{
    const Day to = day_from_civil(2026, 5, 15);

    return pages_of(arena,
        &(SimulatorPlan){
            .seed = 1, .shipments = shipments, .from = to - 195, .to = to, .dirty_share = .001},
        pieces);
}
