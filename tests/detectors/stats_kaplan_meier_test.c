/*
 * Curves of gaps without bins, against published tables, R and slow twins.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/kaplan_meier.h"
#include "tests/harness/gaps.h"
#include "tests/harness/histories.h"
#include "tests/harness/oracle.h"

#include <math.h>
#include <string.h>

static void
maintained_remissions_have_the_published_table(void **state)
{
    (void)state;
    static const struct
    {
        double time, at_risk, ended, survival, error;
    } published[] = {{9, 11, 1, .91, .087}, {13, 10, 1, .82, .116}, {18, 8, 1, .72, .140},
        {23, 7, 1, .61, .153}, {31, 5, 1, .49, .164}, {34, 4, 1, .37, .163}, {48, 2, 1, .18, .153}};
    Arena *const arena = arena_create();
    CensoredGap gaps[20];
    const KaplanMeier curve = kaplan_meier(arena, gaps, gaps_of(gaps_maintained, gaps));
    size_t at = 0;

    for (size_t i = 0; i < curve.count; i++) {
        const KaplanMeierRow *const row = &curve.rows[i];

        if (!(row->ended > 0))
            continue;
        assert_true(at < sizeof published / sizeof published[0]);
        assert_true(row->time == published[at].time);
        assert_true(row->at_risk == published[at].at_risk);
        assert_true(row->ended == published[at].ended);
        assert_close(row->survival, published[at].survival, .006);
        assert_close(row->survival * sqrt(row->log_variance), published[at].error, .0006);
        at++;
    }
    assert_int_equal(at, sizeof published / sizeof published[0]);
    arena_destroy(arena);
}

// Medians and their 95 % limits as R prints them for these data (package survival, ?aml); NA is INFINITY here.
static void
medians_have_the_published_limits(void **state)
{
    (void)state;
    const struct
    {
        const int *times;
        double median, low, high;
    } published[] = {{gaps_maintained, 31, 18, INFINITY}, {gaps_not_maintained, 23, 8, INFINITY},
        {gaps_six_mp, 23, 16, INFINITY}, {gaps_placebo, 8, 4, 12}};
    Arena *const arena = arena_create();
    CensoredGap gaps[30];

    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
        const KaplanMeier curve = kaplan_meier(arena, gaps, gaps_of(published[i].times, gaps));
        const TimeEstimate median = kaplan_meier_quantile(&curve, .5, BAND_LOG, .95);

        assert_true(median.time == published[i].median);
        assert_true(median.low == published[i].low);
        assert_true(median.high == published[i].high);
    }
    arena_destroy(arena);
}

// A column of R's table; what R leaves open (NA, since Greenwood fails at S = 0) is NAN.
static double *
column_of(Arena *arena, const json_t *oracle, const char *set, const char *column, size_t rows)
{
    size_t count = 0;
    double *const list =
        oracle_list(arena, oracle, arena_printf(arena, "%s.%s", set, column), &count);

    assert_int_equal(count, rows);
    return list;
}

static void
assert_rows_agree(Arena *arena, const json_t *oracle, const char *set, const KaplanMeier *curve)
{
    static const char *const names[] = {"time", "n_risk", "n_event", "n_censor", "surv",
        "nelson_aalen", "se_nelson_aalen", "se_log_surv", "se_surv", "greenwood_var_surv"};

    for (size_t c = 0; c < sizeof names / sizeof names[0]; c++) {
        const double *const expected = column_of(arena, oracle, set, names[c], curve->count);

        for (size_t i = 0; i < curve->count; i++) {
            const KaplanMeierRow *const row = &curve->rows[i];
            const double error = sqrt(row->log_variance);
            const double found[] = {row->time, row->at_risk, row->ended, row->waited, row->survival,
                row->cumulative, sqrt(row->cumulative_variance), error, row->survival * error,
                row->survival * row->survival * row->log_variance};

            assert_relative(found[c], expected[i], 1e-12);
        }
    }
}

static void
assert_bands_agree(Arena *arena, const json_t *oracle, const char *set, const KaplanMeier *curve)
{
    static const char *const names[] = {"plain", "log", "loglog"};
    static const BandScale scales[] = {BAND_PLAIN, BAND_LOG, BAND_LOG_LOG};

    for (size_t c = 0; c < 3; c++) {
        const double *const low =
            column_of(arena, oracle, set, arena_printf(arena, "lower_%s", names[c]), curve->count);
        const double *const high =
            column_of(arena, oracle, set, arena_printf(arena, "upper_%s", names[c]), curve->count);

        for (size_t i = 0; i < curve->count; i++) {
            const Band band = kaplan_meier_band(curve, i, scales[c], .95);

            if (isnan(low[i])) {
                assert_true(curve->rows[i].survival == 0);
                assert_true(band.low == 0);
                assert_close(band.high, high[i - 1], 1e-12);
            } else {
                assert_relative(band.low, low[i], 1e-12);
                assert_relative(band.high, high[i], 1e-12);
            }
        }
    }
}

static void
curves_agree_with_r(void **state)
{
    (void)state;
    static const char *const sets[] = {
        "lung", "aml_all", "aml_maintained", "aml_nonmaintained", "veteran", "ovarian"};
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "km");
    for (size_t s = 0; s < sizeof sets / sizeof sets[0]; s++) {
        const char *const set = sets[s];
        const bool aml = strncmp(set, "aml", 3) == 0;
        size_t all = 0;
        const CensoredGap *gaps = gaps_from_data(arena, aml ? "aml" : set, &all);
        const size_t count = (size_t)oracle_number(oracle, arena_printf(arena, "%s.n", set));
        size_t five = 0;

        gaps +=
            strcmp(set, "aml_nonmaintained") == 0 ? 11 : 0;  // the file has the maintained first

        const KaplanMeier curve = kaplan_meier(arena, gaps, count);
        const double *const p =
            oracle_list(arena, oracle, arena_printf(arena, "%s.quantiles.p", set), &five);
        const double *const q =
            oracle_list(arena, oracle, arena_printf(arena, "%s.quantiles.q", set), &five);
        const MeanEstimate mean = kaplan_meier_mean(&curve, curve.watched);

        assert_rows_agree(arena, oracle, set, &curve);
        assert_bands_agree(arena, oracle, set, &curve);
        for (size_t i = 0; i < five; i++) {
            const double found = kaplan_meier_quantile(&curve, p[i], BAND_LOG, .95).time;

            assert_close(isinf(found) ? (double)NAN : found, q[i], 1e-12);
        }
        assert_close(
            mean.mean, oracle_number(oracle, arena_printf(arena, "%s.rmst_to_max", set)), 1e-12);
        assert_close(
            mean.error, oracle_number(oracle, arena_printf(arena, "%s.se_rmst", set)), 1e-12);
    }
    arena_destroy(arena);
}

// Redistribution to the right (B. Efron, Proc. 5th Berkeley Symp. 4 (1967) 831-853): each mass of one that is last seen
// waiting is handed on evenly to all later ones. What stands beyond t in the end is Kaplan and Meier's S(t).
static void
curves_redistribute_mass_to_the_right(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    Dice dice = {77};

    for (int round = 0; round < 40; round++) {
        CensoredGap gaps[40];
        double mass[40];
        const size_t n = 1 + (size_t)dice_below(&dice, 40);

        for (size_t i = 0; i < n; i++) {  // distinct rising times
            gaps[i] = (CensoredGap){.time = (double)i + dice_share(&dice),
                .ended = dice_share(&dice) < .6,
                .weight = 1};
            mass[i] = 1 / (double)n;
        }
        for (size_t i = 0; i + 1 < n; i++) {
            const double handed = gaps[i].ended ? 0 : mass[i];

            mass[i] -= handed;
            for (size_t j = i + 1; j < n; j++)
                mass[j] += handed / (double)(n - i - 1);
        }

        const KaplanMeier curve = kaplan_meier(arena, gaps, n);

        for (size_t i = 0; i < n; i++) {
            double beyond = 0;

            for (size_t j = i + 1; j < n; j++)
                beyond += mass[j];
            if (i + 1 < n || gaps[i].ended)
                assert_close(kaplan_meier_survival(&curve, gaps[i].time), beyond, 1e-12);
        }
    }
    arena_destroy(arena);
}

static void
nothing_is_known_of_no_gaps(void **state)
{
    (void)state;
    static const CensoredGap useless[] = {{-1, true, 1}, {NAN, true, 1}, {3, true, 0},
        {3, true, -2}, {3, true, NAN}, {3, true, INFINITY}, {-INFINITY, false, 1}};
    Arena *const arena = arena_create();

    for (int i = 0; i < 2; i++) {
        const size_t count = i == 0 ? 0 : sizeof useless / sizeof useless[0];
        const KaplanMeier curve = kaplan_meier(arena, useless, count);
        const TimeEstimate median = kaplan_meier_quantile(&curve, .5, BAND_LOG, .95);

        assert_int_equal(curve.count, 0);
        assert_int_equal(curve.refused, count);
        assert_true(isnan(curve.watched));
        assert_true(isnan(kaplan_meier_survival(&curve, 0)));
        assert_true(isnan(median.time) && isnan(median.low) && isnan(median.high));
        assert_true(isnan(kaplan_meier_mean(&curve, 10).mean));
    }
    arena_destroy(arena);
}

static void
gaps_that_are_all_open_never_end(void **state)
{
    (void)state;
    static const CensoredGap open[] = {
        {5, false, 1}, {9, false, 2}, {INFINITY, false, 1}, {INFINITY, true, 1}};
    Arena *const arena = arena_create();

    for (size_t count = 1; count <= 4; count++) {
        const KaplanMeier curve = kaplan_meier(arena, open, count);
        const TimeEstimate median = kaplan_meier_quantile(&curve, .5, BAND_LOG, .95);

        assert_int_equal(curve.count, count < 2 ? 1 : 2);
        assert_true(kaplan_meier_survival(&curve, 5) == 1);
        assert_true(isinf(median.time) && isinf(median.low) && isinf(median.high));
        assert_close(kaplan_meier_mean(&curve, 5).mean, 5, 1e-15);
        assert_true(kaplan_meier_mean(&curve, 5).error == 0);
    }

    const KaplanMeier watched = kaplan_meier(arena, open, 2);
    const KaplanMeier endless = kaplan_meier(arena, open, 4);

    assert_true(isnan(kaplan_meier_survival(&watched, 9.5)));  // nobody was watched so long
    assert_true(isnan(kaplan_meier_mean(&watched, 9.5).mean));
    assert_true(kaplan_meier_survival(&endless, 1e9) == 1);
    assert_true(isnan(kaplan_meier_mean(&endless, INFINITY).mean));
    arena_destroy(arena);
}

static void
gaps_that_end_at_one_instant_leave_nobody(void **state)
{
    (void)state;
    static const CensoredGap once[] = {{7, true, 1}, {7, true, 1}, {7, true, 1}};
    Arena *const arena = arena_create();

    for (size_t count = 1; count <= 3; count++) {
        const KaplanMeier curve = kaplan_meier(arena, once, count);
        const Band band = kaplan_meier_band(&curve, 0, BAND_LOG, .95);
        const TimeEstimate median = kaplan_meier_quantile(&curve, .5, BAND_LOG, .95);
        const MeanEstimate mean = kaplan_meier_mean(&curve, INFINITY);

        assert_int_equal(curve.count, 1);
        assert_true(kaplan_meier_survival(&curve, 6.9) == 1);
        assert_true(kaplan_meier_survival(&curve, 7) == 0);
        assert_true(kaplan_meier_survival(&curve, INFINITY) == 0);
        assert_true(isnan(curve.rows[0].log_variance));
        assert_true(band.low == 0 && band.high == 1);  // nothing is claimed
        assert_true(median.time == 7 && median.low == 7 && isinf(median.high));
        assert_true(mean.mean == 7 && mean.error == 0);
    }
    arena_destroy(arena);
}

// The variance of what hardly weighs anything leaves the range of doubles; the limits then say that nothing is known.
static void
gaps_that_hardly_count_are_not_trusted(void **state)
{
    (void)state;
    static const CensoredGap gaps[] = {{3, true, 1}, {5, true, 5e-324}, {8, false, 5e-324}};
    Arena *const arena = arena_create();
    const KaplanMeier curve = kaplan_meier(arena, gaps, 3);

    for (size_t i = 0; i < curve.count; i++) {
        const Band band = kaplan_meier_band(&curve, i, BAND_LOG_LOG, .95);

        assert_true(band.low == 0 && band.high == 1);
        assert_true(curve.rows[i].survival >= 0 && curve.rows[i].survival < 1);
    }
    assert_true(isnan(kaplan_meier_band(&curve, 0, BAND_LOG, 1.5).low));
    arena_destroy(arena);
}

static void
gaps_of_no_length_end_at_once(void **state)
{
    (void)state;
    static const CensoredGap gaps[] = {{0, true, 1}, {-0.0, false, 1}, {4, true, 1}, {4, false, 1}};
    Arena *const arena = arena_create();
    const KaplanMeier curve = kaplan_meier(arena, gaps, 4);

    assert_int_equal(curve.count, 2);
    assert_true(kaplan_meier_survival(&curve, -1) == 1);
    assert_close(kaplan_meier_survival(&curve, 0), .75, 1e-15);
    assert_close(kaplan_meier_survival(&curve, 4), .375, 1e-15);
    assert_close(kaplan_meier_mean(&curve, 4).mean, 3, 1e-15);
    assert_true(isnan(kaplan_meier_mean(&curve, 0).mean));
    assert_true(isnan(kaplan_meier_mean(&curve, -1).mean));
    assert_true(isnan(kaplan_meier_survival(&curve, NAN)));
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(maintained_remissions_have_the_published_table),
        cmocka_unit_test(medians_have_the_published_limits),
        cmocka_unit_test(curves_agree_with_r),
        cmocka_unit_test(curves_redistribute_mass_to_the_right),
        cmocka_unit_test(nothing_is_known_of_no_gaps),
        cmocka_unit_test(gaps_that_are_all_open_never_end),
        cmocka_unit_test(gaps_that_end_at_one_instant_leave_nobody),
        cmocka_unit_test(gaps_that_hardly_count_are_not_trusted),
        cmocka_unit_test(gaps_of_no_length_end_at_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
