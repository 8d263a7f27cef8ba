#include "sql/learned.h"

#include "sql/copy_rows.h"
#include "sql/queries.h"
#include "sql/rows.h"

#include <string.h>

static void
param_bins(Params *params, const int16_t *items, size_t count)
{
    int64_t *const wide = ARENA_ARRAY(params->arena, int64_t, count);

    for (size_t i = 0; i < count; i++)
        wide[i] = items[i];
    param_ints(params, wide, count);
}

static bool
write_cohorts(Db *db, Arena *arena, const Learned *learned, Err *err)
{
    CopyRows rows;
    bool good = copy_rows_begin(&rows, db, arena, "learned cohorts", SQL_LEARNED_COHORT_COPY, err);

    for (size_t i = 0; good && i < learned->cohort_count; i++) {
        const Cohort *const cohort = &learned->cohorts[i];

        param_instant(&rows.row, learned->as_of);
        param_int(&rows.row, cohort->measure);
        param_text(&rows.row, milestone_name(cohort->milestone));
        param_text(&rows.row, cohort->carrier);
        param_text(&rows.row, cohort->service);
        param_text(&rows.row, cohort->origin);
        param_text(&rows.row, cohort->destination);
        param_bins(&rows.row, cohort->bins, cohort->bin_count);
        param_ints(&rows.row, cohort->ended, cohort->bin_count);
        param_ints(&rows.row, cohort->waited, cohort->bin_count);
        good = copy_rows_add(&rows, err);
    }
    return copy_rows_end(&rows, good, err);
}

static bool
write_totals(Db *db, Arena *arena, const Learned *learned, Err *err)
{
    CopyRows rows;
    bool good = copy_rows_begin(&rows, db, arena, "learned totals", SQL_LEARNED_TOTAL_COPY, err);

    for (size_t i = 0; good && i < learned->total_count; i++) {
        const CohortTotals *const totals = &learned->totals[i];

        param_instant(&rows.row, learned->as_of);
        param_int(&rows.row, totals->measure);
        param_text(&rows.row, milestone_name(totals->milestone));
        param_text(&rows.row, totals->carrier);
        param_int(&rows.row, totals->ripe_gaps);
        param_int(&rows.row, totals->ripe_lost);
        param_int(&rows.row, totals->closed_recent);
        param_ints(&rows.row, totals->events, 4);
        param_ints(&rows.row, totals->exposure_hours, 4);
        param_ints(&rows.row, totals->next, MILESTONE_COUNT);
        good = copy_rows_add(&rows, err);
    }
    return copy_rows_end(&rows, good, err);
}

bool
learned_write(Db *db, const Learned *learned, Err *err)
{
    Arena *const arena = arena_create();
    Params key = {.arena = arena}, head = {.arena = arena};

    param_instant(&key, learned->as_of);
    param_instant(&head, learned->as_of);
    param_instant(&head, learned->first_start);
    param_instant(&head, learned->last_start);
    param_int(&head, learned->shipments);
    param_int(&head, learned->scans);
    param_int(&head, learned->gaps);

    const bool done = rows_run(db, "learned", SQL_LEARNED_DELETE, &key, NULL, err) &&
                      rows_run(db, "learned", SQL_LEARNED_INSERT, &head, NULL, err) &&
                      write_cohorts(db, arena, learned, err) &&
                      write_totals(db, arena, learned, err);

    arena_destroy(arena);
    return done;
}

bool
learned_summary(Db *db, Arena *arena, Instant as_of, Learned *out, Err *err)
{
    Params params = {.arena = arena};
    Learned learned = {
        .as_of = INSTANT_NONE, .first_start = INSTANT_NONE, .last_start = INSTANT_NONE};

    param_instant(&params, as_of);

    Rows *const rows = rows_open(db, arena, "learned", SQL_LEARNED_HEAD, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        learned.as_of = rows_instant(rows, 0);
        learned.first_start = rows_instant(rows, 1);
        learned.last_start = rows_instant(rows, 2);
        learned.shipments = rows_int(rows, 3);
        learned.scans = rows_int(rows, 4);
        learned.gaps = rows_int(rows, 5);
    }
    if (err->kind == ERR_NONE)
        *out = learned;
    return err->kind == ERR_NONE;
}

static bool
read_head(Db *db, Arena *arena, Instant as_of, Learned *learned, Err *err)
{
    if (!learned_summary(db, arena, as_of, learned, err))
        return false;
    return learned->as_of != INSTANT_NONE ||
           err_set(err, ERR_FAILED, "nothing was learned up to %s: run vigie learn",
               instant_print(arena, as_of));
}

static Milestone
read_milestone(const Rows *rows, Arena *arena, int column)
{
    Milestone milestone = MILESTONE_UNMAPPED;

    milestone_parse(rows_text(rows, arena, column), &milestone);
    return milestone;
}

static bool
read_cohorts(Db *db, Arena *arena, Learned *learned, Err *err)
{
    struct
    {
        Arena *arena;
        Cohort *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_instant(&params, learned->as_of);

    Rows *const rows =
        rows_open(db, arena, "learned cohorts", SQL_LEARNED_COHORT_READ, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        Cohort cohort = {
            .measure = (Measure)rows_int(rows, 0),
            .milestone = read_milestone(rows, arena, 1),
            .carrier = rows_text(rows, arena, 2),
            .service = rows_text(rows, arena, 3),
            .origin = rows_text(rows, arena, 4),
            .destination = rows_text(rows, arena, 5),
        };
        const int64_t *const bins = rows_ints(rows, arena, 6, &cohort.bin_count);
        int16_t *const narrow = ARENA_ARRAY(arena, int16_t, cohort.bin_count);
        size_t ended, waited;

        for (size_t i = 0; i < cohort.bin_count; i++)
            narrow[i] = (int16_t)bins[i];
        cohort.bins = narrow;
        cohort.ended = rows_ints(rows, arena, 7, &ended);
        cohort.waited = rows_ints(rows, arena, 8, &waited);
        if (ended == cohort.bin_count && waited == cohort.bin_count)
            ARENA_PUSH(&list, cohort);
        else {
            rows_close(rows);
            return err_set(err, ERR_FAILED, "learned cohorts of %s are damaged: run vigie learn",
                instant_print(arena, learned->as_of));
        }
    }
    learned->cohorts = list.items;
    learned->cohort_count = list.count;
    return err->kind == ERR_NONE;
}

static void
read_sums(const Rows *rows, Arena *arena, int column, int64_t *out, size_t size)
{
    size_t count;
    const int64_t *const items = rows_ints(rows, arena, column, &count);

    if (count > 0)
        memcpy(out, items, (count < size ? count : size) * sizeof *out);
}

static bool
read_totals(Db *db, Arena *arena, Learned *learned, Err *err)
{
    struct
    {
        Arena *arena;
        CohortTotals *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_instant(&params, learned->as_of);

    Rows *const rows = rows_open(db, arena, "learned totals", SQL_LEARNED_TOTAL_READ, &params, err);

    while (rows != NULL && rows_next(rows, err)) {
        CohortTotals totals = {
            .measure = (Measure)rows_int(rows, 0),
            .milestone = read_milestone(rows, arena, 1),
            .carrier = rows_text(rows, arena, 2),
            .ripe_gaps = rows_int(rows, 3),
            .ripe_lost = rows_int(rows, 4),
            .closed_recent = rows_int(rows, 5),
        };

        read_sums(rows, arena, 6, totals.events, 4);
        read_sums(rows, arena, 7, totals.exposure_hours, 4);
        read_sums(rows, arena, 8, totals.next, MILESTONE_COUNT);
        ARENA_PUSH(&list, totals);
    }
    learned->totals = list.items;
    learned->total_count = list.count;
    return err->kind == ERR_NONE;
}

const Learned *
learned_read(Db *db, Arena *arena, Instant as_of, Err *err)
{
    Learned *const learned = ARENA_NEW(arena, Learned);

    if (!read_head(db, arena, as_of, learned, err) || !read_cohorts(db, arena, learned, err) ||
        !read_totals(db, arena, learned, err))
        return NULL;
    return learned;
}

static bool
copy_watched(Db *db, Arena *arena, Instant as_of, const char *const *ids, size_t count, Err *err)
{
    CopyRows rows;
    bool good = copy_rows_begin(&rows, db, arena, "watch list", SQL_WATCH_COPY, err);

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
                      copy_watched(db, arena, as_of, ids, count, err);

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
learned_forget(Db *db, Instant before, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, before);

    const bool done = rows_run(db, "learned", SQL_LEARNED_FORGET, &params, NULL, err) &&
                      rows_run(db, "watch list", SQL_WATCH_FORGET, &params, NULL, err);

    arena_destroy(arena);
    return done;
}
