/*
 * What the papers of claims cost, kind by kind, without a database and without writing files. scripts/bench runs it.
 *
 *     bench_papers CLAIMS
 *
 * Two processes share the claims; each makes letter, annex, declaration and dossier of every claim, keeps its row as a night
 * does, and at the end makes a bordereau, in all its forms, of all of them. Times of a kind are of the processor, that of the
 * whole is of the clock on the wall. Memory is looked at after the first 200 claims, after the last, and at its peak: claims
 * must add little more than their rows, and the bordereau what its largest form takes.
 */
#include "claims/papers/papers.h"

#include "core/text.h"
#include "tests/harness/sample_dossier.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum
{
    WORKERS = 2,
    EARLY = 200,
};

typedef enum Kind
{
    KIND_LETTER,
    KIND_ANNEX,
    KIND_DECLARATION,
    KIND_DOSSIER,
    KIND_CSV,
    KIND_XLSX,
    KIND_PDF,
    KIND_X12,
    KIND_DEBIT_NOTE,
    KIND_COUNT,
} Kind;

static const char *const kind_names[KIND_COUNT] = {"letter", "annex", "declaration", "dossier",
    "bordereau.csv", "bordereau.xlsx", "bordereau.pdf", "bordereau.x12", "debit note"};

typedef struct Tally
{
    int64_t micros[KIND_COUNT], papers[KIND_COUNT], bytes[KIND_COUNT];
    int64_t early_kb, late_kb, peak_kb;  // of memory
} Tally;

typedef struct Bench
{
    Press *press;
    Arena *arena;  // of one claim, or of one bordereau
    Tally tally;
} Bench;

static int64_t
micros_of(clockid_t clock)
{
    struct timespec at;

    clock_gettime(clock, &at);
    return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

// "VmRSS:", "VmHWM:" of this process.
static int64_t
memory_kb(const char *name)
{
    FILE *const file = fopen("/proc/self/status", "r");
    char line[200];
    long kb = 0;

    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, name, 6) == 0)
            kb = strtol(line + 6, NULL, 10);
    if (file)
        fclose(file);
    return kb;
}

static bool
paper_make(Bench *bench, Kind kind, const Bordereau *bordereau, Paper *out, Err *err)
{
    Press *const press = bench->press;
    Arena *const arena = bench->arena;
    const Dossier *const dossier = &bordereau->dossiers[0];

    switch (kind) {
    case KIND_LETTER:
        return paper_letter(press, arena, dossier, out, err);
    case KIND_ANNEX:
        return paper_annex(press, arena, dossier, out, err);
    case KIND_DECLARATION:
        return paper_declaration(press, arena, dossier, out, err);
    case KIND_DOSSIER:
        return paper_dossier(arena, dossier, out, err);
    case KIND_CSV:
        return paper_bordereau_csv(arena, bordereau, out, err);
    case KIND_XLSX:
        return paper_bordereau_xlsx(press, arena, bordereau, out, err);
    case KIND_PDF:
        return paper_bordereau_pdf(press, arena, bordereau, out, err);
    case KIND_X12:
        return paper_claims_x12(arena, bordereau, out, err);
    default:
        return paper_debit_note(arena, bordereau, "EUR", out, err);
    }
}

static void
make(Bench *bench, Kind kind, const Bordereau *bordereau)
{
    const int64_t begin = micros_of(CLOCK_PROCESS_CPUTIME_ID);
    Paper paper;
    Err err = {0};

    if (!paper_make(bench, kind, bordereau, &paper, &err)) {
        fprintf(stderr, "%s\n", err.text);
        _exit(1);
    }
    bench->tally.micros[kind] += micros_of(CLOCK_PROCESS_CPUTIME_ID) - begin;
    bench->tally.papers[kind]++;
    bench->tally.bytes[kind] += (int64_t)paper.length;
}

static Dossier
dossier_of(Arena *arena, int64_t number)
{
    Dossier dossier = sample_dossier(arena, number % 2 ? "fr" : "en", GROUND_LOSS);

    dossier.claim.number = number;
    dossier.claim.reference = claim_reference(arena, number);
    dossier.claim.tracking_number = arena_printf(arena, "6A%011" PRId64, number);
    dossier.claim.payable.minor += number % 5000;
    return dossier;
}

// Letter, annex, declaration and dossier of one claim; what they took is given back.
static void
claim_make(Bench *bench, Arena *kept, int64_t number, Dossier *rows, size_t count)
{
    const Dossier dossier = dossier_of(bench->arena, number);
    const Bordereau alone = {"colissimo", 20777, &dossier, 1};

    for (Kind kind = KIND_LETTER; kind <= KIND_DOSSIER; kind++)
        make(bench, kind, &alone);
    rows[count] = bordereau_row(kept, &dossier, count > 0 ? rows : NULL);
    arena_reset(bench->arena);
}

// One of all claims, but for the PDF, which comes in parts (papers.h).
static void
bordereaux_make(Bench *bench, Kind kind, const Bordereau *all)
{
    const size_t most = kind == KIND_PDF ? BORDEREAU_PART : all->count;

    for (size_t first = 0; first < all->count; first += most) {
        Bordereau some = *all;

        some.dossiers += first;
        some.count = all->count - first < most ? all->count - first : most;
        make(bench, kind, &some);
        arena_reset(bench->arena);
    }
}

static Tally
work(int64_t first, int64_t end)
{
    Arena *const arena = arena_create();
    Bench bench = {.arena = arena_create()};
    Dossier *const rows = ARENA_ARRAY(arena, Dossier, (size_t)(end - first));
    const Bordereau all = {"colissimo", 20777, rows, (size_t)(end - first)};
    Err err = {0};
    const Zone *const zone = zone_load(arena, "Europe/Paris", &err);

    bench.press = zone ? press_create(arena, zone, &err) : NULL;
    if (!bench.press) {
        fprintf(stderr, "%s\n", err.text);
        _exit(1);
    }
    for (int64_t number = first; number < end; number++) {
        claim_make(&bench, arena, number, rows, (size_t)(number - first));
        if (number - first == EARLY)
            bench.tally.early_kb = memory_kb("VmRSS:");
    }
    bench.tally.late_kb = memory_kb("VmRSS:");
    for (Kind kind = KIND_CSV; kind < KIND_COUNT; kind++)
        bordereaux_make(&bench, kind, &all);
    bench.tally.peak_kb = memory_kb("VmHWM:");
    arena_destroy(bench.arena);
    arena_destroy(arena);
    return bench.tally;
}

// A worker tells what it did through a pipe.
static int
worker_start(int64_t first, int64_t end)
{
    int ends[2];

    if (pipe(ends) != 0)
        exit(1);
    if (fork() == 0) {
        const Tally tally = work(first, end);

        _exit(write(ends[1], &tally, sizeof tally) == sizeof tally ? 0 : 1);
    }
    close(ends[1]);
    return ends[0];
}

static void
report(const Tally *tally)
{
    printf("%-16s %10s %14s %12s\n", "paper", "made", "a second, core", "bytes each");
    for (Kind kind = KIND_LETTER; kind < KIND_COUNT; kind++)
        printf("%-16s %10" PRId64 " %14.0f %12.0f\n", kind_names[kind], tally->papers[kind],
            (double)tally->papers[kind] * 1e6 / (double)tally->micros[kind],
            (double)tally->bytes[kind] / (double)tally->papers[kind]);
}

int
main(int argc, char **argv)
{
    const int64_t claims = argc > 1 ? strtoll(argv[1], NULL, 10) : 10000;
    const int64_t begin = micros_of(CLOCK_MONOTONIC);
    Tally sum = {0};
    int pipes[WORKERS];

    if (claims < WORKERS)
        return 2;
    for (int i = 0; i < WORKERS; i++)
        pipes[i] = worker_start(1 + claims * i / WORKERS, 1 + claims * (i + 1) / WORKERS);
    for (int i = 0; i < WORKERS; i++) {
        Tally one;

        if (read(pipes[i], &one, sizeof one) != sizeof one)
            return 1;
        for (Kind kind = KIND_LETTER; kind < KIND_COUNT; kind++) {
            sum.micros[kind] += one.micros[kind];
            sum.papers[kind] += one.papers[kind];
            sum.bytes[kind] += one.bytes[kind];
        }
        printf("worker %d: %" PRId64 " kB after the first %d claims, %" PRId64
               " kB after the last, %" PRId64 " kB at its peak\n",
            i, one.early_kb, EARLY, one.late_kb, one.peak_kb);
        wait(NULL);
    }
    report(&sum);
    printf("papers of %" PRId64 " claims in %.1f s\n", claims,
        (double)(micros_of(CLOCK_MONOTONIC) - begin) / 1e6);
    return 0;
}
