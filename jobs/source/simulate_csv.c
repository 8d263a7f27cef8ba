/*
 * The files are written under the name NAME.csv.part and renamed when all of them are whole: whoever waits for
 * truth.csv, the last one, finds all three.
 */
#include "core/file.h"
#include "jobs/source/simulate.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct CsvFile
{
    const char *path, *part;
    FILE *stream;  // NULL when it is not open
} CsvFile;

typedef struct CsvFolder
{
    Simulation *simulation;
    Arena *scratch;
    CsvFile files[SIMULATOR_TABLE_COUNT];
} CsvFolder;

static bool
failed(const char *what, const char *path, Err *err)
{
    return err_set(err, ERR_FAILED, "could not %s file \"%s\": %s", what, path, strerror(errno));
}

static bool
open_files(CsvFolder *folder, const char *path, Err *err)
{
    Arena *const arena = folder->simulation->job->arena;

    for (int i = 0; i < SIMULATOR_TABLE_COUNT; i++) {
        CsvFile *const file = &folder->files[i];
        const char *const name = simulator_table_name((SimulatorTable)i);

        file->path = file_join(arena, path, arena_printf(arena, "%s.csv", name));
        file->part = arena_printf(arena, "%s.part", file->path);
        file->stream = file_create(file->part, err);
        if (file->stream == NULL)
            return false;
    }
    return true;
}

static bool
write_bytes(void *data, SimulatorTable table, const char *bytes, size_t length, Err *err)
{
    CsvFolder *const folder = data;
    const CsvFile *const file = &folder->files[table];

    if (fwrite(bytes, 1, length, file->stream) != length)
        return failed("write", file->part, err);
    progress_add(folder->simulation->progress, 0, (int64_t)length);
    return true;
}

static bool
write_slice(Simulation *simulation, int64_t first, int64_t count, void *data, Err *err)
{
    CsvFolder *const folder = data;
    const SimulatorWriter writer = {
        .data = folder,
        .tables = {true, true, true},
        .header = first == 0,
        .rows = simulation->rows,
        .write = write_bytes,
    };
    const bool written =
        simulator_write(simulation->simulator, first, count, &writer, folder->scratch, err);

    arena_reset(folder->scratch);
    return written;
}

// Flush and close a file; its stream is gone either way.
static bool
close_file(CsvFile *file, Err *err)
{
    FILE *const stream = file->stream;
    const bool flushed = fflush(stream) == 0 && fsync(fileno(stream)) == 0;

    file->stream = NULL;
    if (!flushed)
        failed("write", file->part, err);
    if (fclose(stream) != 0 && flushed)
        return failed("write", file->part, err);
    return flushed;
}

static bool
finish_files(CsvFolder *folder, Err *err)
{
    for (int i = 0; i < SIMULATOR_TABLE_COUNT; i++)
        if (!close_file(&folder->files[i], err))
            return false;
    for (int i = 0; i < SIMULATOR_TABLE_COUNT; i++)
        if (rename(folder->files[i].part, folder->files[i].path) != 0)
            return failed("rename", folder->files[i].part, err);
    return true;
}

static void
drop_parts(CsvFolder *folder)
{
    for (int i = 0; i < SIMULATOR_TABLE_COUNT; i++) {
        if (folder->files[i].stream != NULL)
            fclose(folder->files[i].stream);
        if (folder->files[i].part != NULL)
            unlink(folder->files[i].part);
    }
}

bool
simulation_write(Simulation *simulation, const char *to, Err *err)
{
    CsvFolder folder = {.simulation = simulation};
    const char *const path = file_real(simulation->job->arena, to);

    if (!file_make_folder(path, err))
        return false;
    folder.scratch = arena_create();

    const bool written = open_files(&folder, path, err) &&
                         simulation_each(simulation, write_slice, &folder, err) &&
                         finish_files(&folder, err);

    if (!written)
        drop_parts(&folder);
    arena_destroy(folder.scratch);
    return written;
}
