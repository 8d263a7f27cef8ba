#include "core/file.h"

#include "core/hash.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
folder_of(Arena *arena, const char *path)
{
    const char *const slash = strrchr(path, '/');

    if (slash == NULL)
        return arena_copy(arena, ".");
    return arena_copy_bytes(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

static void
close_file(void *file)
{
    fclose(file);
}

char *
file_read(Arena *arena, const char *path, size_t limit, size_t *length, Err *err)
{
    FILE *const file = fopen(path, "rbe");

    if (file == NULL) {
        err_set(err, ERR_CONFIG, "could not open file \"%s\": %s", path, strerror(errno));
        return NULL;
    }
    arena_defer(arena, close_file, file);

    size_t size = 0, capacity = 16384;
    char *bytes = arena_alloc(arena, capacity);

    for (size_t got; (got = fread(bytes + size, 1, capacity - size - 1, file)) > 0;) {
        size += got;
        if (size > limit) {
            err_set(err, ERR_CONFIG, "file \"%s\" is larger than %zu bytes", path, limit);
            return NULL;
        }
        if (size + 1 == capacity) {
            bytes = arena_grow_array(arena, bytes, 1, size, 2 * capacity);
            capacity *= 2;
        }
    }
    if (ferror(file)) {
        err_set(err, ERR_CONFIG, "could not read file \"%s\": %s", path, strerror(errno));
        return NULL;
    }
    bytes[size] = '\0';
    if (length != NULL)
        *length = size;
    return bytes;
}

char *
file_sha256(Arena *arena, const char *path, int64_t *length, Err *err)
{
    FILE *const file = fopen(path, "rbe");
    Sha256 *const hash = sha256_begin(arena);
    char part[16384];

    if (file == NULL) {
        err_set(err, ERR_CONFIG, "could not open file \"%s\": %s", path, strerror(errno));
        return NULL;
    }
    *length = 0;
    for (size_t got; (got = fread(part, 1, sizeof part, file)) > 0; *length += (int64_t)got)
        sha256_add(hash, part, got);

    const bool read = !ferror(file);

    if (!read)
        err_set(err, ERR_CONFIG, "could not read file \"%s\": %s", path, strerror(errno));
    fclose(file);
    return read ? sha256_end(hash, arena) : NULL;
}

char *
file_beside(Arena *arena, const char *base, const char *path)
{
    return *path == '/' ? arena_copy(arena, path) : file_join(arena, folder_of(arena, base), path);
}

char *
file_join(Arena *arena, const char *folder, const char *name)
{
    const size_t length = strlen(folder);

    return arena_printf(
        arena, "%s%s%s", folder, length > 0 && folder[length - 1] == '/' ? "" : "/", name);
}

bool
file_exists(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0;
}

const char *
file_name(const char *path)
{
    const char *const slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static void
close_folder(void *folder)
{
    closedir(folder);
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
is_regular(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

const char **
file_list(Arena *arena, const char *folder, const char *suffix, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        const char **items;
        size_t count, capacity;
    } found = {.arena = arena, .items = ARENA_ARRAY(arena, const char *, 1), .capacity = 1};
    DIR *const handle = opendir(folder);

    if (handle == NULL) {
        err_set(err, ERR_CONFIG, "could not open folder \"%s\": %s", folder, strerror(errno));
        return NULL;
    }
    arena_defer(arena, close_folder, handle);
    for (const struct dirent *entry; (entry = readdir(handle)) != NULL;) {
        const size_t length = strlen(entry->d_name), tail = strlen(suffix);

        if (length < tail || strcmp(entry->d_name + length - tail, suffix) != 0)
            continue;

        const char *const path = file_join(arena, folder, entry->d_name);

        if (is_regular(path))
            ARENA_PUSH(&found, path);
    }
    qsort(found.items, found.count, sizeof *found.items, by_name);
    *count = found.count;
    return found.items;
}
