#include "core/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
write_all(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        const ssize_t written = write(file, bytes, length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

static char *
folder_of(Arena *arena, const char *path)
{
    const char *const slash = strrchr(path, '/');

    if (slash == NULL)
        return arena_copy(arena, ".");
    return arena_copy_bytes(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

// Without it the new name may be lost with the power although the file's bytes are safe.
static bool
sync_folder(const char *folder)
{
    const int handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (handle < 0)
        return false;

    const bool synced = fsync(handle) == 0;

    close(handle);
    return synced;
}

typedef void NextPart(void *data, const char **bytes, size_t *length);

static bool
write_all_parts(int file, NextPart *next, void *data)
{
    const char *bytes = NULL;
    size_t length = 0;

    for (next(data, &bytes, &length); length > 0; next(data, &bytes, &length))
        if (!write_all(file, bytes, length))
            return false;
    return true;
}

static bool
write_temporary(const char *name, NextPart *next, void *data)
{
    const int file = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

    if (file < 0)
        return false;

    const bool written = write_all_parts(file, next, data) && fsync(file) == 0;
    const int reason = errno;

    if (close(file) != 0 && written)
        return false;
    errno = reason;
    return written;
}

bool
file_write_parts(const char *path, NextPart *next, void *data, Err *err)
{
    Arena *const arena = arena_create();
    const char *const temporary = arena_printf(arena, "%s.part", path);
    bool done = write_temporary(temporary, next, data);

    done = done && rename(temporary, path) == 0 && sync_folder(folder_of(arena, path));
    if (!done) {
        err_set(err, ERR_FAILED, "could not write file \"%s\": %s", path, strerror(errno));
        unlink(temporary);
    }
    arena_destroy(arena);
    return done;
}

typedef struct Whole
{
    const char *bytes;
    size_t length;
} Whole;

static void
take_whole(void *data, const char **bytes, size_t *length)
{
    Whole *const whole = data;

    *bytes = whole->bytes;
    *length = whole->length;
    whole->length = 0;
}

bool
file_write(const char *path, const void *bytes, size_t length, Err *err)
{
    return file_write_parts(path, take_whole, &(Whole){bytes, length}, err);
}

bool
file_publish_folder(const char *temporary, const char *path, Err *err)
{
    Arena *const arena = arena_create();
    const bool done = sync_folder(temporary) && rename(temporary, path) == 0 &&
                      sync_folder(folder_of(arena, path));

    arena_destroy(arena);
    return done ||
           err_set(err, ERR_FAILED, "could not create folder \"%s\": %s", path, strerror(errno));
}

bool
file_make_folder(const char *path, Err *err)
{
    Arena *const arena = arena_create();
    char *const prefix = arena_copy(arena, path);
    bool done = true;

    for (char *c = prefix + 1; done && *prefix != '\0'; c++) {
        const char end = *c;

        if (end != '/' && end != '\0')
            continue;
        *c = '\0';
        done = mkdir(prefix, 0755) == 0 || errno == EEXIST;
        *c = end;
        if (end == '\0')
            break;
    }
    if (!done)
        err_set(err, ERR_FAILED, "could not create folder \"%s\": %s", path, strerror(errno));
    arena_destroy(arena);
    return done;
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
