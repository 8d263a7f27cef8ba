/*
 * Curves of binned counts, against a published table and R.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/life_table.h"
#include "tests/harness/oracle.h"

#include <math.h>

// E. T. Lee, Statistical Methods for Survival Data Analysis, Wiley 1992, table 4.3 (after Gehan 1969): 2418 men with
// angina pectoris, years after diagnosis. Died and lost to sight by year, the survival at its end as printed.
static void
angina_patients_have_the_published_survival(void **state)
{
    (void)state;
    static const double edges[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, INFINITY};
    static const double died[] = {
        456, 226, 152, 171, 135, 125, 83, 74, 51, 42, 43, 34, 18, 9, 6, 0};
    static const double lost[] = {0, 39, 22, 23, 24, 107, 133, 102, 68, 64, 45, 53, 33, 27, 23, 30};
    static const double at_risk[] = {2418, 1942.5, 1686, 1511.5, 1317, 1116.5, 871.5, 671, 512, 395,
        298.5, 206.5, 129.5, 81.5, 47.5, 15};
    static const double published[] = {.8114, .7170, .6524, .5786, .5193, .4611, .4172, .3712,
        .3342, .2987, .2557, .2136, .1839, .1636, .1429, .1429};
    LifeRow rows[16];

    assert_true(life_table(&(LifeCounts){16, edges, died, lost}, LIFE_ACTUARIAL, rows));
    for (size_t k = 0; k < 16; k++) {
        assert_true(rows[k].at_risk == at_risk[k]);
        assert_true(fabs(rows[k].survival - published[k]) < .00006);
    }
    assert_true(fabs(sqrt(rows[0].variance) - .0080) < .00005);
    assert_true(fabs(rows[0].density - .1886) < .00005);
    assert_true(fabs(rows[0].hazard_rate - .2082) < .00005);
    assert_true(fabs(rows[0].hazard_rate_error - .0097) < .00005);
    assert_true(isnan(rows[15].density) && isnan(rows[15].hazard_rate));  // the bin is open
    // The median survival as Lee prints it, 5.33 years. A tenth lives for ever, as far as is known.
    assert_true(
        fabs(life_table_quantile(&(LifeCounts){16, edges, died, lost}, rows, .5) - 5.33) < .005);
    assert_true(isnan(life_table_quantile(&(LifeCounts){16, edges, died, lost}, rows, .9)));
}

static void
quantiles_lie_between_the_edges(void **state)
{
    (void)state;
    static const double edges[] = {0, 1, 2, 4, INFINITY};
    static const double ended[] = {2, 0, 6, 2}, nobody[] = {0, 0, 0, 0};
    const LifeCounts counts = {4, edges, ended, nobody};
    LifeRow rows[4];

    assert_true(life_table(&counts, LIFE_ACTUARIAL, rows));
    assert_true(fabs(life_table_quantile(&counts, rows, .1) - .5) < 1e-12);
    assert_true(fabs(life_table_quantile(&counts, rows, .2) - 1) < 1e-12);
    assert_true(fabs(life_table_quantile(&counts, rows, .5) - 3) < 1e-12);
    assert_true(isnan(life_table_quantile(&counts, rows, .9)));  // in the open bin
    assert_true(isnan(life_table_quantile(&counts, rows, 0)));
    assert_true(isnan(life_table_quantile(&counts, rows, 1)));
    assert_true(isnan(life_table_quantile(&counts, rows, NAN)));
    assert_true(life_table(&(LifeCounts){4, edges, nobody, nobody}, LIFE_ACTUARIAL, rows));
    assert_true(isnan(life_table_quantile(&counts, rows, .5)));
}

static void
the_three_conventions_agree_with_r(void **state)
{
    (void)state;
    static const char *const sets[] = {"lung_30d", "gbsg_logbins"};
    static const char *const hazards[] = {
        "hazard_cens_late", "hazard_actuarial", "hazard_cens_early"};
    static const char *const survivals[] = {"S_cens_late", "S_actuarial"};
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "lifetable");
    for (size_t c = 0; c < 6; c++) {
        const char *const set = sets[c / 3];
        const LifeConvention convention = (LifeConvention)(c % 3);
        size_t bins = 0;
        const double *const breaks =
            oracle_list(arena, oracle, arena_printf(arena, "%s.breaks", set), &bins);
        const double *const ended =
            oracle_list(arena, oracle, arena_printf(arena, "%s.d", set), &bins);
        const double *const waited =
            oracle_list(arena, oracle, arena_printf(arena, "%s.c", set), &bins);
        const double *const entered =
            oracle_list(arena, oracle, arena_printf(arena, "%s.n", set), &bins);
        const double *const hazard = oracle_list(
            arena, oracle, arena_printf(arena, "%s.%s", set, hazards[convention]), &bins);
        const double *const variance = oracle_list(
            arena, oracle, arena_printf(arena, "%s.greenwood_var_S_actuarial", set), &bins);
        double *const edges = ARENA_ARRAY(arena, double, bins + 1);
        LifeRow *const rows = ARENA_ARRAY(arena, LifeRow, bins);

        for (size_t k = 0; k <= bins; k++)
            edges[k] = k < bins ? breaks[k] : (double)INFINITY;
        assert_true(life_table(&(LifeCounts){bins, edges, ended, waited}, convention, rows));
        for (size_t k = 0; k < bins; k++) {
            assert_true(rows[k].entered == entered[k]);
            if (rows[k].at_risk > 0)
                assert_relative(rows[k].hazard, hazard[k], 1e-12);
            else  // R's table says 1 of nobody; we say nothing
                assert_true(isnan(rows[k].hazard) && isnan(rows[k].survival));
            if (convention == LIFE_ACTUARIAL)
                assert_relative(rows[k].variance, variance[k], 1e-12);
            if (convention != LIFE_EARLY)
                assert_relative(rows[k].survival,
                    oracle_list(arena, oracle,
                        arena_printf(arena, "%s.%s", set, survivals[convention]), &bins)[k],
                    1e-12);
        }
    }
    arena_destroy(arena);
}

// Names of these columns hold dots, which a path would take apart.
static double *
kmsurv(Arena *arena, const json_t *oracle, const char *column, size_t *bins)
{
    const json_t *const table = json_object_get(oracle, "KMsurv_lifetab_lung_30d");

    return oracle_list(arena, json_object_get(table, column), "", bins);
}

static void
densities_and_rates_agree_with_kmsurv(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "lifetable");
    size_t bins = 0;

    const double *const ended = kmsurv(arena, oracle, "nevent", &bins);
    const double *const waited = kmsurv(arena, oracle, "nlost", &bins);
    const double *const survival = kmsurv(arena, oracle, "surv", &bins);
    const double *const error = kmsurv(arena, oracle, "se.surv", &bins);
    double *const edges = ARENA_ARRAY(arena, double, bins + 1);
    LifeRow *const rows = ARENA_ARRAY(arena, LifeRow, bins);
    static const char *const names[] = {"nsubs", "nrisk", "pdf", "se.pdf", "hazard", "se.hazard"};

    for (size_t k = 0; k <= bins; k++)
        edges[k] = k < bins ? 30 * (double)k : (double)INFINITY;
    assert_true(life_table(&(LifeCounts){bins, edges, ended, waited}, LIFE_ACTUARIAL, rows));
    for (size_t c = 0; c < sizeof names / sizeof names[0]; c++) {
        const double *const expected = kmsurv(arena, oracle, names[c], &bins);

        for (size_t k = 0; k < bins; k++) {
            const double found[] = {rows[k].entered, rows[k].at_risk, rows[k].density,
                rows[k].density_error, rows[k].hazard_rate, rows[k].hazard_rate_error};

            assert_relative(found[c], expected[k], 1e-12);
        }
    }
    for (size_t k = 1; k < bins; k++) {  // theirs are at the lower edge
        assert_relative(rows[k - 1].survival, survival[k], 1e-12);
        assert_relative(sqrt(rows[k - 1].variance), error[k], 1e-12);
    }
    arena_destroy(arena);
}

static void
bins_that_nobody_reached_say_nothing(void **state)
{
    (void)state;
    static const double edges[] = {0, 1, 2, 4};
    static const double none[] = {0, 0, 0};
    static const double one[] = {0, 1, 0};
    LifeRow rows[3];

    assert_true(life_table(&(LifeCounts){3, edges, none, none}, LIFE_ACTUARIAL, rows));
    for (int k = 0; k < 3; k++)
        assert_true(isnan(rows[k].hazard) && isnan(rows[k].survival) && isnan(rows[k].variance) &&
                    isnan(rows[k].density) && isnan(rows[k].hazard_rate));

    assert_true(life_table(&(LifeCounts){3, edges, one, none}, LIFE_ACTUARIAL, rows));
    assert_true(rows[0].hazard == 0 && rows[0].survival == 1 && isnan(rows[0].density_error));
    assert_true(rows[1].hazard == 1 && rows[1].survival == 0 && isnan(rows[1].variance));
    assert_true(isnan(rows[2].hazard) && isnan(rows[2].survival));

    assert_true(life_table(&(LifeCounts){3, edges, none, one}, LIFE_LATE, rows));
    assert_true(rows[1].hazard == 0 && rows[1].survival == 1);
    assert_true(life_table(&(LifeCounts){3, edges, none, one}, LIFE_EARLY, rows));
    assert_true(rows[0].survival == 1 && isnan(rows[1].hazard));
    assert_true(life_table(&(LifeCounts){0, edges, none, none}, LIFE_EARLY, rows));
}

static void
impossible_counts_are_refused(void **state)
{
    (void)state;
    static const double edges[] = {0, 1, 2, 4};
    static const double good[] = {1, 2, 3};
    static const double bad[][3] = {{1, -1, 0}, {NAN, 1, 1}, {1, 1, INFINITY}};
    static const double falling[] = {0, 2, 1, 4};
    static const double flat[] = {0, 1, 1, 4};
    LifeRow rows[3] = {{.hazard = -7}};

    for (size_t i = 0; i < 3; i++) {
        assert_false(life_table(&(LifeCounts){3, edges, bad[i], good}, LIFE_LATE, rows));
        assert_false(life_table(&(LifeCounts){3, edges, good, bad[i]}, LIFE_LATE, rows));
    }
    assert_false(life_table(&(LifeCounts){3, falling, good, good}, LIFE_LATE, rows));
    assert_false(life_table(&(LifeCounts){3, flat, good, good}, LIFE_LATE, rows));
    assert_true(rows[0].hazard == -7);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(angina_patients_have_the_published_survival),
        cmocka_unit_test(quantiles_lie_between_the_edges),
        cmocka_unit_test(the_three_conventions_agree_with_r),
        cmocka_unit_test(densities_and_rates_agree_with_kmsurv),
        cmocka_unit_test(bins_that_nobody_reached_say_nothing),
        cmocka_unit_test(impossible_counts_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
