/*
 * How soon slow hubs are told, and how often hubs that nothing was done to: nights of a simulated network (jobs/simulator) in
 * memory, one after the other, judged by the code of a night; what is normal is learned once a week, from what was known by then.
 *
 *     bench_incidents SHIPMENTS SEED [calm]
 *
 * 16 weeks of labels from 2026-01-05. From 2026-02-03 on every working day another hub of some carrier misses half of its
 * departures for two days. Counted are hubs of which 8 parcels or more were to move on that night.
 *
 * calm: a year of labels from 2025-06-01 in which nothing goes wrong; told is what opens from 2026-03-25 on, on nights by a public
 * holiday (its day and the two after it) and on others.
 */
#include "detectors/incidents/incidents.h"
#include "detectors/baseline/baseline.h"
#include "detectors/incidents/groups.h"
#include "detectors/incidents/night_day.h"
#include "tests/bench/pages.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
    DAYS = 112,
    FIRST_NIGHT = 14,     // of those days
    FIRST_SLOWDOWN = 29,  // after two weeks of nights
    DAYS_SLOW = 2,
    DAYS_AFTER = 5,  // parcels that were held up still come through
    DAYS_WATCHED = 60,
    COUNTED_LEAST = 8,
    DAYS_LEARNED = 7,  // from one learning to the next: it costs more than all the rest
    CALM_DAYS = 373,
    CALM_NIGHTS = 108,  // the last but a week's
    CALM_COUNTED = 69,  // the last of those
};

typedef struct Slow
{
    const char *carrier, *place;
} Slow;

// Hubs with parcels enough, so mixed that no carrier has two slow ones at a time often.
static const Slow hubs[] = {{"colissimo", "LYS"}, {"dpd", "PAR"}, {"chronopost", "LIL"},
    {"mondialrelay", "PAR"}, {"colissimo", "BOD"}, {"gls", "PAR"}, {"chronopost", "LYS"},
    {"dpd", "LYS"}, {"colissimo", "TLS"}, {"mondialrelay", "ORE"}, {"dpd", "LIL"},
    {"chronopost", "PAR"}, {"colissimo", "MRS"}, {"gls", "LYS"}, {"mondialrelay", "LYS"},
    {"chronopost", "BOD"}, {"colissimo", "SXB"}, {"dpd", "BOD"}, {"mondialrelay", "LIL"},
    {"chronopost", "TLS"}, {"colissimo", "NTE"}, {"dpd", "TLS"}, {"mondialrelay", "BOD"},
    {"chronopost", "MRS"}, {"colissimo", "RNS"}, {"dpd", "MRS"}, {"mondialrelay", "TLS"},
    {"chronopost", "SXB"}, {"colissimo", "LIL"}, {"dpd", "SXB"}, {"mondialrelay", "MRS"},
    {"chronopost", "NTE"}, {"colissimo", "PAR"}, {"gls", "LIL"}, {"mondialrelay", "SXB"},
    {"colissimo", "URO"}};
#define SLOW_COUNT (sizeof hubs / sizeof hubs[0])

typedef struct CalmNights
{
    int64_t nights, hubs, told[INCIDENT_KIND_COUNT];
} CalmNights;

typedef struct Nights
{
    Arena *arena;
    LearnPlan plan;
    SimulatorWish wishes[SLOW_COUNT];
    ShipmentList shipments;
    Arena *learned;  // what holds the baselines
    const Baselines *baselines;
    struct
    {
        Arena *arena;
        Flow *items;
        size_t count, capacity;
    } history;
    Incident *open;
    size_t open_count;
    int64_t first_nights, found, found_before, found_wider, calm, false_hubs, others;
    bool all_calm;
    Day first_scored;
    CalmNights by_holiday[2];  // [1] by one
} Nights;

static SimulatorPlan
plan_of(Nights *nights, int64_t shipments, uint64_t seed)
{
    const Day from = day_from_civil(2026, 1, 5);
    Day day = from + FIRST_SLOWDOWN;

    for (size_t i = 0; i < SLOW_COUNT; i++, day++) {
        while (day_weekday(day) >= 5)
            day++;
        nights->wishes[i] = (SimulatorWish){.kind = SIMULATOR_SLOWDOWN,
            .carrier = hubs[i].carrier,
            .place = hubs[i].place,
            .first = day,
            .days = DAYS_SLOW,
            .severity = .5};
    }
    return (SimulatorPlan){.seed = seed,
        .shipments = shipments,
        .from = from,
        .to = from + DAYS - 1,
        .wishes = nights->wishes,
        .wish_count = SLOW_COUNT};
}

static SimulatorPlan
calm_plan(int64_t shipments, uint64_t seed)
{
    const Day from = day_from_civil(2025, 6, 1);

    return (SimulatorPlan){.seed = seed,
        .shipments = shipments,
        .from = from,
        .to = from + CALM_DAYS - 1,
        .calm = true};
}

static void
keep_all(Nights *nights, Pages *pages, int64_t count)
{
    for (int64_t first = 0; first < count; first += PAGE) {
        pages_make(pages, first);
        for (size_t i = 0; i < pages->page.count; i++) {
            Shipment shipment = pages->page.items[i];
            Scan *const scans = ARENA_ARRAY(nights->arena, Scan, shipment.scan_count);

            if (shipment.scan_count > 0)
                memcpy(scans, shipment.scans, shipment.scan_count * sizeof *scans);
            shipment.scans = scans;
            ARENA_PUSH(&nights->shipments, shipment);
        }
    }
}

static void
learn(Nights *nights, Instant as_of)
{
    const ShipmentList *const list = &nights->shipments;

    if (nights->learned)
        arena_destroy(nights->learned);
    nights->learned = arena_create();
    nights->plan.as_of = as_of;
    nights->plan.landmark = learn_landmark(nights->plan.zone, as_of);

    ClockCounter *const counter = clock_counter_create(nights->learned, &nights->plan);

    for (size_t i = 0; i < list->count; i++)
        clock_counter_add(counter, &list->items[i]);

    Learner *const learner = learner_create(
        nights->learned, &nights->plan, clock_counter_finish(nights->learned, counter));

    for (size_t i = 0; i < list->count; i++)
        learner_add(learner, &list->items[i]);
    nights->baselines =
        baselines_fit(nights->learned, learner_finish(nights->learned, learner), &nights->plan);
}

// Days since the hub began to be slow, by the end of a day; -1 when it is itself.
static int
days_slow(const Nights *nights, const char *carrier, const char *place, Day day)
{
    for (size_t i = 0; i < SLOW_COUNT; i++)
        if (strcmp(nights->wishes[i].carrier, carrier) == 0 &&
            strcmp(nights->wishes[i].place, place) == 0 && day >= nights->wishes[i].first &&
            day < nights->wishes[i].first + DAYS_SLOW + DAYS_AFTER)
            return (int)(day - nights->wishes[i].first);
    return -1;
}

static bool
is_told(const IncidentsFound *found, IncidentEvent event, IncidentKind kind, const char *carrier,
    const char *name)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].event == event && found->items[i].kind == kind &&
            strcmp(found->items[i].carrier, carrier) == 0 &&
            (name == NULL || strcmp(found->items[i].name, name) == 0))
            return true;
    return false;
}

static void
score_hub(Nights *nights, const IncidentsFound *found, const Flow *flow, Day day)
{
    const int slow = days_slow(nights, flow->carrier, flow->name, day);
    const bool told = is_told(found, INCIDENT_OPENED, INCIDENT_HUB, flow->carrier, flow->name);

    if (slow == 0 && flow->expected >= COUNTED_LEAST) {
        const bool before =
            is_told(found, INCIDENT_CONFIRMED, INCIDENT_HUB, flow->carrier, flow->name);
        const bool wider = is_told(found, INCIDENT_OPENED, INCIDENT_SERVICE, flow->carrier, NULL) ||
                           is_told(found, INCIDENT_OPENED, INCIDENT_CARRIER, flow->carrier, NULL);

        nights->first_nights++;
        nights->found += told;
        nights->found_before += before;
        nights->found_wider += !told && !before && wider;
        printf("  %s %s %s: %.0f of %.1f%s\n", day_print(nights->arena, day), flow->carrier,
            flow->name, flow->observed, flow->expected,
            told     ? ", told"
            : before ? ", told on a night before"
            : wider  ? ", told as a wider group"
                     : "");
    }
    if (slow < 0 && flow->expected >= COUNTED_LEAST) {
        nights->calm++;
        nights->false_hubs += told;
        if (told)
            printf("  %s %s %s: %.0f of %.1f, told though it is itself\n",
                day_print(nights->arena, day), flow->carrier, flow->name, flow->observed,
                flow->expected);
    }
}

static void
score(Nights *nights, const IncidentsFound *found, Day day)
{
    for (size_t i = 0; i < found->flow_count; i++)
        if (found->flows[i].kind == INCIDENT_HUB)
            score_hub(nights, found, &found->flows[i], day);
    for (size_t i = 0; i < found->count; i++)
        nights->others +=
            found->items[i].event == INCIDENT_OPENED && found->items[i].kind != INCIDENT_HUB;
}

static void
score_calm(Nights *nights, const IncidentsFound *found, Day day)
{
    CalmNights *const sums =
        &nights->by_holiday[night_day(nights->plan.calendar, day - 1, day).by_holiday];

    sums->nights++;
    for (size_t i = 0; i < found->flow_count; i++)
        sums->hubs +=
            found->flows[i].kind == INCIDENT_HUB && found->flows[i].expected >= COUNTED_LEAST;
    for (size_t i = 0; i < found->count; i++) {
        const Incident *const incident = &found->items[i];

        if (incident->event != INCIDENT_OPENED)
            continue;
        sums->told[incident->kind]++;
        printf("  %s %s %s %s: %.0f of %.1f\n", day_print(nights->arena, day),
            incident_kind_name(incident->kind), incident->carrier, incident->name,
            incident->observed, incident->expected);
    }
}

static void
print_calm(const CalmNights *sums, const char *which)
{
    printf("%s: %" PRId64 " nights, told were %" PRId64 " feeds, %" PRId64 " carriers, %" PRId64
           " services, %" PRId64 " lanes, and %" PRId64 " hubs in %" PRId64 " hub-nights\n",
        which, sums->nights, sums->told[INCIDENT_FEED], sums->told[INCIDENT_CARRIER],
        sums->told[INCIDENT_SERVICE], sums->told[INCIDENT_LANE], sums->told[INCIDENT_HUB],
        sums->hubs);
}

static void
remember(Nights *nights, const IncidentsFound *found)
{
    nights->open = ARENA_ARRAY(nights->arena, Incident, found->count);
    nights->open_count = 0;
    for (size_t i = 0; i < found->count; i++) {
        Incident incident = found->items[i];

        incident.carrier = arena_copy(nights->arena, incident.carrier);
        incident.name = arena_copy(nights->arena, incident.name);
        if (incident.event != INCIDENT_CLOSED)
            nights->open[nights->open_count++] = incident;
    }
    for (size_t i = 0; i < found->flow_count; i++) {
        Flow flow = found->flows[i];

        flow.carrier = arena_copy(nights->arena, flow.carrier);
        flow.name = arena_copy(nights->arena, flow.name);
        ARENA_PUSH(&nights->history, flow);
    }
}

// Older nights say nothing any more, as flow_read.sql has it.
static size_t
first_of_history(const Nights *nights, Instant as_of)
{
    size_t first = 0;

    while (first < nights->history.count &&
           nights->history.items[first].as_of < as_of - INCIDENT_HISTORY_DAYS * HOURS_24)
        first++;
    return first;
}

static void
judge_night(Nights *nights, Day day)
{
    Arena *const arena = arena_create();
    const Zone *const zone = nights->plan.zone;
    const Instant as_of = zone_day_end(zone, day), after = zone_day_end(zone, day - 1);

    const size_t first = first_of_history(nights, as_of);
    FlowMeter *const meter = flow_meter_create(arena, nights->baselines, after, as_of);

    for (size_t i = 0; i < nights->shipments.count; i++)
        if (nights->shipments.items[i].created_at > as_of - DAYS_WATCHED * HOURS_24)
            flow_meter_add(meter, &nights->shipments.items[i]);

    const IncidentsFound found =
        incidents_find(arena, &(IncidentNight){.after = after,
                                  .as_of = as_of,
                                  .zone = zone,
                                  .calendar = nights->plan.calendar,
                                  .meter = meter,
                                  .history = nights->history.items + first,
                                  .history_count = nights->history.count - first,
                                  .open = nights->open,
                                  .open_count = nights->open_count});

    if (day >= nights->first_scored) {
        if (nights->all_calm)
            score_calm(nights, &found, day);
        else
            score(nights, &found, day);
    }
    remember(nights, &found);
    arena_destroy(arena);
}

static void
judge_nights(Nights *nights, Day first, Day last)
{
    for (Day day = first; day <= last; day++) {
        if ((day - first) % DAYS_LEARNED == 0)
            learn(nights, zone_day_end(nights->plan.zone, day));
        judge_night(nights, day);
    }
}

static void
print_scores(const Nights *nights)
{
    printf("slow hubs told the first night: %" PRId64 " of %" PRId64 ", %" PRId64
           " more as their service or carrier, %" PRId64 " before anything was done to them\n",
        nights->found, nights->first_nights, nights->found_wider, nights->found_before);
    printf("hubs told that were themselves: %" PRId64 " in %" PRId64 " hub-nights (%.2f %%)\n",
        nights->false_hubs, nights->calm, 100 * (double)nights->false_hubs / (double)nights->calm);
    printf("carriers, services and lanes told: %" PRId64 "\n", nights->others);
}

int
main(int argc, char **argv)
{
    const bool all_calm = argc == 4 && strcmp(argv[3], "calm") == 0;

    if (argc != 3 && !all_calm) {
        fprintf(stderr, "usage: bench_incidents SHIPMENTS SEED [calm]\n");
        return 2;
    }

    Arena *const arena = arena_create();
    Nights nights = {.arena = arena,
        .shipments = {.arena = arena},
        .history = {.arena = arena},
        .all_calm = all_calm};
    const int64_t shipments = strtoll(argv[1], NULL, 10);
    const uint64_t seed = strtoull(argv[2], NULL, 10);
    const SimulatorPlan plan =
        all_calm ? calm_plan(shipments, seed) : plan_of(&nights, shipments, seed);
    Pages *const pages = pages_of(arena, &plan, 1);
    const Day last = plan.to - 7;

    nights.plan = pages->plan;
    nights.first_scored = all_calm ? last - CALM_COUNTED + 1 : nights.wishes[0].first;
    keep_all(&nights, pages, shipments);
    judge_nights(&nights, all_calm ? last - CALM_NIGHTS + 1 : plan.from + FIRST_NIGHT, last);
    if (all_calm) {
        print_calm(&nights.by_holiday[1], "by a holiday");
        print_calm(&nights.by_holiday[0], "other nights");
    } else
        print_scores(&nights);
    arena_destroy(nights.learned);
    arena_destroy(arena);
    return 0;
}
