/*
 * export: all that Vigie wrote, as one state of the database, into a folder that appears whole or not at all.
 */
#include "core/file.h"
#include "core/hash.h"
#include "jobs/care/state_manifest.h"
#include "jobs/frame/signals.h"
#include "jobs/run/run.h"
#include "sql/state.h"

#include <inttypes.h>
#include <unistd.h>

extern const Command command_export;

#define PART_BYTES ((size_t)64 << 10)

// One table on its way into its file.
typedef struct Writing
{
    StateStream *stream;
    StateFile *file;
    Sha256 *hash;
    Text part;
    Err *err;
} Writing;

// Rows gathered into parts that are worth a write. A failure ends the file too; err then says so.
static void
next_part(void *data, const char **bytes, size_t *length)
{
    Writing *const writing = data;
    const char *row;
    size_t size;

    writing->part.length = 0;
    while (writing->part.length < PART_BYTES &&
           state_next(writing->stream, &row, &size, writing->err)) {
        text_add_bytes(&writing->part, row, size);
        writing->file->rows++;
    }
    *bytes = text_get(&writing->part);
    *length = writing->part.length;
    sha256_add(writing->hash, *bytes, *length);
    writing->file->bytes += (int64_t)*length;
}

static bool
write_table(
    Db *db, Arena *arena, const StateTable *table, const char *folder, StateFile *file, Err *err)
{
    Arena *const scratch = arena_create();
    Err reading = {0};
    Writing writing = {
        .stream = state_open(db, scratch, table, err),
        .file = file,
        .hash = sha256_begin(scratch),
        .part = {.arena = scratch},
        .err = &reading,
    };

    *file = (StateFile){.table = table->name, .columns = table->columns};

    bool done =
        writing.stream != NULL &&
        file_write_parts(state_file_path(arena, folder, table->name), next_part, &writing, err);

    if (done && reading.kind != ERR_NONE) {
        *err = reading;
        done = false;
    }
    file->sha256 = sha256_end(writing.hash, arena);
    arena_destroy(scratch);
    return done;
}

static bool
write_tables(Job *job, Db *db, const char *folder, StateManifest *manifest, Err *err)
{
    const StateTable *tables;
    const char *snapshot;
    size_t count;

    if (!db_begin_snapshot(db, job->arena, &snapshot, err) ||
        !migrate_status(db, job->arena, &manifest->migrations, &manifest->migration_count, err) ||
        !state_tables(db, job->arena, &tables, &count, err))
        return false;

    StateFile *const files = ARENA_ARRAY(job->arena, StateFile, count);

    for (size_t i = 0; i < count; i++)
        if (interrupted(err) || !write_table(db, job->arena, &tables[i], folder, &files[i], err))
            return false;
    manifest->files = files;
    manifest->file_count = count;
    return true;
}

static bool
write_all(Job *job, Db *db, const char *folder, StateManifest *manifest, Err *err)
{
    const char *const part = arena_printf(job->arena, "%s.part", folder);
    size_t length;

    if (!file_make_folder(part, err) || !write_tables(job, db, part, manifest, err))
        return false;

    const char *const text = state_manifest_print(job->arena, manifest, &length);

    return file_write(file_join(job->arena, part, STATE_MANIFEST_NAME), text, length, err) &&
           file_publish_folder(part, folder, err);
}

static bool
export_run(Job *job, Err *err)
{
    const char *const folder = file_real(job->arena, job->arguments[0]);
    StateManifest manifest = {.version = VIGIE_VERSION, .exported_at = job->now};
    int64_t rows = 0;

    if (access(folder, F_OK) == 0)
        return err_set(err, ERR_CONFIG, "\"%s\" is there already: name a new folder", folder);

    Db *const db = run_connect(job, job->arena, err);

    if (db == NULL || !migrate_check(db, err) || !write_all(job, db, folder, &manifest, err))
        return false;
    for (size_t i = 0; i < manifest.file_count; i++)
        rows += manifest.files[i].rows;
    fprintf(
        job->out, "%" PRId64 " rows of %zu tables are in %s\n", rows, manifest.file_count, folder);
    return true;
}

const Command command_export = {
    .name = "export",
    .summary = "write all of Vigie's own state into a folder",
    .usage = "FOLDER",
    .description =
        "Writes every table of Vigie's schema, as one moment of the database, into a new folder: "
        "TABLE.copy in the text format of PostgreSQL's COPY, and manifest.json with the "
        "migrations, "
        "the rows and the SHA-256 of each file. The folder gets its name when it is whole. \"vigie "
        "restore\" fills the tables of another database from it. The source's own tables are not "
        "Vigie's and not in it.\n\n"
        "The files hold addresses and messages: keep them as you keep the database.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE,
    .arguments_min = 1,
    .arguments_max = 1,
    .examples = (const char *const[]){"vigie export /var/backups/vigie-2026-11-20", NULL},
    .run = export_run,
};
