#include "tests/harness/sink.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Sink
{
    pid_t pid;
    int input;  // closing it ends the server
    char folder[64];
} Sink;

static void
sink_stop(void *data)
{
    Sink *const sink = data;
    int status = 0;

    close(sink->input);
    waitpid(sink->pid, &status, 0);
}

static void
serve(const Sink *sink, const char *script, const char *mode, const int *input, const int *output)
{
    char path[1024];

    snprintf(path, sizeof path, "%s/tests/harness/%s", VIGIE_SOURCE_DIR, script);
    dup2(input[0], STDIN_FILENO);
    dup2(output[1], STDOUT_FILENO);
    close(input[0]);
    close(input[1]);
    close(output[0]);
    close(output[1]);
    execl("/usr/bin/python3", "python3", path, mode, sink->folder, (char *)NULL);
    _exit(127);
}

const char *
sink_start(Arena *arena, const char *script, const char *mode, const char **folder)
{
    Sink *const sink = ARENA_NEW(arena, Sink);
    int input[2], output[2];
    char url[64] = "";

    snprintf(sink->folder, sizeof sink->folder, "/tmp/vigie-sink-XXXXXX");
    if (!mkdtemp(sink->folder) || pipe(input) != 0 || pipe(output) != 0)
        abort();
    sink->pid = fork();
    if (sink->pid == 0)
        serve(sink, script, mode, input, output);
    close(input[0]);
    close(output[1]);
    sink->input = input[1];
    arena_defer(arena, sink_stop, sink);

    FILE *const said = fdopen(output[0], "r");
    const int found = fscanf(said, "%63s", url);

    fclose(said);
    *folder = sink->folder;
    return found == 1 ? arena_copy(arena, url) : NULL;
}
