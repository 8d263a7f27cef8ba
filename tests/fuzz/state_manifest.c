// Any bytes as the manifest of an exported state: what was accepted names plain files only, and printed again means the same.
#include "jobs/care/state_manifest.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void
check(Arena *arena, const StateManifest *manifest)
{
    StateManifest again;
    Err err = {0};
    size_t length, again_length;
    const char *const text = state_manifest_print(arena, manifest, &length);

    for (size_t i = 0; i < manifest->file_count; i++)
        require(strpbrk(manifest->files[i].table, "/.") == NULL && manifest->files[i].rows >= 0 &&
                manifest->files[i].bytes >= 0);
    require(state_manifest_parse(arena, "f", text, &again, &err));
    require(strcmp(state_manifest_print(arena, &again, &again_length), text) == 0);
    require(length == again_length);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Arena *const arena = arena_create();
    const char *const text = arena_copy_bytes(arena, (const char *)bytes, length);
    StateManifest manifest;
    Err err = {0};

    if (state_manifest_parse(arena, "f", text, &manifest, &err))
        check(arena, &manifest);
    else
        require(err.kind == ERR_CONFIG && *err.text != '\0');
    arena_destroy(arena);
    return 0;
}
