/*
 * restore: an exported state into empty tables, all of it or nothing. Every file is held against its SHA-256 before the
 * first row is written, and the rows are counted again at the end.
 */
#include "core/file.h"
#include "core/hash.h"
#include "jobs/care/state_manifest.h"
#include "jobs/frame/signals.h"
#include "jobs/run/hold.h"
#include "jobs/run/run.h"
#include "sql/state.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

extern const Command command_restore;

#define PART_BYTES ((size_t)64 << 10)

// One file on its way into its table.
typedef struct Reading
{
    FILE *stream;
    Sha256 *hash;
    int64_t bytes;
    char part[PART_BYTES];
} Reading;

static void
close_stream(void *stream)
{
    fclose(stream);
}

static Reading *
open_file(Arena *arena, const char *path, Err *err)
{
    Reading *const reading = ARENA_NEW(arena, Reading);

    reading->stream = fopen(path, "rbe");
    reading->bytes = 0;
    if (reading->stream == NULL) {
        err_set(err, ERR_CONFIG, "could not open file \"%s\": %s", path, strerror(errno));
        return NULL;
    }
    arena_defer(arena, close_stream, reading->stream);
    reading->hash = sha256_begin(arena);
    return reading;
}

static void
next_part(void *data, const char **bytes, size_t *length, Err *err)
{
    Reading *const reading = data;

    if (interrupted(err))
        return;
    *bytes = reading->part;
    *length = fread(reading->part, 1, PART_BYTES, reading->stream);
    if (ferror(reading->stream))
        err_set(err, ERR_FAILED, "could not read: %s", strerror(errno));
    sha256_add(reading->hash, reading->part, *length);
    reading->bytes += (int64_t)*length;
}

// What was read must be what was exported, to the byte.
static bool
is_whole(Arena *arena, const Reading *reading, const StateFile *file, const char *path, Err *err)
{
    if (reading->bytes == file->bytes &&
        strcmp(sha256_end(reading->hash, arena), file->sha256) == 0)
        return true;
    return err_set(err, ERR_CONFIG,
        "file \"%s\" is not what was exported: %" PRId64 " bytes instead of %" PRId64
        ", or other ones. Nothing was restored",
        path, reading->bytes, file->bytes);
}

static bool
verify_file(const StateFile *file, const char *folder, Err *err)
{
    Arena *const arena = arena_create();
    const char *const path = state_file_path(arena, folder, file->table);
    Reading *const reading = open_file(arena, path, err);
    const char *bytes = NULL;
    size_t length = 1;

    while (reading != NULL && length > 0 && err->kind == ERR_NONE)
        next_part(reading, &bytes, &length, err);

    const bool good = err->kind == ERR_NONE && is_whole(arena, reading, file, path, err);

    arena_destroy(arena);
    return good;
}

static bool
fill_table(Db *db, const StateTable *table, const StateFile *file, const char *folder, Err *err)
{
    Arena *const arena = arena_create();
    const char *const path = state_file_path(arena, folder, file->table);
    Reading *const reading = open_file(arena, path, err);
    int64_t rows = 0;
    bool good = reading != NULL && state_fill(db, arena, table, next_part, reading, &rows, err) &&
                is_whole(arena, reading, file, path, err);

    if (good && rows != file->rows)
        good = err_set(
            err, ERR_FAILED, "%" PRId64 " rows arrived instead of %" PRId64, rows, file->rows);
    arena_destroy(arena);
    return good || err_context(err, "table \"%s\"", file->table);
}

static const StateFile *
file_of(const StateManifest *manifest, const StateTable *table)
{
    for (size_t i = 0; i < manifest->file_count; i++)
        if (strcmp(manifest->files[i].table, table->name) == 0 &&
            strcmp(manifest->files[i].columns, table->columns) == 0)
            return &manifest->files[i];
    return NULL;
}

typedef struct Tables
{
    const StateTable *items;
    size_t count;
} Tables;

// The tables must be those of the manifest, and empty.
static bool
check_tables(Db *db, Arena *arena, const StateManifest *manifest, const Tables *tables, Err *err)
{
    const char *const *filled;
    size_t count;

    for (size_t i = 0; i < tables->count; i++)
        if (file_of(manifest, &tables->items[i]) == NULL)
            return err_set(err, ERR_CONFIG,
                "the export has no file for the columns of table \"%s\"", tables->items[i].name);
    if (manifest->file_count != tables->count)
        return err_set(err, ERR_CONFIG, "the export has %zu files for %zu tables",
            manifest->file_count, tables->count);
    if (!state_filled(db, arena, tables->items, tables->count, &filled, &count, err))
        return false;
    if (count > 0)
        return err_set(err, ERR_CONFIG,
            "schema \"%s\" is in use: table \"%s\" holds rows%s. A state is restored into tables "
            "that "
            "were just made by vigie migrate",
            db_schema(db), filled[0], count > 1 ? ", and others do" : "");
    return true;
}

static bool
fill_tables(
    Db *db, const StateManifest *manifest, const Tables *tables, const char *folder, Err *err)
{
    for (size_t i = 0; i < tables->count; i++)
        if (!fill_table(db, &tables->items[i], file_of(manifest, &tables->items[i]), folder, err))
            return false;
    return true;
}

static bool
restore(Job *job, Db *db, const StateManifest *manifest, const char *folder, Err *err)
{
    const MigrationStatus *applied;
    Tables tables;
    size_t count;

    if (!migrate_check(db, err) || hold_take(job, db, err) == NULL ||
        !migrate_status(db, job->arena, &applied, &count, err) ||
        !state_manifest_fits(manifest, applied, count, err) ||
        !state_tables(db, job->arena, &tables.items, &tables.count, err) ||
        !check_tables(db, job->arena, manifest, &tables, err))
        return false;
    for (size_t i = 0; i < manifest->file_count; i++)
        if (!verify_file(&manifest->files[i], folder, err))
            return false;
    if (job->dry_run)
        return true;
    if (!db_begin(db, err))
        return false;
    if (fill_tables(db, manifest, &tables, folder, err) && db_commit(db, err))
        return true;
    db_rollback(db);
    return false;
}

static bool
restore_run(Job *job, Err *err)
{
    const char *const folder = job->arguments[0];
    StateManifest manifest;
    int64_t rows = 0;

    if (!state_manifest_read(job->arena, folder, &manifest, err))
        return false;

    Db *const db = run_connect(job, job->arena, err);

    if (db == NULL || !restore(job, db, &manifest, folder, err))
        return false;
    for (size_t i = 0; i < manifest.file_count; i++)
        rows += manifest.files[i].rows;
    fprintf(job->out, "%s%" PRId64 " rows of %zu tables, as of %s\n",
        job->dry_run ? "whole, nothing was written: " : "restored ", rows, manifest.file_count,
        zone_print(job->arena, job->zone, manifest.exported_at));
    return true;
}

const Command command_restore = {
    .name = "restore",
    .summary = "fill Vigie's empty tables from an exported state",
    .usage = "FOLDER",
    .description =
        "Fills the tables that \"vigie migrate\" has just made from a folder that \"vigie export\" "
        "wrote: for a move to another database, or after a loss. The schema must be migrated as "
        "the "
        "exported one was, and its tables empty. Every file is held against the SHA-256 in the "
        "manifest first; then all rows are written in one transaction and counted. What fails "
        "leaves the tables empty.\n\n"
        "With --dry-run everything is checked and nothing is written.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_LOCK | WRITES,
    .arguments_min = 1,
    .arguments_max = 1,
    .examples = (const char *const[]){"vigie restore /var/backups/vigie-2026-11-20", NULL},
    .run = restore_run,
};
