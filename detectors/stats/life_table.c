/*
 * In bin k (width w_k) d_k of the n'_k that reached it end and c_k are last seen waiting:
 *
 *     n_k = n'_k, n'_k - c_k / 2 or n'_k - c_k,   q_k = d_k / n_k,   S_k+1 = S_k (1 - q_k)
 *     var(S_k+1) = S_k+1^2 sum_{j<=k} q_j / (n_j (1 - q_j))                                          (Greenwood)
 *     density f_k = S_k q_k / w_k,    var(f_k) = f_k^2 (sum_{j<k} q_j / (n_j p_j) + p_k / (n_k q_k))
 *     rate r_k = d_k / (w_k (n_k - d_k / 2)),   var(r_k) = r_k^2 / d_k (1 - (r_k w_k / 2)^2)
 *     quantile t_p = t_k + w_k (S_k - (1 - p)) / (S_k - S_k+1)   in the first bin with S_k+1 <= 1 - p
 *
 * E. S. Gehan, J. Chronic Dis. 21 (1969) 629-644; the conventions: J. D. Kalbfleisch, R. L. Prentice, The Statistical
 * Analysis of Failure Time Data, Wiley 1980, section 1.3.
 */
#include "detectors/stats/life_table.h"

#include <math.h>

static bool
is_count(double count)
{
    return count >= 0 && isfinite(count);
}

static bool
can_be_used(const LifeCounts *counts)
{
    for (size_t k = 0; k < counts->bins; k++)
        if (!is_count(counts->ended[k]) || !is_count(counts->waited[k]) ||
            !(counts->edges[k + 1] > counts->edges[k]))
            return false;
    return true;
}

static double
share_at_risk(LifeConvention convention)
{
    switch (convention) {
    case LIFE_LATE:
        return 1;
    case LIFE_EARLY:
        return 0;
    case LIFE_ACTUARIAL:
        break;
    }
    return .5;
}

// What is carried from bin to bin: survival to the lower edge, and the variance of its logarithm.
typedef struct Reached
{
    double survival, log_variance;
} Reached;

static void
add_rates(LifeRow *row, double ended, double width, Reached reached)
{
    const double n = row->at_risk;
    const double q = row->hazard;
    const double p = 1 - q;
    const double halved = n - ended / 2;

    row->density = row->density_error = row->hazard_rate = row->hazard_rate_error = NAN;
    if (!(n > 0) || !isfinite(width))
        return;
    row->density = reached.survival * q / width;
    row->hazard_rate = ended / halved / width;
    if (!(q > 0))
        return;
    row->density_error = row->density * sqrt(reached.log_variance + p / (n * q));

    const double half = row->hazard_rate * width / 2;

    row->hazard_rate_error = row->hazard_rate * sqrt(fmax((1 - half * half) / ended, 0));
}

bool
life_table(const LifeCounts *counts, LifeConvention convention, LifeRow *rows)
{
    double later = 0;
    Reached reached = {.survival = 1};

    if (!can_be_used(counts))
        return false;
    for (size_t k = counts->bins; k-- > 0;) {
        const double stayed = counts->ended[k] + later;  // not last seen waiting in this bin

        rows[k].at_risk = stayed + share_at_risk(convention) * counts->waited[k];
        rows[k].entered = later = stayed + counts->waited[k];
    }
    for (size_t k = 0; k < counts->bins; k++) {
        LifeRow *const row = &rows[k];
        const double n = row->at_risk;
        const double left = n - counts->ended[k];

        row->hazard = n > 0 ? counts->ended[k] / n : (double)NAN;
        add_rates(row, counts->ended[k], counts->edges[k + 1] - counts->edges[k], reached);
        reached.survival *= 1 - row->hazard;
        reached.log_variance += left > 0 ? row->hazard / left : (double)NAN;
        row->survival = reached.survival;
        row->variance = reached.survival * reached.survival * reached.log_variance;
    }
    return true;
}

double
life_table_quantile(const LifeCounts *counts, const LifeRow *rows, double p)
{
    double before = 1;

    if (!(p > 0 && p < 1))
        return NAN;
    for (size_t k = 0; k < counts->bins && isfinite(rows[k].survival); k++) {
        const double width = counts->edges[k + 1] - counts->edges[k];

        if (rows[k].survival <= 1 - p)
            return isfinite(width)
                       ? counts->edges[k] + width * (before - (1 - p)) / (before - rows[k].survival)
                       : (double)NAN;
        before = rows[k].survival;
    }
    return NAN;
}
