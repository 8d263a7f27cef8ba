/*
 * manifest.h - what a folder of papers must hold: every file with its size and SHA-256. The text is one that
 * "sha256sum --check SHA256SUMS" reads too; the sizes stand in its comments.
 */
#ifndef CLAIMS_PAPERS_MANIFEST_H
#define CLAIMS_PAPERS_MANIFEST_H

#include "core/arena.h"
#include "core/err.h"

#include <stddef.h>
#include <stdint.h>

#define MANIFEST_NAME "SHA256SUMS"

typedef struct ManifestFile
{
    const char *name;  // letters, digits, '.', '-' and '_', not beginning with a '.'
    int64_t size_bytes;
    const char *sha256;  // 64 hexadecimal digits, lower case
} ManifestFile;

typedef enum ManifestFault
{
    MANIFEST_MISSING = 1,  // in the manifest, not in the folder
    MANIFEST_CHANGED,      // of another size or content
    MANIFEST_EXTRA,        // in the folder, not in the manifest
} ManifestFault;

typedef struct ManifestFinding
{
    ManifestFault fault;
    const char *name;
} ManifestFinding;

const char *manifest_fault_name(ManifestFault fault);  // "missing"

// The text of a manifest, sorted by name whatever the order of the files. Owned by the arena.
const char *manifest_print(Arena *arena, const ManifestFile *files, size_t count, size_t *length);

// Read one back. ERR_DATA with the line when it is none, or names a file twice or by a path.
bool
manifest_read(Arena *arena, const char *text, const ManifestFile **files, size_t *count, Err *err);

// Compare a folder with the manifest in it. *findings are what differs, missing and changed ones by name, then what is extra;
// none when all is as it was. False when the folder or its manifest cannot be read (ERR_CONFIG), or the manifest is none
// (ERR_DATA).
bool manifest_verify(
    Arena *arena, const char *folder, const ManifestFinding **findings, size_t *count, Err *err);

#endif
