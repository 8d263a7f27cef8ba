/*
 * What counting costs: a gap with all that is done for it, its additions alone, a single one of them, and, beside them, a plain
 * histogram. Pages are in memory.
 */
#include "tests/bench/counting.h"

#include "detectors/baseline/learner_state.h"
#include "tests/bench/processor.h"

#include <math.h>
#include <stdio.h>

enum
{
    ROUNDS = 7,
};

static volatile double checksum;  // so that no compiler leaves out what nobody reads

const OperatingClocks *
bench_clocks(Pages *pages, int64_t shipments, Arena *arena)
{
    ClockCounter *const counter = clock_counter_create(arena, &pages->plan);

    for (int64_t first = 0; first < shipments; first += (int64_t)10 * PAGE) {
        pages_make(pages, first);
        for (size_t i = 0; i < pages->page.count; i++)
            clock_counter_add(counter, &pages->page.items[i]);
    }
    return clock_counter_finish(arena, counter);
}

typedef struct Additions
{
    Arena *arena;
    CellAddition *items;
    size_t count, capacity;
} Additions;

// A shipment's additions, whose number is returned in place of making them.
static size_t
gather(Learner *learner, const Shipment *shipment, Additions *all)
{
    const size_t before = all->count;

    learner_gather(learner, shipment);
    for (size_t i = 0; i < learner->queued; i++)
        ARENA_PUSH(all, learner->queue[i]);
    queue_flush(learner);
    return all->count - before;
}

// The additions of one page's gaps alone, parcel by parcel, again and again.
static void
time_additions(const Pages *pages, Learner *learner, Arena *arena)
{
    Additions all = {.arena = arena};
    const int64_t gaps = learner->gaps;
    size_t counts[PAGE];
    double best = 1e9;

    for (size_t i = 0; i < pages->page.count; i++)
        counts[i] = gather(learner, &pages->page.items[i], &all);
    for (int round = 0; round < 20 * ROUNDS; round++) {
        const CellAddition *next = all.items;
        const int64_t begin = processor_micros();

        for (size_t i = 0; i < pages->page.count; next += counts[i], i++)
            cells_add_all(learner->pool, next, counts[i]);

        const double micros = (double)(processor_micros() - begin);

        best = micros < best ? micros : best;
    }

    const double of_page = (double)(learner->gaps - gaps);

    printf("counting, all sums of a gap, %.1f on average         %.1f ns a gap (best of %d)\n",
        (double)all.count / of_page, 1e3 * best / of_page, 20 * ROUNDS);
}

// Once more over one page, again and again: counting itself, with the sums at hand.
static void
time_page(Pages *pages, int64_t shipments)
{
    Arena *const work = arena_create();
    Learner *const learner =
        learner_create(work, &pages->plan, bench_clocks(pages, shipments, work));
    double best = 1e9;

    pages_make(pages, shipments / 2);
    for (int round = 0; round < 20 * ROUNDS; round++) {
        const int64_t begin = processor_micros();

        for (size_t i = 0; i < pages->page.count; i++)
            learner_add(learner, &pages->page.items[i]);

        const double micros = (double)(processor_micros() - begin);

        best = micros < best ? micros : best;
    }

    printf("counting, one page in memory, best of %d           %.1f ns a gap\n", 20 * ROUNDS,
        1e3 * best * 20 * ROUNDS / (double)learner->gaps);
    time_additions(pages, learner, work);
    arena_destroy(work);
}

// One sum of one segment at a time, as in a network of a thousand lanes, at most of the cells a lane has.
static void
time_sums(void)
{
    enum
    {
        LANES = 1024,
        SUMS = 1 << 20,
        TOGETHER = 64,
    };
    Arena *const arena = arena_create();
    CellPool *const pool = cell_pool_create(arena);
    Cells *lanes[LANES];
    CellAddition queue[TOGETHER];
    uint64_t random = 1;
    double best = 1e18;

    for (int i = 0; i < LANES; i++)
        lanes[i] = cells_create(pool);
    for (int round = 0; round < ROUNDS; round++) {
        const int64_t begin = processor_micros();

        for (int i = 0; i < SUMS; i++) {
            random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            queue[i % TOGETHER] =
                (CellAddition){lanes[random >> 54], 1024, 1 + (uint32_t)(random >> 32 & 127)};
            if (i % TOGETHER == TOGETHER - 1)
                cells_add_all(pool, queue, TOGETHER);
        }

        const double micros = (double)(processor_micros() - begin);

        best = micros < best ? micros : best;
    }
    printf("counting, one sum of a gap's several                %.1f ns a sum (best of %d)\n",
        1e3 * best / SUMS, ROUNDS);
    arena_destroy(arena);
}

// What a gap costs that is counted once, into one table, as other tools' histograms do it (scripts/bench).
static void
time_table(void)
{
    enum
    {
        GAPS = 1 << 20,
    };
    Arena *const arena = arena_create();
    double *const hours = ARENA_ARRAY(arena, double, GAPS);
    int64_t sums[BIN_COUNT] = {0};
    uint32_t random = 1;
    double best = 1e18;

    for (size_t i = 0; i < GAPS; i++) {
        random = random * 1664525U + 1013904223U;
        hours[i] = -24 * log1p(-random / 0x1p32);
    }
    for (int round = 0; round < ROUNDS; round++) {
        const int64_t begin = processor_micros();

        for (size_t i = 0; i < GAPS; i++)
            sums[bin_of(hours[i])]++;

        const double micros = (double)(processor_micros() - begin);

        best = micros < best ? micros : best;
    }
    checksum += (double)sums[0];
    printf("counting, a gap into one table                      %.1f ns a gap (best of %d)\n",
        1e3 * best / GAPS, ROUNDS);
    arena_destroy(arena);
}

void
time_counting(Pages *pages, int64_t shipments)
{
    time_page(pages, shipments);
    time_sums();
    time_table();
}
