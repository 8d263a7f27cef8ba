#include "claims/papers/manifest.h"

#include "core/file.h"
#include "core/hash.h"
#include "core/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define SHA_LENGTH   64
#define BETWEEN      "  "
#define FILE_MAX     (256u << 20)
#define MANIFEST_MAX (64u << 20)
#define HEAD                                                                                       \
    "# Papers of Vigie, for \"sha256sum --check\". Before each sum: the file's size in bytes.\n"

static int
by_name(const void *a, const void *b)
{
    return strcmp(((const ManifestFile *)a)->name, ((const ManifestFile *)b)->name);
}

const char *
manifest_fault_name(ManifestFault fault)
{
    return fault == MANIFEST_MISSING ? "missing" : fault == MANIFEST_CHANGED ? "changed" : "extra";
}

const char *
manifest_print(Arena *arena, const ManifestFile *files, size_t count, size_t *length)
{
    ManifestFile *const sorted = arena_grow_array(arena, files, sizeof *files, count, count + 1);
    Text out = {.arena = arena};

    qsort(sorted, count, sizeof *sorted, by_name);
    text_add(&out, HEAD);
    for (size_t i = 0; i < count; i++)
        text_add_format(&out, "# %" PRId64 "\n%s" BETWEEN "%s\n", sorted[i].size_bytes,
            sorted[i].sha256, sorted[i].name);
    *length = out.length;
    return text_get(&out);
}

static bool
is_name(const char *name)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

    return *name != '\0' && *name != '.' && name[strspn(name, letters)] == '\0';
}

typedef struct Reading
{
    Arena *arena;
    ManifestFile *items;
    size_t count, capacity;
    int64_t size;  // of the file whose sum comes next; -1 when none was told
    size_t line;
} Reading;

static bool
comment_read(Reading *reading, const char *text)
{
    if (reading->line == 1)
        return true;
    return text_parse_int(text, &reading->size) && reading->size >= 0;
}

static bool
sum_read(Reading *reading, const char *line)
{
    const char *const name = line + SHA_LENGTH + strlen(BETWEEN);

    if (strspn(line, "0123456789abcdef") != SHA_LENGTH || reading->size < 0 ||
        !text_starts_with(line + SHA_LENGTH, BETWEEN) || !is_name(name))
        return false;
    if (reading->count > 0 && strcmp(reading->items[reading->count - 1].name, name) >= 0)
        return false;

    const ManifestFile file = {
        .name = name,
        .size_bytes = reading->size,
        .sha256 = arena_copy_bytes(reading->arena, line, SHA_LENGTH),
    };

    ARENA_PUSH(reading, file);
    reading->size = -1;
    return true;
}

bool
manifest_read(Arena *arena, const char *text, const ManifestFile **files, size_t *count, Err *err)
{
    Reading reading = {.arena = arena, .size = -1};

    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        const char *const line = arena_copy_bytes(arena, text, length);

        reading.line++;
        if (!(text_starts_with(line, "# ") ? comment_read(&reading, line + 2)
                                           : sum_read(&reading, line)))
            return err_set(err, ERR_DATA,
                "line %zu of %s is neither a size nor the sum of a file (by name, in order)",
                reading.line, MANIFEST_NAME);
        text += length + (text[length] == '\n' ? 1 : 0);
    }
    *files = reading.items;
    *count = reading.count;
    return true;
}

typedef struct Verification
{
    Arena *arena;
    ManifestFinding *items;
    size_t count, capacity;
    const char *folder;
} Verification;

static void
find(Verification *verification, ManifestFault fault, const char *name)
{
    const ManifestFinding finding = {fault, name};

    ARENA_PUSH(verification, finding);
}

static bool
is_as_told(const char *path, const ManifestFile *file, bool *same, Err *err)
{
    Arena *const work = arena_create();
    size_t length = 0;
    const char *const bytes = file_read(work, path, FILE_MAX, &length, err);

    if (bytes)
        *same = (int64_t)length == file->size_bytes &&
                text_equal(text_sha256(work, bytes, length), file->sha256);
    arena_destroy(work);
    return bytes != NULL;
}

static const char *
base_name(const char *path)
{
    const char *const slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static int
by_path(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
files_check(Verification *verification, const ManifestFile *files, size_t count,
    const char *const *paths, size_t path_count, Err *err)
{
    for (size_t i = 0; i < count; i++) {
        const char *const path =
            file_join(verification->arena, verification->folder, files[i].name);
        bool same = false;

        if (!bsearch(&path, paths, path_count, sizeof *paths, by_path))
            find(verification, MANIFEST_MISSING, files[i].name);
        else if (!is_as_told(path, &files[i], &same, err))
            return false;
        else if (!same)
            find(verification, MANIFEST_CHANGED, files[i].name);
    }
    return true;
}

static void
extras_find(Verification *verification, const ManifestFile *files, size_t count,
    const char *const *paths, size_t path_count)
{
    for (size_t i = 0; i < path_count; i++) {
        const ManifestFile wanted = {.name = base_name(paths[i])};

        if (!text_equal(wanted.name, MANIFEST_NAME) &&
            (count == 0 || !bsearch(&wanted, files, count, sizeof *files, by_name)))
            find(verification, MANIFEST_EXTRA, wanted.name);
    }
}

bool
manifest_verify(
    Arena *arena, const char *folder, const ManifestFinding **findings, size_t *count, Err *err)
{
    Verification verification = {.arena = arena, .folder = folder};
    const ManifestFile *files;
    size_t file_count, path_count;
    const char *const text =
        file_read(arena, file_join(arena, folder, MANIFEST_NAME), MANIFEST_MAX, NULL, err);
    const char **const paths = text ? file_list(arena, folder, "", &path_count, err) : NULL;

    if (!paths || !manifest_read(arena, text, &files, &file_count, err) ||
        !files_check(&verification, files, file_count, paths, path_count, err))
        return err_context(err, "\"%s\"", folder);
    extras_find(&verification, files, file_count, paths, path_count);
    *findings = verification.items;
    *count = verification.count;
    return true;
}
