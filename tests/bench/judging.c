/*
 * What counting, fitting and judging cost without a database around them, on simulated parcels (jobs/simulator) that are
 * made a page at a time, as learning reads them. scripts/bench runs it.
 *
 *     bench_judging SHIPMENTS PIECES
 *
 * Every destination is cut into PIECES zones, so that there are that many times as many lanes. Times are of the
 * processor, the best of several rounds, since the machine is seldom ours alone; memory is the process's, from /proc,
 * after everything but the learned sums has been given back.
 */
#include "core/map.h"
#include "detectors/baseline/baseline.h"
#include "detectors/journey/history.h"
#include "detectors/stats/bins.h"
#include "tests/bench/counting.h"
#include "tests/bench/pages.h"
#include "tests/bench/processor.h"

#include <inttypes.h>
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
    ROUNDS = 7,
};

typedef struct Bench
{
    Arena *arena;
    Pages *pages;
    const LearnPlan *plan;
    int64_t shipments;
    ShipmentList in_flight;
    int64_t micros;  // of counting
} Bench;

static double checksum;  // so that no compiler leaves out what nobody reads

static void
keep_in_flight(Bench *bench)
{
    for (size_t i = 0; i < bench->pages->page.count; i++) {
        Shipment shipment = bench->pages->page.items[i];
        const History history = history_read(&shipment, bench->plan->as_of);

        if (!history_is_open(&history))
            continue;

        Scan *const scans = ARENA_ARRAY(bench->arena, Scan, shipment.scan_count);

        if (shipment.scan_count > 0)
            memcpy(scans, shipment.scans, shipment.scan_count * sizeof *scans);
        shipment.scans = scans;
        ARENA_PUSH(&bench->in_flight, shipment);
    }
}

// Every page once into the learner that is kept, and beforehand into others for the time.
static const Learned *
count_gaps(Bench *bench)
{
    Arena *const work = arena_create();
    const OperatingClocks *const clocks = bench_clocks(bench->pages, bench->shipments, work);
    Learner *const learner = learner_create(work, bench->plan, clocks);

    for (int64_t first = 0; first < bench->shipments; first += PAGE) {
        pages_make(bench->pages, first);

        const int64_t begin = processor_micros();

        for (size_t i = 0; i < bench->pages->page.count; i++)
            learner_add(learner, &bench->pages->page.items[i]);
        bench->micros += processor_micros() - begin;
        keep_in_flight(bench);
    }

    const Learned *const learned = learner_finish(bench->arena, learner);

    arena_destroy(work);
    return learned;
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
    const Baselines *const baselines = baselines_fit(bench->arena, learned, bench->plan);
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

typedef void
Judge(const Baselines *baselines, const Shipment *shipment, Instant as_of, Arena *arena);

static void
judge(const Baselines *baselines, const Shipment *shipment, Instant as_of, Arena *arena)
{
    checksum += baselines_judge(baselines, shipment, as_of, NULL, arena).silence_hours;
}

static void
judge_and_describe(
    const Baselines *baselines, const Shipment *shipment, Instant as_of, Arena *arena)
{
    Judgement judgement = baselines_judge(baselines, shipment, as_of, NULL, arena);

    baselines_describe(baselines, shipment, as_of, &judgement, arena);
    checksum += (double)judgement.expected_low;
}

// Pages of parcels as a night reads them.
static void
time_judging(const Bench *bench, const Baselines *baselines, const char *what, Judge *one)
{
    const Instant as_of = bench->plan->as_of;
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
            baselines_judge(baselines, shipment, bench->plan->as_of, NULL, arena);

        if (shipment->promised_at > bench->plan->as_of && judgement.p_late >= 0) {
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

int
main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: bench_judging SHIPMENTS PIECES\n");
        return 2;
    }

    Arena *const arena = arena_create();
    const int64_t shipments = strtoll(argv[1], NULL, 10);
    Pages *const pages = pages_create(arena, shipments, strtoull(argv[2], NULL, 10));
    Bench bench = {.arena = arena,
        .pages = pages,
        .plan = &pages->plan,
        .shipments = shipments,
        .in_flight = {.arena = arena}};

    const Learned *const learned = count_gaps(&bench);

    printf("counting %" PRId64 " gaps of %" PRId64 " shipments by the page   %.1f ns a gap\n",
        learned->gaps, learned->shipments, 1e3 * (double)bench.micros / (double)learned->gaps);
    time_counting(pages, shipments);

    const Baselines *const baselines = time_fitting(&bench, learned);

    describe_in_flight(&bench, baselines);
    time_judging(&bench, baselines, "judging a parcel in flight", judge);
    time_judging(&bench, baselines, "with segment and expected range", judge_and_describe);
    arena_destroy(arena);
    return checksum == 42;
}
