#include "tests/harness/tools.h"

#include "core/file.h"
#include "core/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

bool
tool_is_there(const char *program)
{
    char command[200];

    snprintf(command, sizeof command, "command -v %s >/dev/null", program);
    if (system(command) == 0)
        return true;
    fprintf(stderr, "skipped: %s is not installed\n", program);
    return false;
}

static void
remove_folder(void *folder)
{
    char command[200];

    snprintf(command, sizeof command, "rm -rf '%s'", (const char *)folder);
    assert_int_equal(system(command), 0);
}

const char *
tool_file(Arena *arena, const char *name, const char *bytes, size_t length)
{
    char *const folder = arena_copy(arena, "/tmp/vigie_paper_XXXXXX");
    Err err = {0};

    assert_non_null(mkdtemp(folder));
    arena_defer(arena, remove_folder, folder);

    const char *const path = file_join(arena, folder, name);

    assert_true(file_write(path, bytes, length, &err));
    return path;
}

const char *
tool_run(Arena *arena, const char *command, int *status)
{
    FILE *const pipe = popen(arena_printf(arena, "{ %s; } 2>&1", command), "r");
    Text out = {.arena = arena};
    char buffer[4096];
    size_t length;

    assert_non_null(pipe);
    while ((length = fread(buffer, 1, sizeof buffer, pipe)) > 0)
        text_add_bytes(&out, buffer, length);

    const int waited = pclose(pipe);

    *status = WIFEXITED(waited) ? WEXITSTATUS(waited) : -1;
    return text_get(&out);
}

const char *
tool_pdf_text(Arena *arena, const char *bytes, size_t length, bool layout)
{
    const char *const path = tool_file(arena, "paper.pdf", bytes, length);
    int status;
    const char *const text = tool_run(arena,
        arena_printf(arena, "pdftotext %s -enc UTF-8 '%s' - | sed 's/\\f/----\\n/; s/[ \\t]*$//'",
            layout ? "-layout" : "", path),
        &status);

    assert_int_equal(status, 0);
    return text;
}
