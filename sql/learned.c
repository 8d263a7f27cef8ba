#include "sql/learned.h"

#include "core/csv.h"
#include "sql/copy.h"
#include "sql/queries.h"
#include "sql/rows.h"

#include <string.h>

#define BUFFER_BYTES ((size_t)1 << 16)

// A COPY stream of CSV records, sent as it fills.
typedef struct Writer
{
    Copy *copy;
    Arena *arena;  // of the buffer; emptied with it
    Text buffer;
} Writer;

static bool
flush(Writer *writer, size_t least, Err *err)
{
    if (writer->buffer.length < least || writer->buffer.length == 0)
        return true;

    const bool sent = copy_bytes(writer->copy, writer->buffer.bytes, writer->buffer.length, err);

    arena_reset(writer->arena);
    writer->buffer = (Text){.arena = writer->arena};
    return sent;
}

static bool
writer_begin(Writer *writer, Db *db, Arena *arena, const char *what, const char *sql, Err *err)
{
    writer->arena = arena_create();
    writer->buffer = (Text){.arena = writer->arena};
    writer->copy = copy_begin(db, arena, what, sql, err);
    if (writer->copy == NULL)
        arena_destroy(writer->arena);
    return writer->copy != NULL;
}

static bool
writer_end(Writer *writer, bool good, Err *err)
{
    if (good)
        good = flush(writer, 0, err) && copy_end(writer->copy, NULL, err);
    else
        copy_abort(writer->copy);
    arena_destroy(writer->arena);
    return good;
}

static void
add_int(Writer *writer, int64_t value)
{
    csv_add(&writer->buffer, arena_printf(writer->arena, "%lld", (long long)value));
}

static void
add_ints(Writer *writer, const int64_t *items, size_t count)
{
    Text out = {.arena = writer->arena};

    text_add(&out, "{");
    for (size_t i = 0; i < count; i++)
        text_add_format(&out, "%s%lld", i > 0 ? "," : "", (long long)items[i]);
    text_add(&out, "}");
    csv_add(&writer->buffer, text_get(&out));
}

static void
add_bins(Writer *writer, const int16_t *items, size_t count)
{
    int64_t *const wide = ARENA_ARRAY(writer->arena, int64_t, count);

    for (size_t i = 0; i < count; i++)
        wide[i] = items[i];
    add_ints(writer, wide, count);
}

static bool
write_cohorts(Db *db, Arena *arena, const Learned *learned, Err *err)
{
    Writer writer;

    if (!writer_begin(&writer, db, arena, "learned cohorts", SQL_LEARNED_COHORT_COPY, err))
        return false;

    const char *const as_of = instant_print(arena, learned->as_of);
    bool good = true;

    for (size_t i = 0; good && i < learned->cohort_count; i++) {
        const Cohort *const cohort = &learned->cohorts[i];

        csv_add(&writer.buffer, as_of);
        add_int(&writer, cohort->measure);
        csv_add(&writer.buffer, milestone_name(cohort->milestone));
        csv_add(&writer.buffer, cohort->carrier);
        csv_add(&writer.buffer, cohort->service);
        csv_add(&writer.buffer, cohort->origin);
        csv_add(&writer.buffer, cohort->destination);
        add_bins(&writer, cohort->bins, cohort->bin_count);
        add_ints(&writer, cohort->ended, cohort->bin_count);
        add_ints(&writer, cohort->waited, cohort->bin_count);
        csv_end(&writer.buffer);
        good = flush(&writer, BUFFER_BYTES, err);
    }
    return writer_end(&writer, good, err);
}

static bool
write_totals(Db *db, Arena *arena, const Learned *learned, Err *err)
{
    Writer writer;

    if (!writer_begin(&writer, db, arena, "learned totals", SQL_LEARNED_TOTAL_COPY, err))
        return false;

    const char *const as_of = instant_print(arena, learned->as_of);
    bool good = true;

    for (size_t i = 0; good && i < learned->total_count; i++) {
        const CohortTotals *const totals = &learned->totals[i];

        csv_add(&writer.buffer, as_of);
        add_int(&writer, totals->measure);
        csv_add(&writer.buffer, milestone_name(totals->milestone));
        csv_add(&writer.buffer, totals->carrier);
        add_int(&writer, totals->ripe_gaps);
        add_int(&writer, totals->ripe_lost);
        add_int(&writer, totals->closed_recent);
        add_ints(&writer, totals->events, 4);
        add_ints(&writer, totals->exposure_hours, 4);
        add_ints(&writer, totals->next, MILESTONE_COUNT);
        csv_end(&writer.buffer);
        good = flush(&writer, BUFFER_BYTES, err);
    }
    return writer_end(&writer, good, err);
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

bool
watch_write(Db *db, Instant as_of, const char *const *ids, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    Params key = {.arena = arena};
    const char *const stamp = instant_print(arena, as_of);
    Writer writer;

    param_instant(&key, as_of);

    bool good = rows_run(db, "watch list", SQL_WATCH_DELETE, &key, NULL, err) &&
                writer_begin(&writer, db, arena, "watch list", SQL_WATCH_COPY, err);

    if (good) {
        for (size_t i = 0; good && i < count; i++) {
            csv_add(&writer.buffer, stamp);
            csv_add(&writer.buffer, ids[i]);
            csv_end(&writer.buffer);
            good = flush(&writer, BUFFER_BYTES, err);
        }
        good = writer_end(&writer, good, err);
    }
    arena_destroy(arena);
    return good;
}

bool
watch_read(Db *db, Arena *arena, Instant as_of, const char *after, int64_t limit,
    const char *const **ids, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        const char **items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    param_instant(&params, as_of);
    param_text(&params, after);
    param_int(&params, limit);

    Rows *const rows = rows_open(db, arena, "watch list", SQL_WATCH_READ, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, rows_text(rows, arena, 0));
    *ids = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
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
