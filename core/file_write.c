/*
 * Writing below a folder that others may know the way to. Every component of a path is opened from the one before it,
 * O_NOFOLLOW, and the last name is made new under a temporary one: whatever link, pipe or device somebody put there
 * is neither followed nor written to.
 */
#define _GNU_SOURCE  // O_PATH: a folder that may be searched need not be readable
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
    FILE_MODE = 0640,
    FOLDER_MODE = 0750,
    STREAM_BYTES = 65536,
};

// The folder that holds path, open, and the name in it.
typedef struct Spot
{
    int folder;  // -1 when it could not be reached
    const char *name;
} Spot;

static bool
refuse(const char *path, size_t length, const char *why, Err *err)
{
    return err_set(err, ERR_FAILED, "\"%.*s\" %s", (int)length, path, why);
}

static void
leave(int folder)
{
    if (folder >= 0)
        close(folder);
}

// Step from one folder into the next; the one left is closed. -1 when it is not one, or a link to one.
static int
step_into(int folder, const char *name, bool make)
{
    const int flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int next = openat(folder, name, flags);

    if (next < 0 && make && errno == ENOENT &&
        (mkdirat(folder, name, FOLDER_MODE) == 0 || errno == EEXIST))
        next = openat(folder, name, flags);

    const int reason = errno;
    struct stat status;
    const bool link = next < 0 && fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
                      S_ISLNK(status.st_mode);

    leave(folder);
    errno = link ? ELOOP : reason;
    return next;
}

// Open the folder of the first `length` bytes of path. -1 with the error set.
static int
walk(const char *path, size_t length, bool make, Err *err)
{
    int folder = *path == '/' ? open("/", O_PATH | O_DIRECTORY | O_CLOEXEC) : AT_FDCWD;
    char name[NAME_MAX + 1];

    for (size_t at = 0; at < length && folder != -1;) {
        const size_t gap = strspn(path + at, "/");
        const size_t size = at + gap >= length ? 0 : strcspn(path + at + gap, "/");

        if (size > NAME_MAX || (size == 2 && memcmp(path + at + gap, "..", 2) == 0)) {
            leave(folder);
            refuse(path, length, "is no path that is written to", err);
            return -1;
        }
        memcpy(name, path + at + gap, size);
        name[size] = '\0';
        at += gap + size;
        if (size > 0 && (folder = step_into(folder, name, make)) == -1)
            refuse(path, at,
                errno == ELOOP ? "is a symbolic link: it is not followed" : strerror(errno), err);
    }
    return folder;
}

static Spot
spot_open(const char *path, Err *err)
{
    const char *const slash = strrchr(path, '/');
    const char *const name = slash == NULL ? path : slash + 1;

    return (Spot){.folder = walk(path, (size_t)(name - path), false, err), .name = name};
}

// Without it the new name may be lost with the power although the file's bytes are safe.
static bool
sync_folder(int folder, const char *name)
{
    const int handle = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (handle < 0)
        return false;

    const bool synced = fsync(handle) == 0;

    close(handle);
    return synced;
}

// A new file of that name; one that a killed run left there is taken away.
static int
create(const Spot *spot, const char *name)
{
    if (unlinkat(spot->folder, name, 0) != 0 && errno != ENOENT)
        return -1;
    return openat(
        spot->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
}

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

// Puts what belongs into an open file; false with errno when that cannot be.
typedef bool Filler(int file, void *data);

static bool
write_temporary(const Spot *spot, const char *name, Filler *fill, void *data)
{
    const int file = create(spot, name);

    if (file < 0)
        return false;

    const bool written = fill(file, data) && fsync(file) == 0;
    const int reason = errno;

    if (close(file) != 0 && written)
        return false;
    errno = reason;
    return written;
}

static bool
write_spot(const Spot *spot, const char *temporary, Filler *fill, void *data)
{
    if (write_temporary(spot, temporary, fill, data) &&
        renameat(spot->folder, temporary, spot->folder, spot->name) == 0)
        return sync_folder(spot->folder, ".");

    const int reason = errno;

    unlinkat(spot->folder, temporary, 0);
    errno = reason;
    return false;
}

// What a filler has said already stays as it said it.
static bool
write_filled(const char *path, Filler *fill, void *data, Err *err)
{
    const Spot spot = spot_open(path, err);

    if (spot.folder == -1)
        return err_context(err, "could not write file \"%s\"", path);

    Arena *const arena = arena_create();
    const bool done = write_spot(&spot, arena_printf(arena, "%s.part", spot.name), fill, data);

    if (!done && err->kind == ERR_NONE)
        err_set(err, ERR_FAILED, "could not write file \"%s\": %s", path, strerror(errno));
    leave(spot.folder);
    arena_destroy(arena);
    return done;
}

bool
file_append(const char *path, const void *bytes, size_t length, Err *err)
{
    const Spot spot = spot_open(path, err);

    if (spot.folder == -1)
        return err_context(err, "could not write file \"%s\"", path);

    const int file = openat(
        spot.folder, spot.name, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
    const bool done = file >= 0 && write_all(file, bytes, length);
    const int reason = errno;

    leave(file);
    leave(spot.folder);
    return done || err_set(err, ERR_FAILED, "could not write file \"%s\": %s", path,
                       file < 0 && reason == ELOOP ? "it is a symbolic link, which is not followed"
                                                   : strerror(reason));
}

// A folder that is not there has no such file either.
bool
file_remove(const char *path, Err *err)
{
    if (access(path, F_OK) != 0 && errno == ENOENT)
        return true;

    const Spot spot = spot_open(path, err);

    if (spot.folder == -1)
        return err_context(err, "could not remove file \"%s\"", path);

    const bool done = unlinkat(spot.folder, spot.name, 0) == 0 || errno == ENOENT;
    const int reason = errno;

    leave(spot.folder);
    return done ||
           err_set(err, ERR_FAILED, "could not remove file \"%s\": %s", path, strerror(reason));
}

typedef struct Parts
{
    void (*next)(void *data, const char **bytes, size_t *length);
    void *data;
} Parts;

static bool
fill_parts(int file, void *data)
{
    const Parts *const parts = data;
    const char *bytes = NULL;
    size_t length = 0;

    for (parts->next(parts->data, &bytes, &length); length > 0;
         parts->next(parts->data, &bytes, &length))
        if (!write_all(file, bytes, length))
            return false;
    return true;
}

bool
file_write_parts(const char *path, void (*next)(void *data, const char **bytes, size_t *length),
    void *data, Err *err)
{
    return write_filled(path, fill_parts, &(Parts){next, data}, err);
}

typedef struct Whole
{
    const char *bytes;
    size_t length;
} Whole;

static bool
fill_whole(int file, void *data)
{
    const Whole *const whole = data;

    return write_all(file, whole->bytes, whole->length);
}

bool
file_write(const char *path, const void *bytes, size_t length, Err *err)
{
    return write_filled(path, fill_whole, &(Whole){bytes, length}, err);
}

// A file that is written as a stream: by our own writes, so that the first that fails says why.
typedef struct Streamed
{
    FileMaker *make;
    void *data;
    Err *err;
    int file;
    int reason;  // errno of it, 0 for none
} Streamed;

static ssize_t
stream_out(void *cookie, const char *bytes, size_t length)
{
    Streamed *const streamed = cookie;

    if (streamed->reason == 0 && !write_all(streamed->file, bytes, length))
        streamed->reason = errno;
    return streamed->reason == 0 ? (ssize_t)length : 0;
}

static bool
fill_streamed(int file, void *data)
{
    Streamed *const streamed = data;
    FILE *const stream = fopencookie(streamed, "wb", (cookie_io_functions_t){.write = stream_out});

    if (stream == NULL)
        return false;
    streamed->file = file;
    setvbuf(stream, NULL, _IOFBF, STREAM_BYTES);

    Err said = {0};
    const bool made = streamed->make(stream, streamed->data, &said);
    const bool closed = fclose(stream) == 0;

    if (streamed->reason != 0)  // then whatever a maker says comes of that
        errno = streamed->reason;
    else if (!made)
        *streamed->err = said;
    return made && closed && streamed->reason == 0;
}

bool
file_make(const char *path, FileMaker *make, void *data, Err *err)
{
    return write_filled(path, fill_streamed, &(Streamed){make, data, err, -1, 0}, err);
}

FILE *
file_create(const char *path, Err *err)
{
    const Spot spot = spot_open(path, err);

    if (spot.folder == -1) {
        err_context(err, "could not create file \"%s\"", path);
        return NULL;
    }

    const int file = create(&spot, spot.name);
    FILE *const stream = file < 0 ? NULL : fdopen(file, "wb");

    if (stream == NULL)
        err_set(err, ERR_FAILED, "could not create file \"%s\": %s", path, strerror(errno));
    leave(spot.folder);
    return stream;
}

bool
file_publish_folder(const char *temporary, const char *path, Err *err)
{
    const Spot from = spot_open(temporary, err);
    const Spot to = from.folder == -1 ? (Spot){.folder = -1} : spot_open(path, err);
    const bool reached = to.folder != -1;
    const bool done = reached && sync_folder(from.folder, from.name) &&
                      renameat(from.folder, from.name, to.folder, to.name) == 0 &&
                      sync_folder(to.folder, ".");

    if (reached && !done)
        err_set(err, ERR_FAILED, "could not create folder \"%s\": %s", path, strerror(errno));
    leave(from.folder);
    leave(to.folder);
    return done || (!reached && err_context(err, "could not create folder \"%s\"", path));
}

bool
file_make_folder(const char *path, Err *err)
{
    const int folder = walk(path, strlen(path), true, err);

    if (folder == -1)
        return err_context(err, "could not create folder \"%s\"", path);
    leave(folder);
    return true;
}

// What is not there yet is kept as it was written, behind the real name of what is.
char *
file_real(Arena *arena, const char *path)
{
    char *const prefix = arena_copy(arena, path);

    for (size_t end = strlen(path); end > 0; end--) {
        if (path[end] != '/' && path[end] != '\0')
            continue;
        prefix[end] = '\0';

        char *const real = realpath(prefix, NULL);

        if (real == NULL)
            continue;

        char *const whole =
            path[end] == '\0' ? arena_copy(arena, real) : file_join(arena, real, path + end + 1);

        free(real);
        return whole;
    }
    return arena_copy(arena, path);
}
