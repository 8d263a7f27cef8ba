#include "sql/learned.h"

#include "sql/copy_rows.h"
#include "sql/queries.h"
#include "sql/rows.h"

static void
param_bins(Params *params, const int16_t *items, size_t count)
{
    int64_t *const wide = ARENA_ARRAY(params->arena, int64_t, count);

    for (size_t i = 0; i < count; i++)
        wide[i] = items[i];
    param_ints(params, wide, count);
}

// The columns that begin every row of what was learned.
static void
param_owner(Params *params, Instant as_of, bool settled)
{
    param_instant(params, as_of);
    param_bool(params, settled);
}

static bool
write_cohorts(Db *db, Arena *arena, Instant as_of, const Learned *learned, bool settled, Err *err)
{
    CopyRows rows;
    bool good = copy_rows_begin(&rows, db, arena, "learned cohorts", SQL_LEARNED_COHORT_COPY, err);

    for (size_t i = 0; good && i < learned->cohort_count; i++) {
        const Cohort *const cohort = &learned->cohorts[i];

        param_owner(&rows.row, as_of, settled);
        param_int(&rows.row, cohort->kind);
        param_int(&rows.row, cohort->measure);
        param_text(&rows.row, stage_name(cohort->stage));
        param_text(&rows.row, cohort->carrier);
        param_text(&rows.row, cohort->service);
        param_text(&rows.row, cohort->origin);
        param_text(&rows.row, cohort->destination);
        param_int(&rows.row, cohort->part);
        param_bins(&rows.row, cohort->bins, cohort->bin_count);
        param_ints(&rows.row, cohort->ended, cohort->bin_count);
        param_ints(&rows.row, cohort->waited, cohort->bin_count);
        good = copy_rows_add(&rows, err);
    }
    return copy_rows_end(&rows, good, err);
}

static bool
write_days(Db *db, Arena *arena, Instant as_of, const Learned *learned, bool settled, Err *err)
{
    CopyRows rows;
    bool good = copy_rows_begin(&rows, db, arena, "learned days", SQL_LEARNED_DAY_COPY, err);

    for (size_t i = 0; good && i < learned->day_count; i++) {
        const CohortDay *const day = &learned->days[i];

        param_owner(&rows.row, as_of, settled);
        param_int(&rows.row, day->measure);
        param_text(&rows.row, stage_name(day->stage));
        param_text(&rows.row, day->carrier);
        param_day(&rows.row, day->day);
        param_int(&rows.row, day->closed);
        param_int(&rows.row, day->open);
        good = copy_rows_add(&rows, err);
    }
    return copy_rows_end(&rows, good, err);
}

static bool
write_clocks(Db *db, Arena *arena, Instant as_of, const Learned *learned, bool settled, Err *err)
{
    CopyRows rows;
    bool good = copy_rows_begin(&rows, db, arena, "learned clocks", SQL_LEARNED_CLOCK_COPY, err);

    for (size_t i = 0; good && i < learned->clock_count; i++) {
        const CohortClock *const clock = &learned->clocks[i];

        param_owner(&rows.row, as_of, settled);
        param_int(&rows.row, clock->measure);
        param_text(&rows.row, stage_name(clock->stage));
        param_text(&rows.row, clock->carrier);
        param_ints(&rows.row, clock->events, 4);
        param_ints(&rows.row, clock->exposure_hours, 4);
        good = copy_rows_add(&rows, err);
    }
    return copy_rows_end(&rows, good, err);
}

// as_of is the night's: the settled part may be an earlier one's when nothing was added.
static bool
write_part(Db *db, Arena *arena, Instant as_of, const Learned *learned, bool settled,
    const char *fingerprint, Err *err)
{
    Params head = {.arena = arena};

    param_owner(&head, as_of, settled);
    param_instant(&head, learned->landmark);
    param_text(&head, fingerprint);
    param_int(&head, learned->shipments);
    param_int(&head, learned->scans);
    param_int(&head, learned->gaps);
    return rows_run(db, "learned", SQL_LEARNED_INSERT, &head, NULL, err) &&
           write_cohorts(db, arena, as_of, learned, settled, err) &&
           write_days(db, arena, as_of, learned, settled, err) &&
           write_clocks(db, arena, as_of, learned, settled, err);
}

bool
learned_write(Db *db, const LearnedState *state, Err *err)
{
    Arena *const arena = arena_create();
    const Instant as_of = state->all->as_of;
    Params key = {.arena = arena};

    param_instant(&key, as_of);

    const bool done = rows_run(db, "learned", SQL_LEARNED_DELETE, &key, NULL, err) &&
                      write_part(db, arena, as_of, state->all, false, state->fingerprint, err) &&
                      write_part(db, arena, as_of, state->settled, true, state->fingerprint, err);

    arena_destroy(arena);
    return done;
}

static bool
copy_ids(Db *db, Arena *arena, const char *what, const char *sql, Instant as_of,
    const char *const *ids, size_t count, Err *err)
{
    CopyRows rows;
    bool good = copy_rows_begin(&rows, db, arena, what, sql, err);

    for (size_t i = 0; good && i < count; i++) {
        param_instant(&rows.row, as_of);
        param_text(&rows.row, ids[i]);
        good = copy_rows_add(&rows, err);
    }
    return copy_rows_end(&rows, good, err);
}

bool
watch_write(Db *db, Instant as_of, const char *const *ids, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    Params key = {.arena = arena};

    param_instant(&key, as_of);

    const bool done = rows_run(db, "watch list", SQL_WATCH_DELETE, &key, NULL, err) &&
                      copy_ids(db, arena, "watch list", SQL_WATCH_COPY, as_of, ids, count, err);

    arena_destroy(arena);
    return done;
}

bool
watch_read(Db *db, Arena *arena, Instant as_of, const char *after, int64_t limit,
    const char *const **ids, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_text(&params, after);
    param_int(&params, limit);

    Rows *const rows = rows_open(db, arena, "watch list", SQL_WATCH_READ, &params, err);

    return rows_texts(rows, arena, ids, count, err);
}

bool
unsettled_write(Db *db, Instant as_of, const char *const *ids, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    Params key = {.arena = arena};

    param_instant(&key, as_of);

    const bool done =
        rows_run(db, "unsettled shipments", SQL_UNSETTLED_DELETE, &key, NULL, err) &&
        copy_ids(db, arena, "unsettled shipments", SQL_UNSETTLED_COPY, as_of, ids, count, err);

    arena_destroy(arena);
    return done;
}

bool
unsettled_read(
    Db *db, Arena *arena, Instant as_of, const char *const **ids, size_t *count, Err *err)
{
    Params params = {.arena = arena};

    param_instant(&params, as_of);

    Rows *const rows =
        rows_open(db, arena, "unsettled shipments", SQL_UNSETTLED_READ, &params, err);

    return rows_texts(rows, arena, ids, count, err);
}

bool
learned_forget(Db *db, Instant before, Instant as_of, int64_t settled_nights, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena}, sums = {.arena = arena};

    param_instant(&params, before);
    param_instant(&sums, before);
    param_instant(&sums, as_of);
    param_int(&sums, settled_nights);

    const bool done = rows_run(db, "learned", SQL_LEARNED_FORGET, &sums, NULL, err) &&
                      rows_run(db, "watch list", SQL_WATCH_FORGET, &params, NULL, err) &&
                      rows_run(db, "unsettled shipments", SQL_UNSETTLED_FORGET, &params, NULL, err);

    arena_destroy(arena);
    return done;
}
