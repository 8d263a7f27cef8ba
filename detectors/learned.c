/*
 * The sums of a learner, in an order that depends on names only.
 */
#include "detectors/learner_state.h"

#include <stdlib.h>
#include <string.h>

static Cohort
cohort_of(
    Arena *arena, const Segment *segment, const Cells *cells, Measure measure, Milestone milestone)
{
    int64_t sums[CELL_KEYS];
    size_t count = 0;

    cells_read(cells, sums);
    for (int bin = 0; bin < BIN_COUNT; bin++)
        count += sums[2 * bin] > 0 || sums[2 * bin + 1] > 0;

    int16_t *const bins = ARENA_ARRAY(arena, int16_t, count);
    int64_t *const ended = ARENA_ARRAY(arena, int64_t, count);
    int64_t *const waited = ARENA_ARRAY(arena, int64_t, count);
    size_t next = 0;

    for (int bin = 0; bin < BIN_COUNT; bin++)
        if (sums[2 * bin] > 0 || sums[2 * bin + 1] > 0) {
            bins[next] = (int16_t)bin;
            ended[next] = sums[2 * bin];
            waited[next++] = sums[2 * bin + 1];
        }
    return (Cohort){.measure = measure,
        .milestone = milestone,
        .carrier = segment->carrier,
        .service = segment->service,
        .origin = segment->origin ? segment->origin : "",
        .destination = segment->origin ? segment->destination : "",
        .bin_count = count,
        .bins = bins,
        .ended = ended,
        .waited = waited};
}

static int
compare_names(const char *const *a, const char *const *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const int order = strcmp(a[i], b[i]);

        if (order != 0)
            return order;
    }
    return 0;
}

static int
compare_cohorts(const void *left, const void *right)
{
    const Cohort *const a = left;
    const Cohort *const b = right;
    const char *const names_a[] = {a->carrier, a->service, a->origin, a->destination};
    const char *const names_b[] = {b->carrier, b->service, b->origin, b->destination};

    if (a->measure != b->measure)
        return a->measure < b->measure ? -1 : 1;
    if (a->milestone != b->milestone)
        return a->milestone < b->milestone ? -1 : 1;
    return compare_names(names_a, names_b, 4);
}

static int
compare_totals(const void *left, const void *right)
{
    const CohortTotals *const a = left;
    const CohortTotals *const b = right;

    if (a->measure != b->measure)
        return a->measure < b->measure ? -1 : 1;
    if (a->milestone != b->milestone)
        return a->milestone < b->milestone ? -1 : 1;
    return strcmp(a->carrier, b->carrier);
}

static size_t
count_leaves(const Learner *learner)
{
    size_t count = 0;

    for (size_t i = 0; i < learner->segments.count; i++)
        for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
            for (Milestone m = 0; m < MILESTONE_COUNT; m++)
                count += learner->segments.items[i].leaves[measure][m] != NULL;
    return count;
}

// Names are copied once a segment, not once a leaf.
static void
finish_cohorts(Arena *arena, const Learner *learner, Learned *learned)
{
    Cohort *const cohorts = ARENA_ARRAY(arena, Cohort, count_leaves(learner));
    size_t count = 0;

    for (size_t i = 0; i < learner->segments.count; i++) {
        const Segment *const own = &learner->segments.items[i];
        const Segment segment = {.carrier = arena_copy(arena, own->carrier),
            .service = arena_copy(arena, own->service),
            .origin = arena_copy(arena, own->origin),
            .destination = arena_copy(arena, own->destination)};

        for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
            for (Milestone m = 0; m < MILESTONE_COUNT; m++)
                if (own->leaves[measure][m])
                    cohorts[count++] =
                        cohort_of(arena, &segment, own->leaves[measure][m], measure, m);
    }
    if (count > 0)
        qsort(cohorts, count, sizeof *cohorts, compare_cohorts);
    learned->cohorts = cohorts;
    learned->cohort_count = count;
}

static const CohortTotals *
find_totals(const CohortTotals *sorted, size_t count, const CohortTotals *wanted)
{
    return count > 0 ? bsearch(wanted, sorted, count, sizeof *sorted, compare_totals) : NULL;
}

// The clocks' totals (pass 1) with what was counted on them (pass 2). A pass 1 that saw fewer shipments than pass 2
// is allowed; its totals then lack some.
static void
finish_totals(Arena *arena, const Learner *learner, Learned *learned)
{
    size_t clock_count = 0;
    const CohortTotals *const clocks = clocks_totals(learner->clocks, &clock_count);
    CohortTotals *const sorted = ARENA_ARRAY(arena, CohortTotals, clock_count);
    struct
    {
        Arena *arena;
        CohortTotals *items;
        size_t count, capacity;
    } totals = {.arena = arena};

    if (clock_count > 0) {
        memcpy(sorted, clocks, clock_count * sizeof *sorted);
        qsort(sorted, clock_count, sizeof *sorted, compare_totals);
    }
    for (size_t i = 0; i < learner->carriers.count; i++)
        for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
            for (Milestone m = 0; m < MILESTONE_COUNT; m++) {
                const CohortTotals *const own = learner->carriers.items[i].of[measure][m];

                if (!own)
                    continue;

                const CohortTotals *const clock = find_totals(sorted, clock_count, own);
                CohortTotals whole = *own;

                whole.carrier = arena_copy(arena, own->carrier);
                if (clock) {
                    memcpy(whole.events, clock->events, sizeof whole.events);
                    memcpy(
                        whole.exposure_hours, clock->exposure_hours, sizeof whole.exposure_hours);
                }
                ARENA_PUSH(&totals, whole);
            }
    if (totals.count > 0)
        qsort(totals.items, totals.count, sizeof *totals.items, compare_totals);
    learned->totals = totals.items;
    learned->total_count = totals.count;
}

const Learned *
learner_finish(Arena *arena, const Learner *learner)
{
    Learned *const learned = ARENA_NEW(arena, Learned);

    *learned = (Learned){.as_of = learner->plan->as_of,
        .first_start = learner->first_start,
        .last_start = learner->last_start,
        .shipments = learner->shipments,
        .scans = learner->scans,
        .gaps = learner->gaps};
    finish_cohorts(arena, learner, learned);
    finish_totals(arena, learner, learned);
    return learned;
}
