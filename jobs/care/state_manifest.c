#include "jobs/care/state_manifest.h"

#include "core/file.h"
#include "core/json.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#define MANIFEST_BYTES_MAX ((size_t)4 << 20)

const char *
state_file_path(Arena *arena, const char *folder, const char *table)
{
    return file_join(arena, folder, arena_printf(arena, "%s.copy", table));
}

static json_t *
migrations_json(const StateManifest *manifest)
{
    json_t *const all = json_array();

    for (size_t i = 0; i < manifest->migration_count; i++)
        json_array_append_new(all, json_pack("{s:s, s:s}", "name", manifest->migrations[i].name,
                                       "sha256", manifest->migrations[i].sha256));
    return all;
}

static json_t *
files_json(const StateManifest *manifest)
{
    json_t *const all = json_array();

    for (size_t i = 0; i < manifest->file_count; i++) {
        const StateFile *const file = &manifest->files[i];

        json_array_append_new(all, json_pack("{s:s, s:s, s:I, s:I, s:s}", "table", file->table,
                                       "columns", file->columns, "rows", (json_int_t)file->rows,
                                       "bytes", (json_int_t)file->bytes, "sha256", file->sha256));
    }
    return all;
}

const char *
state_manifest_print(Arena *arena, const StateManifest *manifest, size_t *length)
{
    json_t *const json = json_pack("{s:i, s:s, s:s, s:o, s:o}", "vigie_state", STATE_FORMAT,
        "version", manifest->version, "exported_at", instant_print(arena, manifest->exported_at),
        "migrations", migrations_json(manifest), "files", files_json(manifest));
    const char *const out = arena_printf(arena, "%s\n", json_to_text(arena, json, JSON_INDENT(2)));

    *length = strlen(out);
    return out;
}

static void
release(void *json)
{
    json_decref(json);
}

// A table's name becomes a file's: nothing but its own letters.
static bool
is_table_name(const char *name)
{
    return *name != '\0' && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name);
}

static bool
read_migrations(Arena *arena, json_t *all, StateManifest *out)
{
    MigrationStatus *const items = ARENA_ARRAY(arena, MigrationStatus, json_array_size(all) + 1);

    for (size_t i = 0; i < json_array_size(all); i++) {
        const char *name, *sha256;

        if (json_unpack(json_array_get(all, i), "{s:s, s:s}", "name", &name, "sha256", &sha256) !=
            0)
            return false;
        items[i] = (MigrationStatus){.name = name, .sha256 = sha256, .applied = true};
    }
    out->migrations = items;
    out->migration_count = json_array_size(all);
    return json_is_array(all);
}

static bool
read_files(Arena *arena, json_t *all, StateManifest *out)
{
    StateFile *const items = ARENA_ARRAY(arena, StateFile, json_array_size(all) + 1);

    for (size_t i = 0; i < json_array_size(all); i++) {
        const char *table, *columns, *sha256;
        json_int_t rows, bytes;

        if (json_unpack(json_array_get(all, i), "{s:s, s:s, s:I, s:I, s:s}", "table", &table,
                "columns", &columns, "rows", &rows, "bytes", &bytes, "sha256", &sha256) != 0 ||
            !is_table_name(table) || rows < 0 || bytes < 0)
            return false;
        items[i] = (StateFile){table, columns, rows, bytes, sha256};
    }
    out->files = items;
    out->file_count = json_array_size(all);
    return json_is_array(all);
}

static bool
read_whole(Arena *arena, json_t *json, StateManifest *out)
{
    const char *exported_at;

    return json_unpack(json, "{s:s, s:s}", "version", &out->version, "exported_at", &exported_at) ==
               0 &&
           instant_parse(exported_at, &out->exported_at) &&
           read_migrations(arena, json_object_get(json, "migrations"), out) &&
           read_files(arena, json_object_get(json, "files"), out);
}

bool
state_manifest_parse(Arena *arena, const char *path, const char *text, StateManifest *out, Err *err)
{
    json_t *const json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    StateManifest manifest;
    int format = 0;

    if (json != NULL)
        arena_defer(arena, release, json);
    if (json_unpack(json, "{s:i}", "vigie_state", &format) != 0)
        return err_set(err, ERR_CONFIG, "\"%s\" is no manifest of an exported state", path);
    if (format != STATE_FORMAT)
        return err_set(err, ERR_CONFIG, "\"%s\" has format %d; this vigie reads %d", path, format,
            STATE_FORMAT);
    if (!read_whole(arena, json, &manifest))
        return err_set(err, ERR_CONFIG, "\"%s\" is damaged", path);
    *out = manifest;
    return true;
}

bool
state_manifest_read(Arena *arena, const char *folder, StateManifest *out, Err *err)
{
    const char *const path = file_join(arena, folder, STATE_MANIFEST_NAME);
    const char *const text = file_read(arena, path, MANIFEST_BYTES_MAX, NULL, err);

    return text != NULL && state_manifest_parse(arena, path, text, out, err);
}

bool
state_manifest_fits(
    const StateManifest *manifest, const MigrationStatus *applied, size_t count, Err *err)
{
    bool same = manifest->migration_count == count;

    for (size_t i = 0; same && i < count; i++)
        same = applied[i].applied && strcmp(applied[i].name, manifest->migrations[i].name) == 0 &&
               strcmp(applied[i].sha256, manifest->migrations[i].sha256) == 0;
    return same ||
           err_set(err, ERR_CONFIG,
               "the state was exported by vigie %s from tables with %zu migrations, and these have "
               "%zu: migrate the old database with this vigie and export it again",
               manifest->version, manifest->migration_count, count);
}
