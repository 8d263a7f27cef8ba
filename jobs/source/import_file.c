#include "jobs/source/import_file.h"

#include "jobs/frame/progress.h"
#include "jobs/frame/signals.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#define LOOK_EVERY 1024  // rows between two looks at signals

typedef struct Reading
{
    Job *job;
    const ImportFile *file;
    FILE *stream;
    Arena *arena;  // of one row
    PlainLoad *load;
    Progress *progress;
    Problems *problems;
    bool only_header;
    bool has_header;
    ImportHeader header;
    ImportCounts counts;
    int64_t bytes;
    Err failure;  // of a repeated row that could not be recorded
} Reading;

static void
close_stream(void *stream)
{
    fclose(stream);
}

static void
release_arena(void *arena)
{
    arena_destroy(arena);
}

static bool
open_stream(Arena *arena, const char *path, FILE **out, Err *err)
{
    FILE *const stream = fopen(path, "rb");

    if (stream == NULL)
        return err_set(err, ERR_CONFIG, "could not open \"%s\": %s", path, strerror(errno));
    arena_defer(arena, close_stream, stream);
    *out = stream;
    return true;
}

static bool
read_header(Reading *reading, const CsvRecord *record, Err *err)
{
    const ImportFile *const file = reading->file;
    const size_t before = reading->problems->count;

    if (record->problem != NULL)
        problem_add(
            reading->problems, file->path, (size_t)record->line, 0, "", "%s", record->problem);
    else
        import_header(
            plain_shape(file->table), file->path, record, &reading->header, reading->problems);

    const size_t found = reading->problems->count - before;

    reading->has_header = true;
    if (found == 0)
        return !reading->only_header;
    if (!reading->only_header)
        err_set(err, ERR_CONFIG, "%zu problem%s in the header of \"%s\"", found,
            found == 1 ? "" : "s", file->path);
    return false;
}

static bool
set_aside(Reading *reading, const CsvRecord *record, const ImportFault *fault, Err *err)
{
    reading->counts.aside++;
    return import_asides_add(reading->file->asides, reading->file->path, record->line, fault->key,
        fault->reason, fault->detail, err);
}

// Where a quote is left open nobody knows what the rest of the file means: then none of it is loaded.
static bool
unreadable(Reading *reading, const CsvRecord *record, Err *err)
{
    const ImportFault fault = {"record cannot be read", record->problem, ""};

    return set_aside(reading, record, &fault, err) &&
           err_set(err, ERR_FAILED, "%s:%" PRId64 ": %s; nothing of the file was imported",
               reading->file->path, record->line, record->problem);
}

static bool
read_row(Reading *reading, const CsvRecord *record, Err *err)
{
    const char *values[IMPORT_COLUMNS_MAX];
    ImportFault fault;

    if (reading->counts.rows++ % LOOK_EVERY == 0 && interrupted(err))
        return false;
    if (record->problem != NULL)
        return unreadable(reading, record, err);
    for (size_t i = 0; i < record->count; i++)
        reading->bytes += (int64_t)record->lengths[i] + 1;
    if (reading->counts.rows % LOOK_EVERY == 0) {
        progress_add(reading->progress, LOOK_EVERY, reading->bytes);
        reading->bytes = 0;
    }
    arena_reset(reading->arena);
    if (!import_row(
            &reading->header, &reading->file->rules, reading->arena, record, values, &fault))
        return set_aside(reading, record, &fault, err);
    return reading->load == NULL || plain_load_row(reading->load, record->line, values, err);
}

static bool
visit(void *data, const CsvRecord *record, Err *err)
{
    Reading *const reading = data;

    return reading->has_header ? read_row(reading, record, err) : read_header(reading, record, err);
}

static bool
no_header(const Reading *reading, Err *err)
{
    return err_set(err, ERR_CONFIG, "\"%s\" is empty: expected a header that names its columns",
        reading->file->path);
}

bool
import_file_look(const ImportFile *file, Problems *problems, Err *err)
{
    Arena *const arena = arena_create();
    Reading reading = {.file = file, .problems = problems, .only_header = true};
    bool good = open_stream(arena, file->path, &reading.stream, err);

    if (good && fseek(reading.stream, 0, SEEK_END) == 0 &&
        fseek(reading.stream, 0, SEEK_SET) == 0) {
        good = csv_read(reading.stream, file->separator, visit, &reading, err) ||
               err->kind == ERR_NONE || err_context(err, "\"%s\"", file->path);
        good = good && (reading.has_header || no_header(&reading, err));
    }
    arena_destroy(arena);
    return good;
}

static void
repeated(void *data, int64_t line, const char *shipment_id, int64_t last)
{
    Reading *const reading = data;
    const CsvRecord record = {.line = line};
    const ImportFault fault = {"shipment_id occurs twice",
        arena_printf(reading->arena, "line %" PRId64 " counts", last), shipment_id};

    if (reading->failure.kind == ERR_NONE)
        set_aside(reading, &record, &fault, &reading->failure);
}

static bool
load_rows(Reading *reading, Err *err)
{
    const ImportFile *const file = reading->file;

    if (!csv_read(reading->stream, file->separator, visit, reading, err)) {
        if (reading->load != NULL)
            plain_load_abort(reading->load);
        return err->kind == ERR_CONFIG ? false : err_context(err, "\"%s\"", file->path);
    }
    if (reading->has_header)
        progress_add(reading->progress, reading->counts.rows % LOOK_EVERY, reading->bytes);
    progress_end(reading->progress);
    if (!reading->has_header) {
        if (reading->load != NULL)
            plain_load_abort(reading->load);
        return no_header(reading, err);
    }
    return reading->load == NULL || plain_load_end(reading->load, reading->header.present, repeated,
                                        reading, &reading->counts.plain, err);
}

bool
import_file_load(Job *job, const ImportFile *file, ImportCounts *out, Err *err)
{
    Problems problems = {.arena = job->arena};
    Arena *const arena = arena_create();
    Reading reading = {.job = job, .file = file, .arena = arena_create(), .problems = &problems};

    arena_defer(arena, release_arena, reading.arena);

    bool good = open_stream(arena, file->path, &reading.stream, err);

    if (good && file->plain != NULL) {
        reading.load = plain_load_begin(file->plain, arena, file->table, err);
        good = reading.load != NULL;
    }
    if (good) {
        reading.progress = progress_begin(arena, job->log, plain_shape(file->table)->name, 0);
        good = load_rows(&reading, err);
    }
    job_report_problems(job, &problems);
    if (good && reading.failure.kind != ERR_NONE) {
        *err = reading.failure;
        good = false;
    }
    *out = reading.counts;
    arena_destroy(arena);
    return good;
}
