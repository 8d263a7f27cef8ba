/*
 * Reading sums back. Rows come as the server has them, unordered, so that it need not sort what is sorted here anyway;
 * names that repeat from row to row are kept once.
 */
#include "sql/learned.h"
#include "sql/queries.h"
#include "sql/rows.h"

#include <stdlib.h>
#include <string.h>

#define NONE_WAITS 256

static Stage
read_stage(const Rows *rows, Arena *scratch, int column)
{
    Stage stage = MILESTONE_UNMAPPED;

    stage_parse(rows_text(rows, scratch, column), &stage);
    return stage;
}

// The text of a column; the one before it again when it is the same.
static const char *
read_name(const Rows *rows, Arena *arena, Arena *scratch, int column, const char *before)
{
    const char *const text = rows_text(rows, scratch, column);

    return before != NULL && strcmp(before, text) == 0 ? before : arena_copy(arena, text);
}

// Of gaps that closed nothing waits: most leaves share their zeros.
static const int64_t *
read_waited(const Rows *rows, Arena *arena, Arena *scratch, size_t *count)
{
    static const int64_t none_waits[NONE_WAITS];
    const int64_t *const waited = rows_ints(rows, scratch, 10, count);

    for (size_t i = 0; i < *count; i++)
        if (waited[i] != 0 || i >= NONE_WAITS)
            return rows_ints(rows, arena, 10, count);
    return none_waits;
}

static bool
read_bins(const Rows *rows, Arena *arena, Arena *scratch, Cohort *cohort)
{
    size_t ended, waited;
    const int64_t *const bins = rows_ints(rows, scratch, 8, &cohort->bin_count);
    int16_t *const narrow = ARENA_ARRAY(arena, int16_t, cohort->bin_count);

    for (size_t i = 0; i < cohort->bin_count; i++)
        narrow[i] = (int16_t)bins[i];
    cohort->bins = narrow;
    cohort->ended = rows_ints(rows, arena, 9, &ended);
    cohort->waited = read_waited(rows, arena, scratch, &waited);
    return ended == cohort->bin_count && waited == cohort->bin_count;
}

static Params
params_of(Arena *arena, const Learned *learned, bool settled)
{
    Params params = {.arena = arena};

    param_instant(&params, learned->as_of);
    param_bool(&params, settled);
    return params;
}

static bool
read_cohorts(Db *db, Arena *arena, Arena *scratch, bool settled, Learned *learned, Err *err)
{
    // Grown elsewhere: there may be a million of them, and the list's old selves would stay with the result.
    Arena *const growing = arena_create();
    struct
    {
        Arena *arena;
        Cohort *items;
        size_t count, capacity;
    } list = {.arena = growing};
    const Params params = params_of(arena, learned, settled);
    Rows *const rows =
        rows_open(db, arena, "learned cohorts", SQL_LEARNED_COHORT_READ, &params, err);
    Cohort cohort = {0};

    for (; rows != NULL && rows_next(rows, err); arena_reset(scratch)) {
        cohort.kind = (CohortKind)rows_int(rows, 0);
        cohort.measure = (Measure)rows_int(rows, 1);
        cohort.stage = read_stage(rows, scratch, 2);
        cohort.carrier = read_name(rows, arena, scratch, 3, cohort.carrier);
        cohort.service = read_name(rows, arena, scratch, 4, cohort.service);
        cohort.origin = read_name(rows, arena, scratch, 5, cohort.origin);
        cohort.destination = read_name(rows, arena, scratch, 6, cohort.destination);
        cohort.part = (int)rows_int(rows, 7);
        if (!read_bins(rows, arena, scratch, &cohort)) {
            rows_close(rows);
            arena_destroy(growing);
            return err_set(err, ERR_FAILED, "learned cohorts of %s are damaged: run vigie learn",
                instant_print(arena, learned->as_of));
        }
        ARENA_PUSH(&list, cohort);
    }
    if (list.count > 1)
        qsort(list.items, list.count, sizeof *list.items, cohort_compare);
    learned->cohorts =
        arena_grow_array(arena, list.items, sizeof *list.items, list.count, list.count);
    learned->cohort_count = list.count;
    arena_destroy(growing);
    return err->kind == ERR_NONE;
}

static bool
read_days(Db *db, Arena *arena, Arena *scratch, bool settled, Learned *learned, Err *err)
{
    struct
    {
        Arena *arena;
        CohortDay *items;
        size_t count, capacity;
    } list = {.arena = arena};
    const Params params = params_of(arena, learned, settled);
    Rows *const rows = rows_open(db, arena, "learned days", SQL_LEARNED_DAY_READ, &params, err);
    CohortDay day = {0};

    for (; rows != NULL && rows_next(rows, err); arena_reset(scratch)) {
        day.measure = (Measure)rows_int(rows, 0);
        day.stage = read_stage(rows, scratch, 1);
        day.carrier = read_name(rows, arena, scratch, 2, day.carrier);
        day.day = rows_day(rows, 3);
        day.closed = rows_int(rows, 4);
        day.open = rows_int(rows, 5);
        ARENA_PUSH(&list, day);
    }
    if (list.count > 1)
        qsort(list.items, list.count, sizeof *list.items, cohort_day_compare);
    learned->days = list.items;
    learned->day_count = list.count;
    return err->kind == ERR_NONE;
}

static void
read_sums(const Rows *rows, Arena *scratch, int column, int64_t out[4])
{
    size_t count;
    const int64_t *const items = rows_ints(rows, scratch, column, &count);

    for (size_t i = 0; i < 4; i++)
        out[i] = i < count ? items[i] : 0;
}

static bool
read_clocks(Db *db, Arena *arena, Arena *scratch, bool settled, Learned *learned, Err *err)
{
    struct
    {
        Arena *arena;
        CohortClock *items;
        size_t count, capacity;
    } list = {.arena = arena};
    const Params params = params_of(arena, learned, settled);
    Rows *const rows = rows_open(db, arena, "learned clocks", SQL_LEARNED_CLOCK_READ, &params, err);
    CohortClock clock = {0};

    for (; rows != NULL && rows_next(rows, err); arena_reset(scratch)) {
        clock.measure = (Measure)rows_int(rows, 0);
        clock.stage = read_stage(rows, scratch, 1);
        clock.carrier = read_name(rows, arena, scratch, 2, clock.carrier);
        read_sums(rows, scratch, 3, clock.events);
        read_sums(rows, scratch, 4, clock.exposure_hours);
        ARENA_PUSH(&list, clock);
    }
    if (list.count > 1)
        qsort(list.items, list.count, sizeof *list.items, cohort_clock_compare);
    learned->clocks = list.items;
    learned->clock_count = list.count;
    return err->kind == ERR_NONE;
}

static bool
read_parts(Db *db, Arena *arena, bool settled, Learned *learned, Err *err)
{
    Arena *const scratch = arena_create();
    const bool done = read_cohorts(db, arena, scratch, settled, learned, err) &&
                      read_days(db, arena, scratch, settled, learned, err) &&
                      read_clocks(db, arena, scratch, settled, learned, err);

    arena_destroy(scratch);
    return done;
}

static bool
read_head(Rows *rows, Learned *learned, Err *err)
{
    learned->as_of = INSTANT_NONE;
    while (rows != NULL && rows_next(rows, err)) {
        learned->as_of = rows_instant(rows, 0);
        learned->landmark = rows_instant(rows, 1);
        learned->shipments = rows_int(rows, 2);
        learned->scans = rows_int(rows, 3);
        learned->gaps = rows_int(rows, 4);
    }
    return err->kind == ERR_NONE;
}

const Learned *
learned_read(Db *db, Arena *arena, Instant as_of, Err *err)
{
    Learned *const learned = ARENA_NEW(arena, Learned);
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    if (!read_head(rows_open(db, arena, "learned", SQL_LEARNED_HEAD, &params, err), learned, err))
        return NULL;
    if (learned->as_of == INSTANT_NONE) {
        err_set(err, ERR_FAILED, "nothing was learned up to %s: run vigie learn",
            instant_print(arena, as_of));
        return NULL;
    }
    return read_parts(db, arena, false, learned, err) ? learned : NULL;
}

bool
learned_read_settled(Db *db, Arena *arena, Instant as_of, Instant landmark, const char *fingerprint,
    const Learned **out, Err *err)
{
    Learned *const learned = ARENA_NEW(arena, Learned);
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_instant(&params, landmark);
    param_text(&params, fingerprint);
    *out = NULL;
    if (!read_head(
            rows_open(db, arena, "settled", SQL_LEARNED_SETTLED, &params, err), learned, err))
        return false;
    if (learned->as_of == INSTANT_NONE)
        return true;
    *out = learned;
    return read_parts(db, arena, true, learned, err);
}

bool
learned_summary(Db *db, Arena *arena, Instant as_of, LearnedHead *out, Err *err)
{
    Params params = {.arena = arena};
    LearnedHead head = {.as_of = INSTANT_NONE, .first_day = DAY_NONE, .last_day = DAY_NONE};

    param_instant(&params, as_of);

    Rows *const rows = rows_open(db, arena, "learned", SQL_LEARNED_HEAD, &params, err);

    while (rows != NULL && rows_next(rows, err))
        head = (LearnedHead){
            .as_of = rows_instant(rows, 0),
            .shipments = rows_int(rows, 2),
            .scans = rows_int(rows, 3),
            .gaps = rows_int(rows, 4),
            .first_day = rows_day(rows, 5),
            .last_day = rows_day(rows, 6),
        };
    if (err->kind == ERR_NONE)
        *out = head;
    return err->kind == ERR_NONE;
}
