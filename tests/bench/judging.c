/*
 * What counting, fitting and judging cost without a database around them, on simulated parcels (jobs/simulator) that are
 * made a page at a time, as learning reads them. scripts/bench runs it.
 *
 *     bench_judging SHIPMENTS PIECES
 *
 * Every destination is cut into PIECES zones, so that there are that many times as many lanes. Times are of the
 * processor, the best of several rounds, since the machine is seldom ours alone; memory is the process's, from /proc, after everything but the
 * learned sums has been given back.
 */
#include "core/map.h"
#include "detectors/baseline.h"
#include "detectors/history.h"
#include "jobs/simulator/simulator.h"

#include <inttypes.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum
{
    PAGE = 2000,  // shipments made and counted at a time, as source.page_shipments
    ROUNDS = 7,
    COLUMNS_MAX = 64,
};

// Where the columns that matter stand.
typedef struct Columns
{
    int id, carrier, service, origin_country, origin_zone, destination_country, destination_zone;
    int created, promised, cancelled;
    int occurred, recorded, code, subcode, milestone, scan_carrier;
} Columns;

typedef struct Page
{
    Arena *arena;
    Shipment *items;
    size_t count, capacity;
} Page;

typedef struct ScanList
{
    Arena *arena;
    Scan *items;
    size_t count, capacity;
} ScanList;

typedef struct Bench
{
    Arena *arena;
    const Simulator *simulator;
    const Catalogue *catalogue;
    LearnPlan plan;
    Columns at;
    Map *names;  // texts that repeat are kept once
    struct
    {
        Arena *arena;
        const char **items;
        size_t count, capacity;
    } name_list;
    int64_t shipments;
    uint64_t pieces;
    Page page, in_flight;
    ScanList scans;  // of the page
    size_t *first;   // of each shipment's scans
    int64_t gaps, micros;
} Bench;

// Of the processor: the machine is shared.
static int64_t
processor_micros(void)
{
    struct timespec used;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (int64_t)used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

static void
must(bool good, const Err *err)
{
    if (good)
        return;
    fprintf(stderr, "bench_judging: %s\n", err->text);
    exit(1);
}

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

static Columns
columns_find(void)
{
    return (Columns){.id = column(SIMULATOR_SHIPMENTS, "shipment_id"),
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
        .scan_carrier = column(SIMULATOR_SCANS, "carrier")};
}

static const char *
name_once(Bench *bench, const char *name)
{
    bool is_new;
    const int64_t index =
        map_intern(bench->names, name, strlen(name), (int64_t)bench->name_list.count, &is_new);

    if (is_new)
        ARENA_PUSH(&bench->name_list, (const char *)arena_copy(bench->arena, name));
    return bench->name_list.items[index];
}

static Instant
instant_or_none(const char *text)
{
    Instant instant = INSTANT_NONE;

    return instant_parse(text, &instant) ? instant : INSTANT_NONE;
}

// A piece of the destination, by the parcel's number.
static const char *
piece_of(Bench *bench, const char *const *row)
{
    const char *const zone = row[bench->at.destination_zone];
    const char *const whole = *zone ? zone : row[bench->at.destination_country];
    const char *const id = row[bench->at.id];
    char name[128];

    if (bench->pieces <= 1)
        return name_once(bench, zone);
    snprintf(name, sizeof name, "%s-%" PRIu64, whole, text_hash(id, strlen(id)) % bench->pieces);
    return name_once(bench, name);
}

static bool
take_shipment(void *data, const char *const *row, Err *err)
{
    Bench *const bench = data;
    const Columns *const at = &bench->at;
    const Shipment shipment = {.id = name_once(bench, ""),
        .carrier = name_once(bench, row[at->carrier]),
        .service = name_once(bench, row[at->service]),
        .origin_country = name_once(bench, row[at->origin_country]),
        .origin_zone = name_once(bench, row[at->origin_zone]),
        .destination_country = name_once(bench, row[at->destination_country]),
        .destination_zone = piece_of(bench, row),
        .created_at = instant_or_none(row[at->created]),
        .promised_at = instant_or_none(row[at->promised]),
        .cancelled_at = instant_or_none(row[at->cancelled]),
        .sample_weight = 1};

    (void)err;
    bench->first[bench->page.count] = bench->scans.count;
    if (shipment.created_at != INSTANT_NONE && bench->page.count < PAGE)
        ARENA_PUSH(&bench->page, shipment);
    return true;
}

static bool
take_scan(void *data, const char *const *row, Err *err)
{
    Bench *const bench = data;
    const Columns *const at = &bench->at;
    const char *const none = name_once(bench, "");
    Milestone milestone = MILESTONE_UNMAPPED;
    Scan scan = {.occurred_at = instant_or_none(row[at->occurred]),
        .recorded_at = instant_or_none(row[at->recorded]),
        .code = name_once(bench, row[at->code]),
        .subcode = name_once(bench, row[at->subcode]),
        .text = none,
        .place = none,
        .country = none,
        .carrier = name_once(bench, row[at->scan_carrier])};

    (void)err;
    if (milestone_parse(row[at->milestone], &milestone))
        scan.milestone = milestone;
    if (scan.occurred_at != INSTANT_NONE)
        ARENA_PUSH(&bench->scans, scan);
    return true;
}

// Make a page of shipments, normalised as learning and judging get them.
static void
make_page(Bench *bench, int64_t first)
{
    const SimulatorSink sink = {.data = bench, .shipment = take_shipment, .scan = take_scan};
    Page *const page = &bench->page;
    Err err = {0};

    page->count = bench->scans.count = 0;
    must(simulator_run(bench->simulator, first, PAGE, &sink, &err), &err);
    bench->first[page->count] = bench->scans.count;
    for (size_t i = 0; i < page->count; i++) {
        Scan *const scans = bench->scans.items + bench->first[i];
        const int carrier = history_settle_carrier(bench->catalogue, &page->items[i]);

        page->items[i].scans = scans;
        page->items[i].scan_count = history_normalise(
            bench->catalogue, carrier, scans, bench->first[i + 1] - bench->first[i]);
    }
}

static void
keep_in_flight(Bench *bench)
{
    for (size_t i = 0; i < bench->page.count; i++) {
        Shipment shipment = bench->page.items[i];
        const History history = history_read(&shipment, bench->plan.as_of);

        if (!history_is_open(&history))
            continue;

        Scan *const scans = ARENA_ARRAY(bench->arena, Scan, shipment.scan_count);

        if (shipment.scan_count > 0)
            memcpy(scans, shipment.scans, shipment.scan_count * sizeof *scans);
        shipment.scans = scans;
        ARENA_PUSH(&bench->in_flight, shipment);
    }
}

static const OperatingClocks *
count_clocks(Bench *bench, Arena *arena)
{
    ClockCounter *const counter = clock_counter_create(arena, &bench->plan);

    for (int64_t first = 0; first < bench->shipments; first += (int64_t)10 * PAGE) {
        make_page(bench, first);
        for (size_t i = 0; i < bench->page.count; i++)
            clock_counter_add(counter, &bench->page.items[i]);
    }
    return clock_counter_finish(arena, counter);
}

// Every page once into the learner that is kept, and beforehand into others for the time.
static const Learned *
count_gaps(Bench *bench)
{
    Arena *const work = arena_create();
    const OperatingClocks *const clocks = count_clocks(bench, work);
    Learner *const learner = learner_create(work, &bench->plan, clocks);

    for (int64_t first = 0; first < bench->shipments; first += PAGE) {
        make_page(bench, first);

        const int64_t begin = processor_micros();

        for (size_t i = 0; i < bench->page.count; i++)
            learner_add(learner, &bench->page.items[i]);
        bench->micros += processor_micros() - begin;
        keep_in_flight(bench);
    }

    const Learned *const learned = learner_finish(bench->arena, learner);

    arena_destroy(work);
    return learned;
}

// Once more over one page, again and again: counting itself, with the sums at hand.
static void
time_counting(Bench *bench)
{
    Arena *const work = arena_create();
    Learner *const learner = learner_create(work, &bench->plan, count_clocks(bench, work));
    double best = 1e9;

    make_page(bench, bench->shipments / 2);
    for (int round = 0; round < 20 * ROUNDS; round++) {
        const int64_t begin = processor_micros();

        for (size_t i = 0; i < bench->page.count; i++)
            learner_add(learner, &bench->page.items[i]);

        const double micros = (double)(processor_micros() - begin);

        best = micros < best ? micros : best;
    }

    const Learned *const learned = learner_finish(work, learner);

    printf("counting, one page in memory, best of %d           %.1f ns a gap\n", 20 * ROUNDS,
        1e3 * best * 20 * ROUNDS / (double)learned->gaps);
    arena_destroy(work);
}

static int64_t
process_kib(const char *field)
{
    FILE *const file = fopen("/proc/self/status", "r");
    char line[256];
    int64_t kib = 0;

    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, field, strlen(field)) == 0)
            kib = strtoll(line + strlen(field), NULL, 10);
    if (file)
        fclose(file);
    return kib;
}

// What is free goes back to the system, and the peak starts anew.
static void
forget_peak(void)
{
    FILE *const file = fopen("/proc/self/clear_refs", "w");

    malloc_trim(0);
    if (file) {
        fputs("5", file);
        fclose(file);
    }
}

static size_t
count_lanes(const Learned *learned, size_t *stages)
{
    Arena *const arena = arena_create();
    Map *const lanes = map_create(arena);

    *stages = 0;
    for (size_t i = 0; i < learned->cohort_count; i++) {
        const Cohort *const cohort = &learned->cohorts[i];

        if (cohort->kind != COHORT_LANE)
            continue;

        const char *const key = arena_printf(arena, "%s\n%s\n%s\n%s", cohort->carrier,
            cohort->service, cohort->origin, cohort->destination);

        map_put(lanes, key, strlen(key), 1);
        ++*stages;
    }

    const size_t count = map_count(lanes);

    arena_destroy(arena);
    return count;
}

static const Baselines *
time_fitting(Bench *bench, const Learned *learned)
{
    const int64_t before = process_kib("VmRSS:");
    size_t stages;

    forget_peak();

    const int64_t sums = process_kib("VmRSS:");
    const int64_t begin = processor_micros();
    const Baselines *const baselines = baselines_fit(bench->arena, learned, &bench->plan);
    const double seconds = (double)(processor_micros() - begin) / 1e6;
    const int64_t peak = process_kib("VmHWM:");
    const size_t lanes = count_lanes(learned, &stages);

    forget_peak();

    const int64_t after = process_kib("VmRSS:");

    printf("fitting %zu lanes at %zu stages, %zu cohorts         %.2f s\n", lanes, stages,
        learned->cohort_count, seconds);
    printf("  memory with counting %.0f, sums %.0f, at most %.0f while fitting, %.0f MiB with "
           "baselines\n",
        (double)before / 1024, (double)sums / 1024, (double)peak / 1024, (double)after / 1024);
    printf("  baselines alone                                  %.0f MiB, %.0f while fitting\n",
        (double)(after - sums) / 1024, (double)(peak - sums) / 1024);
    return baselines;
}

static double checksum;  // so that no compiler leaves the judging out

typedef void
Judge(const Baselines *baselines, const Shipment *shipment, Instant as_of, Arena *arena);

static void
judge(const Baselines *baselines, const Shipment *shipment, Instant as_of, Arena *arena)
{
    checksum += baselines_judge(baselines, shipment, as_of, NULL, arena).silence_hours;
}

static void
judge_and_expect(const Baselines *baselines, const Shipment *shipment, Instant as_of, Arena *arena)
{
    Judgement judgement = baselines_judge(baselines, shipment, as_of, NULL, arena);

    baselines_expect(baselines, shipment, as_of, &judgement);
    checksum += (double)judgement.expected_low;
}

// Pages of parcels as a night reads them.
static void
time_judging(const Bench *bench, const Baselines *baselines, const char *what, Judge *one)
{
    const Instant as_of = bench->plan.as_of;
    Arena *const arena = arena_create();
    double best = 1e18;

    for (int round = 0; round < ROUNDS; round++) {
        const int64_t begin = processor_micros();

        for (size_t i = 0; i < bench->in_flight.count; i++) {
            one(baselines, &bench->in_flight.items[i], as_of, arena);
            if (i % PAGE == PAGE - 1)
                arena_reset(arena);
        }

        const double micros = (double)(processor_micros() - begin);

        best = micros < best ? micros : best;
        arena_reset(arena);
    }
    printf("%-50s %.2f us a parcel (best of %d)\n", what, best / (double)bench->in_flight.count,
        ROUNDS);
    arena_destroy(arena);
}

static void
describe_in_flight(const Bench *bench, const Baselines *baselines)
{
    Arena *const arena = arena_create();
    size_t promised = 0;
    double late = 0, lost = 0;

    for (size_t i = 0; i < bench->in_flight.count; i++) {
        const Shipment *const shipment = &bench->in_flight.items[i];
        const Judgement judgement =
            baselines_judge(baselines, shipment, bench->plan.as_of, NULL, arena);

        if (shipment->promised_at > bench->plan.as_of && judgement.p_late >= 0) {
            promised++;
            late += judgement.p_late;
        }
        lost += judgement.p_lost >= 0 ? judgement.p_lost : 0;
    }
    printf(
        "in flight: %zu parcels, %zu of them with a promise ahead; late %.9f, lost %.9f in sum\n",
        bench->in_flight.count, promised, late, lost);
    arena_destroy(arena);
}

static void
bench_begin(Bench *bench, int64_t shipments, uint64_t pieces)
{
    Arena *const arena = arena_create();
    Problems problems = {.arena = arena};
    Err err = {0};
    const Zone *const zone = zone_load(arena, "Europe/Paris", &err);
    const Calendar *const calendar = calendar_load(arena, "FR", &problems, &err);
    const Day to = day_from_civil(2026, 5, 15);

    must(zone && calendar, &err);

    const SimulatorPlan plan = {.seed = 1,
        .shipments = shipments,
        .from = to - 195,
        .to = to,
        .dirty_share = .001,
        .known_until = zone_day_end(zone, to),
        .zone = zone,
        .calendar = calendar};

    *bench = (Bench){.arena = arena,
        .simulator = simulator_create(arena, &plan, &err),
        .catalogue = catalogue_load(arena, (TextList){0}, &problems, &err),
        .plan = {.as_of = plan.known_until,
            .landmark = learn_landmark(zone, plan.known_until),
            .zone = zone,
            .calendar = calendar,
            .window_days = 365,
            .half_life_days = 60,
            .loss_half_life_days = 120,
            .loss_horizon_days = 30,
            .minimum_events = 30},
        .at = columns_find(),
        .names = map_create(arena),
        .name_list = {.arena = arena},
        .shipments = shipments,
        .pieces = pieces,
        .page = {.arena = arena},
        .in_flight = {.arena = arena},
        .scans = {.arena = arena},
        .first = ARENA_ARRAY(arena, size_t, PAGE + 1)};
    must(bench->simulator && bench->catalogue, &err);
}

int
main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: bench_judging SHIPMENTS PIECES\n");
        return 2;
    }

    Bench bench;

    bench_begin(&bench, strtoll(argv[1], NULL, 10), strtoull(argv[2], NULL, 10));

    const Learned *const learned = count_gaps(&bench);

    printf("counting %" PRId64 " gaps of %" PRId64 " shipments by the page   %.1f ns a gap\n",
        learned->gaps, learned->shipments, 1e3 * (double)bench.micros / (double)learned->gaps);
    time_counting(&bench);

    const Baselines *const baselines = time_fitting(&bench, learned);

    describe_in_flight(&bench, baselines);
    time_judging(&bench, baselines, "judging a parcel in flight", judge);
    time_judging(&bench, baselines, "with the expected range", judge_and_expect);
    arena_destroy(bench.arena);
    return checksum == 42;
}
