/*
 * state_manifest.h - manifest.json of an exported state: what is in it, and how to know that it is whole.
 */
#ifndef JOBS_CARE_STATE_MANIFEST_H
#define JOBS_CARE_STATE_MANIFEST_H

#include "core/arena.h"
#include "core/err.h"
#include "core/instant.h"
#include "sql/migrate.h"

#include <stddef.h>
#include <stdint.h>

#define STATE_FORMAT        1  // changes when a program of before could not read it
#define STATE_MANIFEST_NAME "manifest.json"

typedef struct StateFile
{
    const char *table;    // its file is TABLE.copy
    const char *columns;  // "a, b, c"
    int64_t rows, bytes;
    const char *sha256;
} StateFile;

typedef struct StateManifest
{
    const char *version;  // of the program that wrote it
    Instant exported_at;
    const MigrationStatus *migrations;  // name and sha256 of those applied
    size_t migration_count;
    const StateFile *files;  // in the order in which they are restored
    size_t file_count;
} StateManifest;

// "FOLDER/TABLE.copy"
const char *state_file_path(Arena *arena, const char *folder, const char *table);

// As JSON, owned by the arena.
const char *state_manifest_print(Arena *arena, const StateManifest *manifest, size_t *length);

// From JSON; errors call it by its path. ERR_CONFIG when it is none, or of another format. Owned by the arena.
bool state_manifest_parse(
    Arena *arena, const char *path, const char *text, StateManifest *out, Err *err);

// The folder's; ERR_CONFIG when there is none as well.
bool state_manifest_read(Arena *arena, const char *folder, StateManifest *out, Err *err);

// ERR_CONFIG when the database was not migrated to just where the exported one was.
bool state_manifest_fits(
    const StateManifest *manifest, const MigrationStatus *applied, size_t count, Err *err);

#endif
