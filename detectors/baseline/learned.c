/*
 * The sums of a learner, in an order that depends on names only.
 */
#include "detectors/baseline/learner_state.h"

#include <stdlib.h>
#include <string.h>

static size_t
count_filled(const int64_t sums[CELL_KEYS])
{
    size_t count = 0;

    for (int bin = 0; bin < BIN_COUNT; bin++)
        count += sums[2 * bin] > 0 || sums[2 * bin + 1] > 0;
    return count;
}

// Of gaps that closed nothing waits: most leaves share their zeros.
static const int64_t none_waits[BIN_COUNT];

static void
give_sums(Arena *arena, const int64_t sums[CELL_KEYS], size_t count, Cohort *cohort)
{
    int16_t *const bins = ARENA_ARRAY(arena, int16_t, count);
    int64_t *const ended = ARENA_ARRAY(arena, int64_t, count);
    int64_t *waited = NULL;
    size_t next = 0;

    for (int bin = 0; bin < BIN_COUNT && !waited; bin++)
        if (sums[2 * bin + 1] > 0)
            waited = ARENA_ARRAY(arena, int64_t, count);

    for (int bin = 0; bin < BIN_COUNT; bin++)
        if (sums[2 * bin] > 0 || sums[2 * bin + 1] > 0) {
            bins[next] = (int16_t)bin;
            ended[next] = sums[2 * bin];
            if (waited)
                waited[next] = sums[2 * bin + 1];
            next++;
        }
    cohort->bin_count = count;
    cohort->bins = bins;
    cohort->ended = ended;
    cohort->waited = waited ? waited : none_waits;
}

typedef struct CohortList
{
    Arena *arena;
    Cohort *items;
    size_t count, capacity;
} CohortList;

static void
finish_leaves(
    CohortList *list, const Cohort *names, const Cells *parts, Measure measure, Stage stage)
{
    int64_t sums[CELL_KEYS];

    for (int part = 0; parts && part < leaf_parts(names->kind); part++) {
        Cohort cohort = *names;

        if (cells_are_empty(&parts[part]))
            continue;
        cells_read(&parts[part], sums);
        cohort.measure = measure;
        cohort.stage = stage;
        cohort.part = part;
        give_sums(list->arena, sums, count_filled(sums), &cohort);
        ARENA_PUSH(list, cohort);
    }
}

static size_t
count_leaves(const Learner *learner)
{
    size_t count = 0;

    for (size_t i = 0; i < learner->segments.count; i++) {
        const Segment *const own = &learner->segments.items[i];

        for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
            for (Stage m = 0; m < STAGE_COUNT; m++)
                for (int part = 0; own->leaves[measure][m] && part < leaf_parts(own->kind); part++)
                    count += !cells_are_empty(&own->leaves[measure][m][part]);
    }
    return count;
}

// Names are copied once a segment, not once a leaf. There may be a million of them: the list never grows, which would leave
// its old selves behind.
static void
finish_cohorts(Arena *arena, const Learner *learner, Learned *learned)
{
    CohortList list = {.arena = arena, .capacity = count_leaves(learner)};

    list.items = ARENA_ARRAY(arena, Cohort, list.capacity);
    for (size_t i = 0; i < learner->segments.count; i++) {
        const Segment *const own = &learner->segments.items[i];
        const Cohort names = {.kind = own->kind,
            .carrier = arena_copy(arena, own->carrier),
            .service = arena_copy(arena, own->service),
            .origin = arena_copy(arena, own->origin),
            .destination = arena_copy(arena, own->destination)};

        for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
            for (Stage m = 0; m < STAGE_COUNT; m++)
                finish_leaves(&list, &names, own->leaves[measure][m], measure, m);
    }
    if (list.count > 0)
        qsort(list.items, list.count, sizeof *list.items, cohort_compare);
    learned->cohorts = list.items;
    learned->cohort_count = list.count;
}

static void
finish_days(Arena *arena, const Learner *learner, Learned *learned)
{
    struct
    {
        Arena *arena;
        CohortDay *items;
        size_t count, capacity;
    } list = {.arena = arena};

    for (size_t i = 0; i < learner->carriers.count; i++) {
        const CarrierDays *const carrier = &learner->carriers.items[i];
        CohortDay day = {.carrier = arena_copy(arena, carrier->name)};

        for (day.measure = MEASURE_MOVE; day.measure < MEASURE_COUNT; day.measure++)
            for (day.stage = 0; day.stage < STAGE_COUNT; day.stage++) {
                const DayGaps *const counts = carrier->of[day.measure][day.stage];

                for (size_t d = 0; counts && d < learner->days; d++) {
                    day.day = learner->first_day + (Day)d;
                    day.closed = counts[d].closed;
                    day.open = counts[d].open;
                    if (day.closed > 0 || day.open > 0)
                        ARENA_PUSH(&list, day);
                }
            }
    }
    if (list.count > 0)
        qsort(list.items, list.count, sizeof *list.items, cohort_day_compare);
    learned->days = list.items;
    learned->day_count = list.count;
}

static void
finish_clocks(Arena *arena, const Learner *learner, Learned *learned)
{
    const CohortClock *const clocks = clocks_counts(learner->clocks, &learned->clock_count);
    CohortClock *const copy = ARENA_ARRAY(arena, CohortClock, learned->clock_count);

    for (size_t i = 0; i < learned->clock_count; i++) {
        copy[i] = clocks[i];
        copy[i].carrier = arena_copy(arena, clocks[i].carrier);
    }
    if (learned->clock_count > 0)
        qsort(copy, learned->clock_count, sizeof *copy, cohort_clock_compare);
    learned->clocks = copy;
}

const Learned *
learner_finish(Arena *arena, const Learner *learner)
{
    Learned *const learned = ARENA_NEW(arena, Learned);

    *learned = (Learned){.as_of = learner->plan->as_of,
        .landmark = learner->plan->landmark,
        .shipments = learner->shipments,
        .scans = learner->scans,
        .gaps = learner->gaps};
    finish_cohorts(arena, learner, learned);
    finish_days(arena, learner, learned);
    finish_clocks(arena, learner, learned);
    return learned;
}
