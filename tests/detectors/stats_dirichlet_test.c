/*
 * Mixes of outcomes shrunk to their parent's, against R and an urn.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/dirichlet.h"
#include "detectors/stats/hazard.h"
#include "tests/harness/histories.h"
#include "tests/harness/oracle.h"

#include <math.h>

static void
mixes_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "dirichlet");
    size_t cells = 0;
    double shares[8];

    const double *const parent = oracle_list(arena, oracle, "parent", &cells);
    const double *const child = oracle_list(arena, oracle, "child", &cells);
    const double *const expected = oracle_list(arena, oracle, "post", &cells);
    const double weight = oracle_number(oracle, "M");
    const DirichletChild item = {.own = child, .parent = parent};

    assert_true(dirichlet_shrink(cells, child, parent, weight, shares));
    for (size_t k = 0; k < cells; k++)
        assert_relative(shares[k], expected[k], 1e-12);
    assert_relative(dirichlet_log_likelihood(&(DirichletChildren){&item, 1, cells}, weight),
        oracle_number(oracle, "loglik"), 1e-12);
    arena_destroy(arena);
}

// The likelihood of one order of draws from Polya's urn, ball by ball: it holds weight x share balls of each colour at
// first, and one more of each colour drawn.
static double
log_likelihood_of_an_urn(const double *own, const double *parent, size_t cells, double weight)
{
    double common = 0;
    double drawn = 0;
    double sum = 0;

    for (size_t k = 0; k < cells; k++)
        common += parent[k];
    for (size_t k = 0; k < cells; k++)
        for (int ball = 0; ball < (int)own[k]; ball++)
            sum += log((weight * parent[k] / common + ball) / (weight + drawn++));
    return sum;
}

static void
the_likelihood_is_that_of_an_urn(void **state)
{
    (void)state;
    static const double parent[] = {5, 1, 0, 3};
    static const double own[][4] = {{1, 0, 0, 4}, {7, 2, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 30}};

    for (double weight = .1; weight < 1e4; weight *= 7) {
        DirichletChild items[4];
        double sum = 0;

        for (int i = 0; i < 4; i++) {
            items[i] = (DirichletChild){.own = own[i], .parent = parent};
            sum += log_likelihood_of_an_urn(own[i], parent, 4, weight);
        }
        assert_relative(
            dirichlet_log_likelihood(&(DirichletChildren){items, 4, 4}, weight), sum, 1e-10);
    }
}

// Two cells are a hazard and its complement.
static void
two_cells_have_the_weight_of_hazards(void **state)
{
    (void)state;
    static const double own[5][2] = {{3, 7}, {9, 4}, {1, 12}, {0, 5}, {6, 6}};
    static const double both[5] = {10, 13, 13, 5, 12};
    static const double parent[2] = {.4, .6};
    DirichletChild items[5];
    HazardChild hazards[5];
    double found = 0;
    double expected = 0;

    for (size_t i = 0; i < 5; i++) {
        items[i] = (DirichletChild){.own = own[i], .parent = parent};
        hazards[i] = (HazardChild){.ended = &own[i][0], .at_risk = &both[i], .parent = &parent[0]};
    }
    assert_true(dirichlet_fit_weight(&(DirichletChildren){items, 5, 2}, &found));
    assert_true(
        hazard_fit_weight(&(HazardChildren){.items = hazards, .count = 5, .bins = 1}, &expected));
    assert_relative(found, expected, 1e-9);
}

static void
a_known_weight_is_found_again(void **state)
{
    (void)state;
    enum
    {
        CHILDREN = 1500,
        CELLS = 4
    };
    static double own[CHILDREN][CELLS];
    static DirichletChild items[CHILDREN];
    static const double parent[CELLS] = {40, 30, 20, 10};
    Dice dice = {5};
    double weight = 0;

    for (size_t i = 0; i < CHILDREN; i++) {
        for (int ball = 0; ball < 40; ball++) {
            double at = dice_share(&dice) * (8 + ball);
            size_t k = 0;

            while (k + 1 < CELLS && at >= 8 * parent[k] / 100 + own[i][k]) {
                at -= 8 * parent[k] / 100 + own[i][k];
                k++;
            }
            own[i][k]++;
        }
        items[i] = (DirichletChild){.own = own[i], .parent = parent};
    }
    assert_true(dirichlet_fit_weight(&(DirichletChildren){items, CHILDREN, CELLS}, &weight));
    assert_true(weight > 7.4 && weight < 8.6);
}

static void
mixes_of_nothing_say_nothing(void **state)
{
    (void)state;
    static const double none[3] = {0, 0, 0};
    static const double some[3] = {1, 3, 0};
    static const double negative[3] = {1, -1, 2};
    static const double mad[3] = {1, NAN, 2};
    static const double elsewhere[3] = {0, 0, 5};
    static const double endless[3] = {1e308, 1e308, 0};
    double shares[3] = {-7, -7, -7};
    double weight = -7;
    const DirichletChild useless[] = {
        {none, some}, {some, none}, {negative, some}, {some, mad}, {elsewhere, some}};

    assert_false(dirichlet_shrink(3, none, none, 5, shares));
    assert_false(dirichlet_shrink(3, none, some, 0, shares));
    assert_false(dirichlet_shrink(3, negative, some, 5, shares));
    assert_false(dirichlet_shrink(3, some, mad, 5, shares));
    assert_false(dirichlet_shrink(3, endless, some, 5, shares));
    assert_false(dirichlet_shrink(3, some, some, -1, shares));
    assert_false(dirichlet_shrink(3, some, some, INFINITY, shares));
    assert_false(dirichlet_shrink(0, some, some, 1, shares));
    assert_false(dirichlet_fit_weight(&(DirichletChildren){useless, 5, 3}, &weight));
    assert_false(dirichlet_fit_weight(&(DirichletChildren){useless, 0, 3}, &weight));
    assert_true(shares[0] == -7 && weight == -7);
    assert_true(isnan(dirichlet_log_likelihood(&(DirichletChildren){useless, 5, 3}, 0)));

    assert_true(dirichlet_shrink(3, none, some, 5, shares));  // the parent's alone
    assert_true(shares[0] == .25 && shares[1] == .75 && shares[2] == 0);
    assert_true(dirichlet_shrink(3, some, none, 5, shares));  // its own alone
    assert_true(shares[0] == .25 && shares[1] == .75 && shares[2] == 0);
    assert_true(dirichlet_shrink(3, elsewhere, some, 5, shares));
    assert_true(shares[0] == .125 && shares[2] == .5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mixes_agree_with_r),
        cmocka_unit_test(the_likelihood_is_that_of_an_urn),
        cmocka_unit_test(two_cells_have_the_weight_of_hazards),
        cmocka_unit_test(a_known_weight_is_found_again),
        cmocka_unit_test(mixes_of_nothing_say_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
