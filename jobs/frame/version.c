#include "jobs/frame/help.h"

#include <jansson.h>
#include <stdlib.h>

static bool
version_run(Job *job, Err *err)
{
    (void)err;
    if (job->format == FORMAT_JSON) {
        json_t *const version =
            json_pack("{s:s, s:s}", "program", "vigie", "version", VIGIE_VERSION);

        json_dumpf(version, job->out, JSON_COMPACT);
        json_decref(version);
        fputc('\n', job->out);
    } else if (job->format == FORMAT_CSV) {
        fputs("program,version\nvigie," VIGIE_VERSION "\n", job->out);
    } else {
        version_print(job->out);
    }
    return true;
}

void
version_print(FILE *out)
{
    fputs("vigie " VIGIE_VERSION "\n", out);
}

const Command command_version = {
    .name = "version",
    .summary = "print the program's version",
    .usage = "",
    .description = "Prints the name and version of the program, as --version does.",
    .needs = TAKES_FORMAT,
    .run = version_run,
};
