/*
 * GSL ends the program on errors unless told otherwise, returns statuses that are easily dropped, and NaN with
 * success. So it is spoken to here only. The maximum is looked for on a grid first, since these likelihoods can be
 * flat on one side; then as a root of the slope, which finds it to full precision, where minimising values would stop
 * at half the digits (Brent 1973, ch. 4 and 5; gsl_root_fsolver_brent).
 *
 * Quantiles are roots of the distribution functions too, since GSL's own inverses fail; and expansions where those do:
 * E. A. Cornish, R. A. Fisher, Rev. Inst. Int. Statist. 5 (1938) 307-320.
 */
#include "detectors/stats/special.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf_erf.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>

#define LARGE                                                                                      \
    1e5  // from here on expansions beat GSL's distribution functions, which fail at a million

enum
{
    ROOT_STEPS = 100
};

// libm's takes half the time of GSL's, which nights spend by the second here, and keeps more digits where it is near 0.
double
special_log_gamma(double x)
{
    int sign;

    return x > 0 && isfinite(x) ? lgamma_r(x, &sign) : NAN;
}

double
special_digamma(double x)
{
    gsl_sf_result result;

    gsl_set_error_handler_off();
    if (!(x > 0) || !isfinite(x) || gsl_sf_psi_e(x, &result) != GSL_SUCCESS)
        return NAN;
    return result.val;
}

static double
finite_or_nan(double value)
{
    return isfinite(value) ? value : NAN;
}

static bool
is_positive(double x)
{
    return x > 0 && isfinite(x);
}

double
special_normal_quantile(double p)
{
    gsl_set_error_handler_off();
    return p > 0 && p < 1 ? finite_or_nan(gsl_cdf_ugaussian_Pinv(p)) : NAN;
}

// The root of a function between low and high, where it changes sign; false when GSL cannot get there.
static bool
find_root(gsl_function function, double low, double high, double *root)
{
    gsl_root_fsolver *const solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);

    if (!solver)
        return false;

    int status = gsl_root_fsolver_set(solver, &function, low, high);

    for (int i = 0; i < ROOT_STEPS && status == GSL_SUCCESS; i++) {
        status = gsl_root_fsolver_iterate(solver);
        if (status == GSL_SUCCESS && gsl_root_test_interval(gsl_root_fsolver_x_lower(solver),
                                         gsl_root_fsolver_x_upper(solver), 1e-13, 0) == GSL_SUCCESS)
            break;
    }

    const double found = gsl_root_fsolver_root(solver);

    gsl_root_fsolver_free(solver);
    if (status != GSL_SUCCESS || !isfinite(found))
        return false;
    *root = found;
    return true;
}

// A quantile looked for: GSL's own inverse of the beta distribution fails in 2.7 where a mean is near 0 or 1.
typedef struct Quantile
{
    double p, a, b;
    double (*place)(double u);  // from the whole line to where the distribution lives
    double (*below)(double x, double a, double b);
    double (*above)(double x, double a, double b);
} Quantile;

// Each tail by its own function, so that p near 1 keeps its digits.
static double
quantile_gap(double u, void *data)
{
    const Quantile *const self = data;
    const double x = self->place(u);

    return self->p <= .5 ? self->below(x, self->a, self->b) - self->p
                         : 1 - self->p - self->above(x, self->a, self->b);
}

// Between places at which doubles end; a quantile beyond them is that end.
static double
find_quantile(Quantile quantile, double low, double high)
{
    double u = NAN;

    gsl_set_error_handler_off();
    if (quantile_gap(low, &quantile) >= 0)
        return quantile.place(low);
    if (quantile_gap(high, &quantile) <= 0)
        return quantile.place(high);
    if (!find_root((gsl_function){.function = quantile_gap, .params = &quantile}, low, high, &u))
        return NAN;
    return quantile.place(u);
}

static double
share_of_odds(double log_odds)
{
    return 1 / (1 + exp(-log_odds));
}

// Cornish and Fisher's expansion of a Gamma(shape) quantile: exact to the last digits for large shapes.
static double
large_gamma_quantile(double p, double shape)
{
    const double z = special_normal_quantile(p);
    const double root = sqrt(shape);

    return shape + z * root + (z * z - 1) / 3 + (z * z - 7) * z / (36 * root) -
           (3 * pow(z, 4) + 7 * z * z - 16) / (810 * shape);
}

// The same from mean, deviation, skewness and kurtosis of a Beta(a, b).
static double
large_beta_quantile(double p, double a, double b)
{
    const double z = special_normal_quantile(p);
    const double n = a + b;
    const double deviation = sqrt(a / n * (b / n) / (n + 1));
    const double skewness = 2 * (b - a) / (n + 2) * sqrt((n + 1) / a / b);
    const double kurtosis =
        6 * ((a - b) / a * ((a - b) / b) * (n + 1) - (n + 2)) / (n + 2) / (n + 3);

    return a / n + deviation * (z + (z * z - 1) * skewness / 6 + (z * z - 3) * z * kurtosis / 24 -
                                   (2 * z * z - 5) * z * skewness * skewness / 36);
}

static bool
has_size(double parameter)
{
    return parameter >= 1e-9 && parameter <= 1e15;
}

double
special_gamma_quantile(double p, double shape, double rate)
{
    if (!(p > 0 && p < 1) || !has_size(shape) || !is_positive(rate))
        return NAN;
    if (shape > LARGE)
        return large_gamma_quantile(p, shape) / rate;

    const Quantile quantile = {p, shape, 1, exp, gsl_cdf_gamma_P, gsl_cdf_gamma_Q};

    return find_quantile(quantile, -700, 700) / rate;
}

double
special_beta_quantile(double p, double a, double b)
{
    const double small = fmin(a, b);
    const double large = fmax(a, b);

    if (!(p > 0 && p < 1) || !has_size(a) || !has_size(b))
        return NAN;
    if (small > LARGE || (large > 10 * LARGE && small > LARGE / 100))
        return large_beta_quantile(p, a, b);
    if (large <= 10 * LARGE)
        return find_quantile(
            (Quantile){p, a, b, share_of_odds, gsl_cdf_beta_P, gsl_cdf_beta_Q}, -700, 36);

    // -log(1 - X) (b + (a - 1) / 2) is nearly Gamma(a) when b is large
    const double q = special_gamma_quantile(a < b ? p : 1 - p, small, large + (small - 1) / 2);

    return a < b ? -expm1(-q) : exp(-q);
}

double
special_log_normal_above(double z)
{
    gsl_sf_result result;

    gsl_set_error_handler_off();
    if (isinf(z))
        return z > 0 ? -(double)INFINITY : 0;
    if (isnan(z) || gsl_sf_log_erfc_e(z * M_SQRT1_2, &result) != GSL_SUCCESS)
        return NAN;
    return result.val - M_LN2;
}

double
special_normal_hazard(double z)
{
    gsl_sf_result result;

    gsl_set_error_handler_off();
    if (z < -38)  // the density underflows, and GSL calls that an error
        return 0;
    if (!isfinite(z) || gsl_sf_hazard_e(z, &result) != GSL_SUCCESS)
        return isinf(z) ? (double)INFINITY : NAN;
    return result.val;
}

double
special_chi_squared_above(double value, double degrees)
{
    gsl_set_error_handler_off();
    if (isnan(value) || !is_positive(degrees))
        return NAN;
    return value > 0 ? finite_or_nan(gsl_cdf_chisq_Q(value, degrees)) : 1;
}

bool
special_solve(size_t size, const double *matrix, const double *right, double *x)
{
    if (size == 0)
        return false;
    gsl_set_error_handler_off();

    gsl_matrix *const factor = gsl_matrix_alloc(size, size);
    gsl_vector *const solution = gsl_vector_alloc(size);
    bool solved = factor && solution;

    for (size_t i = 0; solved && i < size * size; i++)
        gsl_matrix_set(factor, i / size, i % size, matrix[i]);
    for (size_t i = 0; solved && i < size; i++)
        gsl_vector_set(solution, i, right[i]);
    solved = solved && gsl_linalg_cholesky_decomp1(factor) == GSL_SUCCESS &&
             gsl_linalg_cholesky_svx(factor, solution) == GSL_SUCCESS;
    for (size_t i = 0; solved && i < size; i++)
        solved = isfinite(gsl_vector_get(solution, i));
    for (size_t i = 0; solved && i < size; i++)
        x[i] = gsl_vector_get(solution, i);
    gsl_matrix_free(factor);
    gsl_vector_free(solution);
    return solved;
}

// A slope that is looked for its root, and what it is at the ends between which it lies: GSL asks for them again.
typedef struct Sloping
{
    const Likelihood *likelihood;
    double at[2], slope[2];
} Sloping;

static double
slope_for_gsl(double x, void *data)
{
    const Sloping *const self = data;

    for (int i = 0; i < 2; i++)
        if (x <= self->at[i] && x >= self->at[i])
            return self->slope[i];
    return self->likelihood->slope(x, self->likelihood->data);
}

bool
special_maximise(
    const Likelihood *likelihood, double low, double high, int cells, double *parameter)
{
    const double step = (high - low) / cells;
    double best = NAN;
    double at = low;

    gsl_set_error_handler_off();
    for (int i = 0; i <= cells; i++) {
        const double value = likelihood->value(low + i * step, likelihood->data);

        if (isfinite(value) && !(value <= best)) {
            best = value;
            at = low + i * step;
        }
    }
    if (!isfinite(best))
        return false;

    const double left = fmax(at - step, low);
    const double right = fmin(at + step, high);
    Sloping sloping = {likelihood, {left, right},
        {likelihood->slope(left, likelihood->data), likelihood->slope(right, likelihood->data)}};

    if (sloping.slope[0] > 0 && sloping.slope[1] < 0)
        find_root((gsl_function){.function = slope_for_gsl, .params = &sloping}, left, right, &at);
    *parameter = exp(at);
    return true;
}
