/*
 * The sums of a learner, in an order that depends on names only.
 *
 * A sum is counted once and may belong to two cohorts: that of a service and phase also tells how far ahead the promise lay, that
 * of a lane what came next. Here they are told apart.
 */
#include "detectors/baseline/learner_state.h"

#include <stdlib.h>
#include <string.h>

// Of gaps that closed nothing waits: most cohorts share their zeros.
static const int64_t none_waits[BIN_COUNT];

enum
{
    PLACES = 1 << (2 + CELL_STAGE_BITS),  // measures and stages
};

static uint32_t
place_and_part(const CellSum *cell)
{
    return cell->cell >> CELL_BIN_BITS;
}

// Measure and stage.
static uint32_t
place_in(const CellSum *cell)
{
    return place_and_part(cell) >> CELL_PART_BITS;
}

static Measure
measure_in(const CellSum *cell)
{
    return (Measure)(place_in(cell) >> CELL_STAGE_BITS);
}

static Stage
stage_in(const CellSum *cell)
{
    return (Stage)(place_in(cell) & ((1U << CELL_STAGE_BITS) - 1));
}

static int
part_in(const CellSum *cell)
{
    return (int)(place_and_part(cell) & ((1U << CELL_PART_BITS) - 1));
}

static int
bin_in(const CellSum *cell)
{
    return (int)(cell->cell & ((1U << CELL_BIN_BITS) - 1)) / 2;
}

static bool
waits_in(const CellSum *cell)
{
    return (cell->cell & 1) != 0;
}

// The same sum in another part and bin.
static CellSum
moved(const CellSum *cell, int part, int bin)
{
    return (CellSum){
        cell->sum, sum_cell(measure_in(cell), stage_in(cell), part, bin, waits_in(cell))};
}

// What a sum of a segment is in its cohorts of a kind. Returns how many.
static size_t
sums_of(CohortKind kind, const CellSum *cell, CellSum out[2])
{
    const int part = part_in(cell), slack = part % SERVICE_SLACKS, phase = part / SERVICE_SLACKS;

    switch (kind) {
    case COHORT_SERVICE:
        out[0] = moved(cell, phase, bin_in(cell));
        return 1;
    case COHORT_SLACK:
        out[0] = moved(cell, slack_part_of(slack - 1, phase), bin_in(cell));
        return slack > 0;
    case COHORT_LANE:
        out[0] = moved(cell, 0, bin_in(cell));
        out[1] = moved(cell, 0, COHORT_LANE_NEXT + part - 1);
        return part > 0 ? 2 : 1;
    default:
        out[0] = *cell;
        return 1;
    }
}

// A kind of cohorts of a segment.
typedef struct Own
{
    Cohort names;  // and kind
    const Cells *cells;
} Own;

typedef struct Finish
{
    Arena *arena;  // of what is learned
    struct
    {
        Arena *arena;
        Own *items;
        size_t count, capacity;
    } list;
    CellSum *read, *sums;  // of the one at hand
    // How many cohorts there are of each kind and place, then where the next of them comes.
    size_t order[COHORT_KIND_COUNT][PLACES];
} Finish;

// Returns how many sums there are; a cell may come several times.
static size_t
read_sums(Finish *finish, const Own *own)
{
    const size_t count = cells_read(own->cells, finish->read);
    size_t made = 0;

    for (size_t i = 0; i < count; i++)
        made += sums_of(own->names.kind, &finish->read[i], &finish->sums[made]);
    return made;
}

static int
compare_cells(const void *left, const void *right)
{
    const CellSum *const a = left;
    const CellSum *const b = right;

    return a->cell < b->cell ? -1 : a->cell > b->cell;
}

// Sorted, every cell once. Returns how many are left.
static size_t
add_up(CellSum *sums, size_t count)
{
    size_t kept = 0;

    qsort(sums, count, sizeof *sums, compare_cells);
    for (size_t i = 0; i < count; i++)
        if (kept > 0 && sums[kept - 1].cell == sums[i].cell)
            sums[kept - 1].sum += sums[i].sum;
        else
            sums[kept++] = sums[i];
    return kept;
}

// The end of the run of cells from first on that are of one cohort.
static size_t
cohort_end(const CellSum *cells, size_t count, size_t first)
{
    size_t end = first + 1;

    while (end < count && place_and_part(&cells[end]) == place_and_part(&cells[first]))
        end++;
    return end;
}

static void
give_sums(Arena *arena, const CellSum *cells, size_t count, Cohort *cohort)
{
    size_t bins = 0, waiting = 0;

    for (size_t i = 0; i < count; i++) {
        bins += i == 0 || bin_in(&cells[i]) != bin_in(&cells[i - 1]);
        waiting += waits_in(&cells[i]);
    }

    int16_t *const numbers = ARENA_ARRAY(arena, int16_t, bins);
    int64_t *const ended = ARENA_ARRAY(arena, int64_t, bins);
    int64_t *const waited = waiting > 0 ? ARENA_ARRAY(arena, int64_t, bins) : NULL;
    size_t at = SIZE_MAX;

    for (size_t i = 0; i < count; i++) {
        at += i == 0 || bin_in(&cells[i]) != bin_in(&cells[i - 1]);
        numbers[at] = (int16_t)bin_in(&cells[i]);
        (waits_in(&cells[i]) ? waited : ended)[at] = cells[i].sum;
    }
    cohort->bin_count = bins;
    cohort->bins = numbers;
    cohort->ended = ended;
    cohort->waited = waited ? waited : none_waits;
}

static int
compare_own(const void *left, const void *right)
{
    return cohort_compare(&((const Own *)left)->names, &((const Own *)right)->names);
}

// Sorted by names, which are copied once a segment, not once a cohort.
static void
list_segments(Finish *finish, const Learner *learner)
{
    size_t most = 0;

    for (size_t i = 0; i < learner->segments.count; i++) {
        const Segment *const segment = &learner->segments.items[i];
        Own own = {.names = {.kind = segment->kind,
                       .carrier = arena_copy(finish->arena, segment->carrier),
                       .service = arena_copy(finish->arena, segment->service),
                       .origin = arena_copy(finish->arena, segment->origin),
                       .destination = arena_copy(finish->arena, segment->destination)},
            .cells = segment->sums};

        most = cells_count(own.cells) > most ? cells_count(own.cells) : most;
        ARENA_PUSH(&finish->list, own);
        own.names.kind = COHORT_SLACK;
        if (segment->kind == COHORT_SERVICE)
            ARENA_PUSH(&finish->list, own);
    }
    if (finish->list.count > 0)
        qsort(finish->list.items, finish->list.count, sizeof *finish->list.items, compare_own);
    finish->read = ARENA_ARRAY(finish->list.arena, CellSum, most);
    finish->sums = ARENA_ARRAY(finish->list.arena, CellSum, 2 * most);
}

// seen: of each place and part, nothing before and after.
static void
count_cohorts(Finish *finish, const Own *own, bool *seen)
{
    const size_t count = read_sums(finish, own);

    for (size_t i = 0; i < count; i++) {
        const CellSum *const sum = &finish->sums[i];

        finish->order[own->names.kind][place_in(sum)] += !seen[place_and_part(sum)];
        seen[place_and_part(sum)] = true;
    }
    for (size_t i = 0; i < count; i++)
        seen[place_and_part(&finish->sums[i])] = false;
}

// Returns how many cohorts there are.
static size_t
order_cohorts(Finish *finish)
{
    bool *const seen = ARENA_ARRAY(finish->list.arena, bool, PLACES << CELL_PART_BITS);
    size_t before = 0;

    for (size_t i = 0; i < finish->list.count; i++)
        count_cohorts(finish, &finish->list.items[i], seen);
    for (size_t kind = 0; kind < COHORT_KIND_COUNT; kind++)
        for (size_t place = 0; place < PLACES; place++) {
            const size_t count = finish->order[kind][place];

            finish->order[kind][place] = before;
            before += count;
        }
    return before;
}

static void
give_cohorts(Finish *finish, const Own *own, Cohort *cohorts)
{
    const size_t count = add_up(finish->sums, read_sums(finish, own));

    for (size_t at = 0; at < count;) {
        const CellSum *const first = &finish->sums[at];
        const size_t end = cohort_end(finish->sums, count, at);
        Cohort *const cohort = &cohorts[finish->order[own->names.kind][place_in(first)]++];

        *cohort = own->names;
        cohort->measure = measure_in(first);
        cohort->stage = stage_in(first);
        cohort->part = part_in(first);
        give_sums(finish->arena, first, end - at, cohort);
        at = end;
    }
}

// There may be a million: segments are sorted, of which there are fewer, and their cohorts put where they belong.
static void
finish_cohorts(Arena *arena, const Learner *learner, Learned *learned)
{
    Arena *const work = arena_create();
    Finish *const finish = ARENA_NEW(work, Finish);

    *finish = (Finish){.arena = arena, .list = {.arena = work}};
    list_segments(finish, learner);
    learned->cohort_count = order_cohorts(finish);

    Cohort *const cohorts = ARENA_ARRAY(arena, Cohort, learned->cohort_count);

    for (size_t i = 0; i < finish->list.count; i++)
        give_cohorts(finish, &finish->list.items[i], cohorts);
    learned->cohorts = cohorts;
    arena_destroy(work);
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
