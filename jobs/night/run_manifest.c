#include "jobs/night/run_manifest.h"

#include "core/file.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static json_t *
moment(Arena *arena, Instant at)
{
    return at == INSTANT_NONE ? json_null() : json_string(instant_print(arena, at));
}

static bool
add_steps(const Run *run, json_t *steps, Arena *arena, Err *err)
{
    const RunStep *items;
    size_t count;

    if (!runs_steps(run->db, arena, run->number, &items, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        json_array_append_new(
            steps, json_pack("{s:s, s:s, s:o, s:o}", "step", items[i].name, "state", items[i].state,
                       "started_at", moment(arena, items[i].started_at), "ended_at",
                       moment(arena, items[i].ended_at)));
    return true;
}

// Regular files of one folder, none when there is no such folder.
static bool
add_files(json_t *files, const char *folder, const char *prefix, Arena *arena, Err *err)
{
    size_t count = 0;

    if (access(folder, F_OK) != 0)
        return true;

    const char **const paths = file_list(arena, folder, "", &count, err);

    for (size_t i = 0; paths != NULL && i < count; i++) {
        int64_t length;
        const char *const hash = file_sha256(arena, paths[i], &length, err);

        if (hash == NULL)
            return false;
        json_array_append_new(files, json_pack("{s:s, s:I, s:s}", "name",
                                         arena_printf(arena, "%s%s", prefix, file_name(paths[i])),
                                         "size_bytes", (json_int_t)length, "sha256", hash));
    }
    return paths != NULL;
}

static json_t *
describe(const RunRecord *record, Arena *arena)
{
    json_t *const counts = json_loads(record->counts_json, 0, NULL);

    return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:o, s:o, s:I, s:o, s:s}", "run",
        (json_int_t)record->number, "run_key", record->key, "job", record->job, "as_of",
        instant_print(arena, record->as_of), "version", record->version, "settings_sha256",
        record->settings_sha256, "state", record->state, "exit", record->exit_code, "started_at",
        moment(arena, record->started_at), "ended_at", moment(arena, record->ended_at), "set_aside",
        (json_int_t)record->set_aside, "counts", counts == NULL ? json_object() : counts, "error",
        text_clean(arena, record->error));
}

static bool
write_json(const Run *run, json_t *json, Arena *arena, Err *err)
{
    const char *const folder = file_join(
        arena, run->job->settings->output, arena_printf(arena, "runs/%" PRId64, run->number));
    char *const text = json_dumps(json, JSON_INDENT(1) | JSON_SORT_KEYS);
    const char *const whole = arena_printf(arena, "%s\n", text);

    free(text);
    return file_make_folder(folder, err) &&
           file_write(file_join(arena, folder, "manifest.json"), whole, strlen(whole), err);
}

static bool
add_folders(json_t *files, const char *folder, Arena *arena, Err *err)
{
    static const char *const rooms[] = {"", "cases/", "claims/"};

    for (size_t i = 0; i < sizeof rooms / sizeof rooms[0]; i++)
        if (!add_files(files, file_join(arena, folder, rooms[i]), rooms[i], arena, err))
            return false;
    return true;
}

bool
run_manifest_write(const Run *run, Err *err)
{
    Arena *const arena = arena_create();
    const char *const folder = run_folder(run->job, arena);
    json_t *const steps = json_array(), *const files = json_array();
    const RunRecord *record = NULL;
    json_t *json = NULL;
    bool done = runs_find(run->db, arena, run->number, &record, err) && record != NULL &&
                add_steps(run, steps, arena, err) && add_folders(files, folder, arena, err);

    if (done)
        json = describe(record, arena);
    if (json != NULL) {
        json_object_set(json, "steps", steps);
        json_object_set_new(json, "folder", json_string(strrchr(folder, '/') + 1));
        json_object_set(json, "files", files);
    }
    done = done && json != NULL && write_json(run, json, arena, err);
    json_decref(steps);
    json_decref(files);
    json_decref(json);
    arena_destroy(arena);
    return done || err->kind != ERR_NONE ? done : err_set(err, ERR_FAILED, "the run has no record");
}
