/*
 * Lost parcels, P(on time) and lists, against R and simulation with known truth.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/convolve.h"
#include "detectors/stats/cure.h"
#include "detectors/stats/fdr.h"
#include "detectors/stats/hazard.h"
#include "tests/harness/histories.h"
#include "tests/harness/oracle.h"

#include <math.h>

static void
em_on_a_histogram_agrees_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "cure_em_hist");
    size_t bins = 0;
    size_t edges = 0;
    double hazard[BIN_COUNT];
    double mover[BIN_COUNT];
    double survival[BIN_COUNT + 1];

    const double share = oracle_number(oracle, "pi");
    const double *const ended = oracle_list(arena, oracle, "d", &bins);
    const double *const waited = oracle_list(arena, oracle, "c", &bins);
    const CureCounts counts = {.ended = ended,
        .waited = waited,
        .bins = bins,
        .horizon = bins,
        .share = share,
        .steps = 200};
    const double *const weights = oracle_list(arena, oracle, "weights", &bins);
    const double *const movers = oracle_list(arena, oracle, "S_u_edges", &edges);
    const double *const lost = oracle_list(arena, oracle, "posterior_lost_at_edges", &edges);

    cure_fit(&counts, hazard, mover);
    hazard_survival(bins, hazard, survival);
    for (size_t k = 0; k < bins; k++)
        assert_close(mover[k], weights[k], 1e-10);
    for (size_t k = 0; k < edges; k++) {
        assert_close(survival[k], movers[k], 1e-10);
        assert_close(cure_posterior(share, survival[k]), lost[k], 1e-10);
    }
    arena_destroy(arena);
}

// Gaps are exponential with mean 20 h, 3 % never end, everything is watched for 20 to 400 h. The posterior must be what
// the share of lost among the silent really is.
static void
a_known_share_of_lost_parcels_gives_honest_posteriors(void **state)
{
    (void)state;
    Dice dice = {404};
    double ended[BIN_COUNT] = {0};
    double waited[BIN_COUNT] = {0};
    double hazard[BIN_COUNT];
    double mover[BIN_COUNT];
    double cumulative[BIN_COUNT + 1];

    for (int i = 0; i < 200000; i++) {
        const double watched = 20 + 380 * dice_share(&dice);
        const double length = dice_share(&dice) < .03 ? INFINITY : -20 * log(1 - dice_share(&dice));

        if (length < watched)
            ended[bin_of(length)]++;
        else
            waited[bin_of(watched)]++;
    }

    const CureCounts counts = {.bins = BIN_COUNT,
        .ended = ended,
        .waited = waited,
        .share = .03,
        .horizon = BIN_COUNT,
        .steps = 8};

    cure_fit(&counts, hazard, mover);
    hazard_cumulative(BIN_COUNT, hazard, cumulative);
    for (double t = 10; t <= 120; t += 10) {
        const double truth = .03 / (.03 + .97 * exp(-t / 20));
        const double found = cure_posterior(.03, exp(-bin_interpolate(cumulative, t)));

        assert_close(found, truth, .02);
    }
}

static void
shares_stay_within_reason(void **state)
{
    (void)state;
    assert_close(cure_share(3, 97, .05, 100), (3 + 5.0) / 197, 1e-15);
    assert_true(cure_share(0, 0, .01, 0) == .01);
    assert_true(cure_share(0, 1e9, 0, 0) == CURE_SHARE_MIN);
    assert_true(cure_share(10, 10, .9, 10) == .5);
    assert_true(cure_posterior(0, 0) == 1);
    assert_close(cure_posterior(.02, 1), .02, 1e-15);
}

static void
degenerate_counts_give_finite_answers(void **state)
{
    (void)state;
    const double none[4] = {0};
    const double some[4] = {0, 1, 0, 0};
    double hazard[4];
    double mover[4];
    const struct
    {
        const double *ended, *waited;
    } cases[] = {{none, none}, {some, none}, {none, some}, {some, some}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cure_fit(&(CureCounts){.bins = 4,
                     .ended = cases[i].ended,
                     .waited = cases[i].waited,
                     .share = .02,
                     .horizon = 4,
                     .steps = 8},
            hazard, mover);
        for (int k = 0; k < 4; k++) {
            assert_true(hazard[k] >= 0 && hazard[k] <= 1);
            assert_true(mover[k] >= 0 && mover[k] <= 1);
        }
    }
}

static double
curve_at(const double *edges, const double *values, size_t count, double x)
{
    const double last = edges[count - 1];
    size_t i = 0;

    x = fmin(x, last);
    while (i + 2 < count && x >= edges[i + 1])
        i++;
    return values[i] + (values[i + 1] - values[i]) * (x - edges[i]) / (edges[i + 1] - edges[i]);
}

// A parcel of the oracle: cumulative hazards at knots, of the gap and of the rest of the way.
typedef struct Silent
{
    const double *at, *gap, *rest;
    size_t knots;
    double silence, deadline, theta, share;
    double edges[CONVOLVE_CELLS_MAX + 1];
    size_t cells;
} Silent;

static double
waiting(const Silent *silent, double hours)
{
    const double hazard = curve_at(silent->at, silent->gap, silent->knots, hours);

    return silent->share + (1 - silent->share) * exp(-silent->theta * hazard);
}

static double
silent_survival(const void *data, size_t edge)
{
    const Silent *const silent = data;

    return waiting(silent, silent->silence + silent->edges[edge]) /
           waiting(silent, silent->silence);
}

static double
silent_arrived(const Silent *silent, size_t cell)
{
    const double middle = (silent->edges[cell] + silent->edges[cell + 1]) / 2;

    return 1 - exp(-curve_at(silent->at, silent->rest, silent->knots, silent->deadline - middle));
}

static double
silent_late(Silent *silent, double together)
{
    ConvolvePart parts[CONVOLVE_CELLS_MAX];
    double on_time = 0;

    silent->cells = convolve_cells(silent->deadline, silent->edges);

    const double end = silent_survival(silent, silent->cells);

    for (size_t i = convolve_parts(silent_survival, silent, silent->cells, end, together, parts);
         i-- > 0;)
        on_time += parts[i].mass * silent_arrived(silent, parts[i].cell);
    return 1 - on_time;
}

static void
p_late_of_silent_parcels_agrees_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "plate_conv");
    size_t knots = 0;
    size_t count = 0;

    const double *const at = oracle_list(arena, oracle, "edges", &knots);
    const double *const gap = oracle_list(arena, oracle, "cumhaz_gap", &knots);
    const double *const rest = oracle_list(arena, oracle, "cumhaz_remaining", &knots);
    const double *const silent = oracle_list(arena, oracle, "cases.t", &count);
    const double *const deadline = oracle_list(arena, oracle, "cases.D", &count);
    const double *const theta = oracle_list(arena, oracle, "cases.theta", &count);
    const double *const pi = oracle_list(arena, oracle, "cases.pi", &count);
    const double *const late = oracle_list(arena, oracle, "cases.p_late", &count);

    for (size_t i = 0; i < count; i++) {
        Silent parcel = {.at = at,
            .gap = gap,
            .rest = rest,
            .knots = knots,
            .silence = silent[i],
            .deadline = deadline[i],
            .theta = theta[i],
            .share = pi[i]};

        assert_close(silent_late(&parcel, 0), late[i], 1e-10);
        assert_close(silent_late(&parcel, .001), late[i], .0015);
    }
    arena_destroy(arena);
}

static void
cells_cover_the_time_ahead(void **state)
{
    (void)state;
    double edges[CONVOLVE_CELLS_MAX + 1];

    assert_int_equal(convolve_cells(0, edges), 0);
    assert_int_equal(convolve_cells(-4, edges), 0);
    assert_int_equal(convolve_cells(NAN, edges), 0);
    for (double hours = .3; hours < 4000; hours *= 1.17) {
        const size_t cells = convolve_cells(hours, edges);

        assert_true(cells <= CONVOLVE_CELLS_MAX);
        assert_true(edges[0] == 0);
        assert_close(edges[cells], fmin(hours, CONVOLVE_HOURS_MAX), 1e-12);
        for (size_t k = 0; k < cells; k++)
            assert_true(edges[k + 1] > edges[k]);
    }
}

// P(T <= t + u | T > t) from a curve, against R's survfit on the lung data, with one bin a day.
static void
conditional_probabilities_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "conditional");
    size_t rows = 0;
    size_t count = 0;
    enum
    {
        BINS = 2 * 1100
    };

    const double *const time = oracle_column(arena, "lung", 0, &rows);
    const double *const status = oracle_column(arena, "lung", 1, &rows);
    double *const ended = ARENA_ARRAY(arena, double, BINS);
    double *const waited = ARENA_ARRAY(arena, double, BINS);
    double *const at_risk = ARENA_ARRAY(arena, double, BINS);
    double *const hazard = ARENA_ARRAY(arena, double, BINS);
    double *const survival = ARENA_ARRAY(arena, double, BINS + 1);

    for (size_t i = 0; i < rows; i++)
        (status[i] > 0 ? ended : waited)[2 * (size_t)time[i] + (status[i] > 0 ? 0 : 1)]++;
    hazard_at_risk(BINS, ended, waited, at_risk);
    hazard_estimate(BINS, ended, at_risk, NULL, 0, hazard);
    hazard_survival(BINS, hazard, survival);

    const double *const t = oracle_list(arena, oracle, "t", &count);
    const double *const until = oracle_list(arena, oracle, "T", &count);
    const double *const expected = oracle_list(arena, oracle, "p_event_by_T_given_gt_t", &count);

    for (size_t i = 0; i < count; i++)
        assert_close(1 - survival[2 * (size_t)until[i] + 2] / survival[2 * (size_t)t[i] + 2],
            expected[i], 1e-12);
    arena_destroy(arena);
}

static int
descending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;

    return x < y ? 1 : x > y ? -1 : 0;
}

static void
the_false_share_of_lists_agrees_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "bayes_fdr");
    size_t count = 0;
    size_t lists = 0;

    double *const posteriors = oracle_column(arena, "posterior_60", 0, &count);
    const double *const running = oracle_list(arena, oracle, "bayes_fdr_running", &lists);

    assert_int_equal(count, lists);
    qsort(posteriors, count, sizeof *posteriors, descending);
    for (size_t k = 1; k <= count; k++)
        assert_close(fdr_false_share(posteriors, k), running[k - 1], 1e-14);
    arena_destroy(arena);
}

static void
the_false_share_of_nothing_is_not_zero(void **state)
{
    (void)state;
    assert_true(isnan(fdr_false_share(NULL, 0)));
    assert_true(isnan(fdr_false_share((const double[]){.5, NAN}, 2)));
    assert_true(isnan(fdr_false_share((const double[]){1.5}, 1)));
    assert_close(fdr_false_share((const double[]){1, .9, .8}, 3), .1, 1e-15);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(em_on_a_histogram_agrees_with_r),
        cmocka_unit_test(a_known_share_of_lost_parcels_gives_honest_posteriors),
        cmocka_unit_test(shares_stay_within_reason),
        cmocka_unit_test(degenerate_counts_give_finite_answers),
        cmocka_unit_test(p_late_of_silent_parcels_agrees_with_r),
        cmocka_unit_test(cells_cover_the_time_ahead),
        cmocka_unit_test(conditional_probabilities_agree_with_r),
        cmocka_unit_test(the_false_share_of_lists_agrees_with_r),
        cmocka_unit_test(the_false_share_of_nothing_is_not_zero),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
