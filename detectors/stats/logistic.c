/*
 * Penalised logistic regression by Newton's method, which here is iteratively reweighted least squares:
 *
 *     maximise  sum_i  y_i eta_i - n_i log(1 + exp(eta_i))  -  1/2 sum_j r_j (b_j - b0_j)^2,     eta = X b
 *
 * The function is concave, so a step halved until it climbs always arrives - unless the maximum is at infinity, which
 * is told by the size of the coefficients. A coefficient found below its floor is held there and the others are found
 * again, as Kull, Silva Filho and Flach do for the slopes of beta calibration.
 *
 * P. McCullagh, J. A. Nelder, Generalized Linear Models (1989), 4.4.  M. Kull, T. Silva Filho, P. Flach, AISTATS 54
 * (2017) 623-631.
 */
#include "detectors/stats/logistic.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

enum
{
    TERMS = LOGISTIC_TERMS_MAX,
    STEPS = 100,
    HALVINGS = 40,
};

static const double DONE = 1e-10;        // steps square their size, down to what rounding leaves
static const double NEARLY_DONE = 1e-6;  // that may be more, with millions of trials
static const double STEP_MAX = 10;
static const double FARTHEST = 1e4;  // coefficients beyond this mean that there is no maximum

double
logistic(double x)
{
    return x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x));
}

double
logistic_softplus(double x)
{
    return fmax(x, 0) + log1p(exp(-fabs(x)));
}

static double
predictor(const LogisticProblem *problem, const LogisticRow *row, const double *at)
{
    double eta = 0;

    for (size_t j = 0; j < problem->terms; j++)
        eta += row->terms[j] * at[j];
    return eta;
}

static double
objective(const LogisticProblem *problem, const double *at)
{
    double sum = 0;

    for (size_t i = 0; i < problem->count; i++) {
        const LogisticRow *const row = &problem->rows[i];
        const double eta = predictor(problem, row, at);

        sum -= row->events * logistic_softplus(-eta) +
               (row->trials - row->events) * logistic_softplus(eta);
    }
    for (size_t j = 0; j < problem->terms; j++)
        sum -= problem->ridge[j] * (at[j] - problem->prior[j]) * (at[j] - problem->prior[j]) / 2;
    return sum;
}

// First derivatives and minus the second ones; a held coefficient keeps still.
static void
derive(const LogisticProblem *problem, const bool *held, const double *at, double *slope,
    double *curvature)
{
    memset(slope, 0, TERMS * sizeof *slope);
    memset(curvature, 0, TERMS * TERMS * sizeof *curvature);
    for (size_t i = 0; i < problem->count; i++) {
        const LogisticRow *const row = &problem->rows[i];
        const double share = logistic(predictor(problem, row, at));
        const double information = row->trials * share * (1 - share);

        for (size_t j = 0; j < problem->terms; j++) {
            slope[j] += row->terms[j] * (row->events - row->trials * share);
            for (size_t k = 0; k < problem->terms; k++)
                curvature[j * TERMS + k] += row->terms[j] * row->terms[k] * information;
        }
    }
    for (size_t j = 0; j < TERMS; j++) {
        const bool still = j >= problem->terms || held[j];

        if (still)
            slope[j] = 0;
        else {
            slope[j] -= problem->ridge[j] * (at[j] - problem->prior[j]);
            curvature[j * TERMS + j] += problem->ridge[j];
        }
        for (size_t k = 0; still && k < TERMS; k++) {
            curvature[j * TERMS + k] = j == k;
            curvature[k * TERMS + j] = j == k;
        }
    }
}

// curvature step = slope, solved with a unit diagonal so that terms of any size are told apart from dependent ones.
static bool
newton_step(double *curvature, const double *slope, double *step)
{
    double scale[TERMS];
    double scaled[TERMS];
    gsl_matrix_view matrix = gsl_matrix_view_array(curvature, TERMS, TERMS);
    gsl_vector_const_view right = gsl_vector_const_view_array(scaled, TERMS);
    gsl_vector_view solution = gsl_vector_view_array(step, TERMS);

    for (size_t j = 0; j < TERMS; j++) {
        if (!(curvature[j * TERMS + j] > 0) || !isfinite(curvature[j * TERMS + j]))
            return false;
        scale[j] = 1 / sqrt(curvature[j * TERMS + j]);
        scaled[j] = slope[j] * scale[j];
    }
    for (size_t j = 0; j < TERMS; j++)
        for (size_t k = 0; k < TERMS; k++)
            curvature[j * TERMS + k] *= scale[j] * scale[k];
    if (gsl_linalg_cholesky_decomp1(&matrix.matrix) != GSL_SUCCESS)
        return false;
    for (size_t j = 0; j < TERMS; j++)
        if (!(curvature[j * TERMS + j] > 1e-6))
            return false;
    if (gsl_linalg_cholesky_solve(&matrix.matrix, &right.vector, &solution.vector) != GSL_SUCCESS)
        return false;
    for (size_t j = 0; j < TERMS; j++)
        step[j] *= scale[j];
    return true;
}

// Where all is nearly certain the curvature says little, and a step can be far too long.
static void
shorten(double *step)
{
    double longest = 0;

    for (size_t j = 0; j < TERMS; j++)
        longest = fmax(longest, fabs(step[j]));
    for (size_t j = 0; longest > STEP_MAX && j < TERMS; j++)
        step[j] *= STEP_MAX / longest;
}

// Go along the step as far as the objective climbs; how far that was, in the largest coefficient.
static double
climb(const LogisticProblem *problem, const double *step, double *at)
{
    const double before = objective(problem, at);
    double part = 1;

    for (int i = 0; i < HALVINGS; i++, part /= 2) {
        double next[TERMS] = {0};
        double moved = 0;

        for (size_t j = 0; j < problem->terms; j++) {
            next[j] = at[j] + part * step[j];
            moved = fmax(moved, fabs(part * step[j]) / fmax(1, fabs(next[j])));
        }
        if (objective(problem, next) >= before) {
            memcpy(at, next, sizeof next);
            return moved;
        }
    }
    return 0;
}

static bool
maximise(const LogisticProblem *problem, const bool *held, double *at)
{
    double moved = INFINITY;

    for (int i = 0; i < STEPS && moved > DONE; i++) {
        double slope[TERMS];
        double curvature[TERMS * TERMS];
        double step[TERMS];

        derive(problem, held, at, slope, curvature);
        if (!newton_step(curvature, slope, step))
            return false;
        shorten(step);

        moved = climb(problem, step, at);
        for (size_t j = 0; j < problem->terms; j++)
            if (!(fabs(at[j]) < FARTHEST))
                return false;
    }
    return moved < NEARLY_DONE;
}

bool
logistic_fit(const LogisticProblem *problem, double coefficients[LOGISTIC_TERMS_MAX])
{
    bool held[TERMS] = {false};
    double at[TERMS] = {0};

    gsl_set_error_handler_off();
    if (problem->count == 0)
        return false;
    for (size_t round = 0; round <= problem->terms; round++) {
        bool again = false;

        for (size_t j = 0; j < problem->terms; j++)
            at[j] = held[j] ? problem->floor[j] : problem->prior[j];
        if (!maximise(problem, held, at))
            return false;
        for (size_t j = 0; j < problem->terms; j++)
            if (at[j] < problem->floor[j])
                held[j] = again = true;
        if (!again)
            break;
    }
    for (size_t j = 0; j < problem->terms; j++)
        coefficients[j] = at[j];
    return true;
}
