#include "jobs/report/report_put.h"

#include "core/text.h"

#include <errno.h>
#include <string.h>

static bool
make_nowhere(FileMaker *make, void *data, Err *err)
{
    FILE *const nowhere = fopen("/dev/null", "wbe");

    if (nowhere == NULL)
        return err_set(err, ERR_FAILED, "could not open \"/dev/null\": %s", strerror(errno));

    const bool made = make(nowhere, data, err);

    fclose(nowhere);
    return made;
}

bool
report_put(const char *folder, const char *name, FileMaker *make, void *data, Err *err)
{
    if (text_is_empty(folder))
        return make_nowhere(make, data, err);

    Arena *const arena = arena_create();
    const bool done = file_make(file_join(arena, folder, name), make, data, err);

    arena_destroy(arena);
    return done;
}

bool
report_put_bytes(const char *folder, const char *name, const char *bytes, size_t length, Err *err)
{
    if (text_is_empty(folder))
        return true;

    Arena *const arena = arena_create();
    const bool done = file_write(file_join(arena, folder, name), bytes, length, err);

    arena_destroy(arena);
    return done;
}
