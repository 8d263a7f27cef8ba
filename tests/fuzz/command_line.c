// Any words at all, one a line: they are understood, or refused in words that can be shown.
#include "core/text.h"
#include "jobs/frame/options.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

enum
{
    WORDS_MAX = 64
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *const arena = arena_create();
    char *const bytes = arena_copy_bytes(arena, (const char *)data, size);
    char program[] = "vigie";
    char *words[WORDS_MAX + 1] = {program};
    int count = 1;
    Request request;
    Err err = {0};

    for (char *at = bytes; count < WORDS_MAX && *at;) {
        const size_t length = strcspn(at, "\n");

        words[count++] = at;
        at += length;
        if (*at)
            *at++ = '\0';
    }
    if (options_parse(arena, count, words, &request, &err)) {
        require(err.kind == ERR_NONE);
        require(request.job.command || request.job.argument_count == 0);
        require(request.job.argument_count + request.job.option_count < (size_t)count);
    } else {
        require(err.kind == ERR_CONFIG && *err.text);
        require(text_is_utf8(err.text, strlen(err.text)));
    }
    arena_destroy(arena);
    return 0;
}
