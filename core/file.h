/*
 * file.h - files that appear whole or not at all.
 *
 * What is written is written through no symbolic link and no "..": a path that has one is refused (ERR_FAILED), so that
 * nothing that was put into an output folder leads out of it. A place that a person chose, and that may lie behind links
 * of theirs, goes through file_real() first. Files have mode 0640, folders 0750, less the umask.
 */
#ifndef CORE_FILE_H
#define CORE_FILE_H

#include "core/arena.h"
#include "core/err.h"

#include <stdint.h>
#include <stdio.h>

// Write bytes to path: temporary name beside it, fsync, rename, fsync of the folder. ERR_FAILED with the system's
// reason; the old file, if any, then stands as it was.
bool file_write(const char *path, const void *bytes, size_t length, Err *err);

// The same for what is made part by part: next gives the next one, of length 0 at the end; its bytes may go when it is
// called again.
bool file_write_parts(const char *path,
    void (*next)(void *data, const char **bytes, size_t *length), void *data, Err *err);

// The same for what is written to a stream while it is made, so that it is never in memory whole. The maker need not look at what
// its writes say: a byte that could not be written fails the file, with the system's reason. False when the maker was, with its error.
typedef bool FileMaker(FILE *stream, void *data, Err *err);
bool file_make(const char *path, FileMaker *make, void *data, Err *err);

// Give a folder that was filled under another name its own, and see that this outlives the power. ERR_FAILED with the system's
// reason; also when there is such a folder already.
bool file_publish_folder(const char *temporary, const char *path, Err *err);

// A stream to a new file; one that was there is taken away before. The caller closes it. NULL with ERR_FAILED.
FILE *file_create(const char *path, Err *err);

// The path without the symbolic links of the part of it that exists, absolute unless nothing of it does.
char *file_real(Arena *arena, const char *path);

// Add bytes at the end of a file, which is made when it is not there. ERR_FAILED with the system's reason.
bool file_append(const char *path, const void *bytes, size_t length, Err *err);

// Remove a file; that there is none is fine. ERR_FAILED with the system's reason.
bool file_remove(const char *path, Err *err);

// Make a folder and its parents; existing ones are fine.
bool file_make_folder(const char *path, Err *err);

// Read a whole file of at most limit bytes, zero-terminated, owned by the arena. ERR_CONFIG when it cannot
// be read or is larger. *length may be NULL.
char *file_read(Arena *arena, const char *path, size_t limit, size_t *length, Err *err);

// The SHA-256 of a file (core/hash.h), read part by part, and its length in bytes. NULL with ERR_CONFIG when it cannot be read.
char *file_sha256(Arena *arena, const char *path, int64_t *length, Err *err);

// Join a relative path to the folder of the file at base; absolute paths stay as they are.
char *file_beside(Arena *arena, const char *base, const char *path);

// folder + "/" + name.
char *file_join(Arena *arena, const char *folder, const char *name);

// Whether there is a file (or folder) of that name.
bool file_exists(const char *path);

// What follows the last slash of a path; the path itself without one.
const char *file_name(const char *path);

// Regular files in a folder whose names end in suffix, in byte order, as full paths. NULL with ERR_CONFIG.
const char **
file_list(Arena *arena, const char *folder, const char *suffix, size_t *count, Err *err);

#endif
