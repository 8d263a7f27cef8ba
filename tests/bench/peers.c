/*
 * What curves, cure fits and histograms cost here, and the numbers for others to do the same with. tests/bench/peers.py
 * runs it and holds numpy, lifelines and R against it.
 *
 *     bench_peers FOLDER CURVES GAPS
 *
 * Writes times.f64, ended.f64 (the gaps of CURVES curves of 1,000 each), hours.f64 (GAPS of them) and edges.f64 (of the bins)
 * into FOLDER: doubles in the machine's order. Prints one line for each thing done: its name, microseconds of the processor for one of
 * it, the best of several rounds, and what came out, so that others can be seen to do the same.
 */
#include "detectors/stats/bins.h"
#include "detectors/stats/kaplan_meier.h"
#include "detectors/stats/parametric.h"
#include "detectors/stats/random.h"
#include "tests/bench/processor.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
    ROUNDS = 5,
    OF_CURVE = 1000,
};

static const double never = .05;  // the share of gaps that never end

// Waits by Weibull's formula (about a day, shape 1.5), seen for up to ten days; to the minute, as scans are.
static CensoredGap
draw_gap(Random *random)
{
    const double waits = 24 * pow(-log1p(-random_unit(random)), 1 / 1.5);
    const double seen = 240 * random_unit(random);
    const bool ended = random_unit(random) >= never && waits <= seen;

    return (CensoredGap){
        .time = (floor((ended ? waits : seen) * 60) + 1) / 60, .ended = ended, .weight = 1};
}

static void
write_numbers(
    Arena *arena, const char *folder, const char *name, const double *numbers, size_t count)
{
    const char *const path = arena_printf(arena, "%s/%s.f64", folder, name);
    FILE *const file = fopen(path, "wb");

    if (!file || fwrite(numbers, sizeof *numbers, count, file) != count || fclose(file) != 0) {
        fprintf(stderr, "bench_peers: cannot write %s: %s\n", path, strerror(errno));
        exit(1);
    }
}

// The sum of the medians stands for what came out.
static void
time_curves(const CensoredGap *gaps, size_t curves)
{
    Arena *const arena = arena_create();
    double best = INFINITY;
    double medians = 0;

    for (int round = 0; round < ROUNDS; round++) {
        const int64_t begin = processor_micros();

        medians = 0;
        for (size_t i = 0; i < curves; i++) {
            const KaplanMeier curve = kaplan_meier(arena, gaps + i * OF_CURVE, OF_CURVE);

            medians += kaplan_meier_quantile(&curve, .5, BAND_LOG, .95).time;
            arena_reset(arena);
        }
        best = fmin(best, (double)(processor_micros() - begin) / (double)curves);
    }
    printf("curve %.9g %.17g\n", best, medians / (double)curves);
    arena_destroy(arena);
}

static void
time_cure(const CensoredGap *gaps)
{
    ParametricFit fit = {0};
    double best = INFINITY;

    for (int round = 0; round < ROUNDS; round++) {
        const int64_t begin = processor_micros();

        if (!parametric_fit(gaps, OF_CURVE, PARAMETRIC_WEIBULL, true, &fit)) {
            fprintf(stderr, "bench_peers: the cure fit has found no maximum\n");
            exit(1);
        }
        best = fmin(best, (double)(processor_micros() - begin));
    }
    printf("cure %.9g %.17g\n", best, fit.model.share);
}

// The bins' counts, each by its number, stand for what came out.
static void
time_histogram(const double *hours, size_t count)
{
    double best = INFINITY;
    double result = 0;

    for (int round = 0; round < ROUNDS; round++) {
        const int64_t begin = processor_micros();
        int64_t sums[BIN_COUNT] = {0};

        for (size_t i = 0; i < count; i++)
            sums[bin_of(hours[i])]++;
        best = fmin(best, (double)(processor_micros() - begin));
        result = 0;
        for (int i = 0; i < BIN_COUNT; i++)
            result += i * (double)sums[i];
    }
    printf("histogram %.9g %.17g\n", best, result);
}

int
main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: bench_peers FOLDER CURVES GAPS\n");
        return 2;
    }

    Arena *const arena = arena_create();
    const size_t curves = strtoull(argv[2], NULL, 10);
    const size_t count = strtoull(argv[3], NULL, 10);
    const size_t watched = curves * OF_CURVE;
    CensoredGap *const gaps = ARENA_ARRAY(arena, CensoredGap, watched);
    double *const times = ARENA_ARRAY(arena, double, watched);
    double *const ended = ARENA_ARRAY(arena, double, watched);
    double *const hours = ARENA_ARRAY(arena, double, count);
    double edges[BIN_COUNT + 1];
    Random random = {1};

    for (size_t i = 0; i < watched; i++) {
        gaps[i] = draw_gap(&random);
        times[i] = gaps[i].time;
        ended[i] = gaps[i].ended;
    }
    for (size_t i = 0; i < count; i++)
        hours[i] = draw_gap(&random).time;
    for (int i = 0; i < BIN_COUNT; i++)
        edges[i] = bin_edge(i);
    edges[BIN_COUNT] = 1e9;
    write_numbers(arena, argv[1], "times", times, watched);
    write_numbers(arena, argv[1], "ended", ended, watched);
    write_numbers(arena, argv[1], "hours", hours, count);
    write_numbers(arena, argv[1], "edges", edges, BIN_COUNT + 1);
    time_curves(gaps, curves);
    time_cure(gaps);
    time_histogram(hours, count);
    arena_destroy(arena);
}
