#include "tests/harness/written.h"

#include <stdlib.h>

void
written_begin(Written *written)
{
    written->file = open_memstream(&written->bytes, &written->length);
    if (written->file == NULL)
        abort();
}

const char *
written_end(Written *written, Arena *arena)
{
    fclose(written->file);

    const char *const bytes = arena_copy_bytes(arena, written->bytes, written->length);

    free(written->bytes);
    return bytes;
}
