/*
 * Let L(s) be the expected number of nights until the alarm from a chart at s. One night passes, and what is left is L
 * at where it went:
 *
 *     CUSUM   L(s) = 1 + L(0) Phi(k - s - m) + int_0^h L(x) phi(x + k - s - m) dx
 *     EWMA    L(s) = 1 + 1/w int_-h^h L(x) phi((x - (1 - w) s) / w - m) dx,       h = c sqrt(w / (2 - w))
 *     grid    L(i) = 1 + sum_j L(j) P(j | i)
 *
 * The integrals become sums at Gauss-Legendre points (Nystroem's method), which turns each into linear equations. Both
 * sides of a CUSUM together: 1/L = 1/L+ + 1/L- (van Dobben de Bruyn 1968). Siegmund's formula takes the chart for a
 * Brownian motion and moves the threshold by 1.166 for the overshoot.
 *
 * E. S. Page, Biometrika 41 (1954) 100-115.  D. Brook, D. A. Evans, Biometrika 59 (1972) 539-549.  S. V. Crowder,
 * Technometrics 29 (1987) 401-407.  D. Siegmund, Sequential Analysis (1985), 2.6.
 */
#include "detectors/stats/run_length.h"

#include "core/arena.h"
#include "detectors/stats/tails.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdbool.h>

enum
{
    POINTS = 100,
    TOP_MAX = 2000,
};

static const double THRESHOLD_MAX = 40;

static double
density(double z)
{
    return exp(-z * z / 2) * .3989422804014326779;
}

static double
below(double z)
{
    return exp(tails_normal(z).lower);
}

static double
kept(double nights)
{
    return nights >= 1 && nights <= RUN_LENGTH_MAX ? nights : NAN;
}

// The first unknown of (1 - moves) L = 1, where moves is size x size, row by row; it is overwritten.
static double
first_of(Arena *arena, size_t size, double *moves)
{
    double *const solution = ARENA_ARRAY(arena, double, size);
    double *const ones = ARENA_ARRAY(arena, double, size);
    gsl_matrix_view matrix = gsl_matrix_view_array(moves, size, size);
    gsl_vector_view right = gsl_vector_view_array(ones, size);
    gsl_vector_view left = gsl_vector_view_array(solution, size);
    gsl_permutation order = {.size = size, .data = ARENA_ARRAY(arena, size_t, size)};
    int sign = 0;

    gsl_set_error_handler_off();
    for (size_t i = 0; i < size; i++) {
        ones[i] = 1;
        for (size_t j = 0; j < size; j++)
            moves[i * size + j] = (i == j) - moves[i * size + j];
    }
    if (gsl_linalg_LU_decomp(&matrix.matrix, &order, &sign) != GSL_SUCCESS ||
        gsl_linalg_LU_solve(&matrix.matrix, &order, &right.vector, &left.vector) != GSL_SUCCESS)
        return NAN;
    return kept(solution[0]);
}

// Gauss-Legendre points and weights between low and high.
static bool
quadrature(double low, double high, double *points, double *weights)
{
    gsl_integration_glfixed_table *const table = gsl_integration_glfixed_table_alloc(POINTS);

    if (!table)
        return false;
    for (size_t i = 0; i < POINTS; i++)
        gsl_integration_glfixed_point(low, high, i, &points[i], &weights[i], table);
    gsl_integration_glfixed_table_free(table);
    return true;
}

double
run_length_cusum(double reference, double threshold, double mean)
{
    const size_t size = POINTS + 1;
    double points[POINTS + 1] = {0};  // the first one is 0 itself, where the chart lies still
    double weights[POINTS + 1] = {0};
    const double drift = reference - mean;

    if (!isfinite(drift) || !(threshold > 0 && threshold <= THRESHOLD_MAX) ||
        !quadrature(0, threshold, points + 1, weights + 1))
        return NAN;

    Arena *const arena = arena_create();
    double *const moves = ARENA_ARRAY(arena, double, size *size);

    for (size_t i = 0; i < size; i++) {
        moves[i * size] = below(drift - points[i]);
        for (size_t j = 1; j < size; j++)
            moves[i * size + j] = weights[j] * density(points[j] + drift - points[i]);
    }

    const double nights = first_of(arena, size, moves);

    arena_destroy(arena);
    return nights;
}

double
run_length_cusum_two_sided(double reference, double threshold, double mean)
{
    const double up = run_length_cusum(reference, threshold, mean);
    const double down = run_length_cusum(reference, threshold, -mean);

    // the side that is left behind may never give an alarm
    if (isnan(up) || isnan(down))
        return fabs(mean) > 0 ? fmin(up, down) : NAN;
    return 1 / (1 / up + 1 / down);
}

double
run_length_siegmund(double reference, double threshold, double mean)
{
    const double drift = mean - reference;
    const double height = threshold + 1.166;

    if (!isfinite(drift) || !(threshold > 0) || isinf(threshold))
        return NAN;
    if (fabs(drift * height) < 1e-4)
        return kept(height * height);
    return kept((expm1(-2 * drift * height) + 2 * drift * height) / (2 * drift * drift));
}

static double
llr(double distance, double threshold, double mean)
{
    if (!(distance > 0) || isinf(distance))
        return NAN;
    return run_length_cusum(distance / 2, threshold / distance, mean);
}

double
run_length_llr(double distance, double threshold)
{
    return llr(distance, threshold, 0);
}

double
run_length_llr_changed(double distance, double threshold)
{
    return llr(distance, threshold, distance);
}

double
run_length_llr_threshold(double distance, double nights)
{
    double low = 0;
    double high = 1;

    if (!(distance > 0) || isinf(distance) || !(nights > 1 && nights <= RUN_LENGTH_MAX / 10))
        return NAN;
    while (run_length_llr(distance, high) < nights)
        high *= 2;
    // too long to be worked out is long enough, and beyond what the chart allows there is no answer
    if (high / distance > THRESHOLD_MAX)
        high = THRESHOLD_MAX * distance;
    if (run_length_llr(distance, high) < nights)
        return NAN;
    for (int i = 0; i < 60 && high - low > 1e-10 * high; i++) {
        const double middle = (low + high) / 2;

        if (run_length_llr(distance, middle) < nights)
            low = middle;
        else
            high = middle;
    }
    return high;
}

double
run_length_ewma(double weight, double width, double mean)
{
    const double limit = width * sqrt(weight / (2 - weight));
    const size_t size = POINTS + 1;
    double points[POINTS + 1] = {0};  // the first one is the mean, where the chart starts
    double weights[POINTS + 1] = {0};

    if (!(weight > 0 && weight <= 1) || !(width > 0) || isinf(width) || !isfinite(mean) ||
        !quadrature(-limit, limit, points + 1, weights + 1))
        return NAN;

    Arena *const arena = arena_create();
    double *const moves = ARENA_ARRAY(arena, double, size *size);

    for (size_t i = 0; i < size; i++)
        for (size_t j = 1; j < size; j++)
            moves[i * size + j] = weights[j] / weight *
                                  density((points[j] - (1 - weight) * points[i]) / weight - mean);

    const double nights = first_of(arena, size, moves);

    arena_destroy(arena);
    return nights;
}

double
run_length_grid(const double *chances, size_t count, int lowest, int top)
{
    if (top < 1 || top > TOP_MAX)
        return NAN;
    for (size_t i = 0; i < count; i++)
        if (!(chances[i] >= 0 && chances[i] <= 1))
            return NAN;

    Arena *const arena = arena_create();
    const size_t size = (size_t)top;
    double *const moves = ARENA_ARRAY(arena, double, size *size);

    for (size_t i = 0; i < size; i++)
        for (size_t k = 0; k < count; k++) {
            const double to = fmax((double)i + lowest + (double)k, 0);

            if (to < top)
                moves[i * size + (size_t)to] += chances[k];
        }

    const double nights = first_of(arena, size, moves);

    arena_destroy(arena);
    return nights;
}

double
run_length_poisson(double mean, double reference, double threshold, int cells)
{
    const double top = threshold * cells;
    const double down = reference * cells;

    if (!(mean > 0) || isinf(mean) || cells < 1 || !(top >= .5 && top <= TOP_MAX) ||
        !(down >= 0 && down <= 1e6))
        return NAN;

    // counts that lead from 0 to no alarm: beyond them every step is one
    const size_t counts = (size_t)(threshold + reference) + 2;
    Arena *const arena = arena_create();
    const size_t steps = (counts - 1) * (size_t)cells + 1;
    double *const chances = ARENA_ARRAY(arena, double, steps);

    for (size_t x = 0; x < counts; x++)
        chances[x * (size_t)cells] = exp(incomplete_log_poisson((double)x, mean));

    const double nights = run_length_grid(chances, steps, -(int)lround(down), (int)lround(top));

    arena_destroy(arena);
    return nights;
}
