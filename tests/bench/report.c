/*
 * What the files of a large night cost: one with so many open cases (50,000 by default), without a database. Every writer has a
 * process of its own, so that its peak memory is its own; the digest, which all share, is told beside it.
 */
#include "reports/reports.h"
#include "tests/harness/sample_digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef bool Writer(FILE *file, const Digest *digest, const ReportOptions *options, Err *err);

static bool
nothing(FILE *file, const Digest *digest, const ReportOptions *options, Err *err)
{
    (void)file;
    (void)digest;
    (void)options;
    (void)err;
    return true;
}

static bool
csv(FILE *file, const Digest *digest, const ReportOptions *options, Err *err)
{
    (void)options;
    (void)err;
    report_csv(file, digest);
    return true;
}

static bool
json(FILE *file, const Digest *digest, const ReportOptions *options, Err *err)
{
    (void)options;
    return report_json(file, digest, err);
}

static bool
xlsx(FILE *file, const Digest *digest, const ReportOptions *options, Err *err)
{
    return report_xlsx(file, digest, options->zone, options->language, err);
}

static bool
further(FILE *file, const Digest *digest, const ReportOptions *options, Err *err)
{
    bool done = true;

    for (size_t i = 0; done && i < report_further_count(digest); i++)
        done = report_further(file, digest, options, i, err);
    return done;
}

static const struct
{
    const char *name;
    Writer *write;
} writers[] = {{"the digest alone", nothing}, {"cases.csv", csv}, {"night.json", json},
    {"night.xlsx", xlsx}, {"night.html", report_html}, {"cases-N.html", further}};

// The sample's cases over and over, each with texts of its own.
static const Digest *
large_digest(Arena *arena, size_t count)
{
    const Digest *const sample = sample_digest(arena);
    Digest *const digest = ARENA_NEW(arena, Digest);
    CaseRecord *const cases = ARENA_ARRAY(arena, CaseRecord, count);

    for (size_t i = 0; i < count; i++) {
        cases[i] = sample->cases[i % sample->case_count];
        cases[i].number = (int64_t)i + 1;
        cases[i].shipment_id = arena_printf(arena, "shipment-%zu", i);
        cases[i].tracking_number = arena_printf(arena, "6A%011zu", i);
        cases[i].evidence = arena_printf(arena,
            "silent %zu h after arrival at HUB%zu; 99 of 100 such parcels moved on within 31 h",
            i % 900, i % 40);
        cases[i].silence_hours = (double)(i % 900);
        cases[i].expected_cost_minor = (int64_t)(count - i);
    }
    *digest = *sample;
    digest->cases = cases;
    digest->case_count = count;
    return digest;
}

static double
seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static int
run(Writer *write, size_t count)
{
    Arena *const arena = arena_create();
    Err err = {0};
    const Digest *const digest = large_digest(arena, count);
    const ReportOptions options = {
        .zone = zone_load(arena, "Europe/Paris", &err), .language = "fr"};
    FILE *const file = tmpfile();
    struct rusage before, after;

    getrusage(RUSAGE_SELF, &before);
    if (options.zone == NULL || file == NULL || !write(file, digest, &options, &err)) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    getrusage(RUSAGE_SELF, &after);
    printf("%6.2f s, %6.1f MiB written, peak %4ld MiB\n",
        seconds_of(after.ru_utime) + seconds_of(after.ru_stime) - seconds_of(before.ru_utime) -
            seconds_of(before.ru_stime),
        (double)ftell(file) / 1048576, after.ru_maxrss / 1024);
    fclose(file);
    arena_destroy(arena);
    return 0;
}

int
main(int argc, char **argv)
{
    const size_t count = argc > 1 ? strtoul(argv[1], NULL, 10) : 50000;
    int failed = 0;

    for (size_t i = 0; i < sizeof writers / sizeof writers[0] && !failed; i++) {
        printf("%zu cases, %-18s ", count, writers[i].name);
        fflush(stdout);

        const pid_t child = fork();

        if (child == 0) {
            const int status = run(writers[i].write, count);

            fflush(stdout);
            _exit(status);
        }
        failed = child < 0 || waitpid(child, &failed, 0) < 0 || failed != 0;
    }
    return failed;
}
