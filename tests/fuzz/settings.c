// Any bytes as a settings file: it loads, or says why not.
#include "config/settings.h"
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <unistd.h>

static void
write_file(const char *path, const uint8_t *bytes, size_t length)
{
    FILE *const file = fopen(path, "wb");

    if (file == NULL || fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static char secret[] = "SECRET=hunter2";
    char *const environment[] = {secret, NULL};
    Arena *const arena = arena_create();
    Problems problems = {.arena = arena};
    const char *const path = arena_printf(arena, "/tmp/vigie-fuzz-%ld.yaml", (long)getpid());
    SettingsLoaded loaded;
    Text text = {.arena = arena};
    Err err = {0};

    write_file(path, bytes, length);

    const bool good = settings_load(arena, path, NULL, 0, environment, &loaded, &problems, &err);

    unlink(path);
    if (good != (problems.count == 0) || good != (err.kind == ERR_NONE))
        abort();
    if (good) {
        settings_print_effective(&text, &loaded);
        if (loaded.settings->source.workers < 1 || loaded.settings->output[0] != '/')
            abort();
    }
    arena_destroy(arena);
    return 0;
}
