/*
 * Bins, and curves given at their edges, against slow twins.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/bins.h"
#include "tests/harness/histories.h"
#include "tests/harness/oracle.h"

#include <math.h>

static void
bins_follow_the_design(void **state)
{
    (void)state;
    static const struct
    {
        int bin;
        double edge;
    } published[] = {{0, 0}, {1, .25}, {2, .5}, {3, 1}, {4, 2}, {97, 95}, {98, 96}, {99, 98},
        {170, 240}, {171, 252}, {192, 504}, {193, 552}, {201, 936}, {202, 960}, {207, 2160}};

    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++)
        assert_true(bin_edge(published[i].bin) == published[i].edge);
    for (int bin = 0; bin < BIN_COUNT; bin++)
        assert_true(bin_edge(bin) < bin_edge(bin + 1));
}

static void
every_duration_lies_in_its_bin(void **state)
{
    (void)state;
    Dice dice = {3};

    for (int i = 0; i < 100000; i++) {
        const double hours = pow(2, 13 * dice_share(&dice)) - 1;
        const int bin = bin_of(hours);

        assert_true(bin_edge(bin) <= hours);
        assert_true(bin == BIN_COUNT - 1 || hours < bin_edge(bin + 1));

        const BinSpot spot = bin_find(hours);
        const double begin = bin_edge(spot.bin);
        const double width = bin_edge(bin + 1) - bin_edge(bin);

        assert_close(begin + spot.part * (bin_edge(spot.bin + 1) - begin), hours, 1e-9);
        assert_true(spot.bin == bin || fabs(hours - begin) < 1e-9 * width);
    }
    for (int bin = 0; bin < BIN_COUNT; bin++)
        assert_int_equal(bin_of(bin_edge(bin)), bin);
}

static void
absurd_durations_have_a_bin(void **state)
{
    (void)state;
    assert_int_equal(bin_of(-5), 0);
    assert_int_equal(bin_of(NAN), 0);
    assert_int_equal(bin_of(-INFINITY), 0);
    assert_int_equal(bin_of(INFINITY), BIN_COUNT - 1);
    assert_int_equal(bin_of(1e300), BIN_COUNT - 1);
}

static void
coarse_bins_are_unions_of_fine_ones(void **state)
{
    (void)state;
    assert_int_equal(bin_coarse_start(0), 0);
    assert_int_equal(bin_coarse_start(BIN_COARSE_COUNT), BIN_COUNT);
    for (int bin = 0; bin < BIN_COUNT; bin++) {
        assert_true(bin_coarse_start(bin_coarse(bin)) <= bin);
        assert_true(bin < bin_coarse_start(bin_coarse(bin) + 1));
    }
    // from 8 h on no coarse bin is wider than two fifths of its start
    for (int c = 10; c + 1 < BIN_COARSE_COUNT; c++)
        assert_true(bin_edge(bin_coarse_start(c + 1)) <= 1.4 * bin_edge(bin_coarse_start(c)));
}

static void
a_bent_curve_rises_by_a_factor_in_each_coarse_bin(void **state)
{
    (void)state;
    double curve[BIN_COUNT + 1] = {0};
    float single[BIN_COUNT + 1] = {0};
    double bent[BIN_COUNT + 1] = {0};
    float rises[BIN_COARSE_COUNT];
    float factor[BIN_COARSE_COUNT];
    Dice dice = {10};

    for (int i = 0; i < BIN_COARSE_COUNT; i++)
        factor[i] = (float)(3 * dice_share(&dice));
    for (int bin = 0; bin < BIN_COUNT; bin++) {
        const double rise = bin % 5 == 0 ? 0 : dice_share(&dice);

        curve[bin + 1] = curve[bin] + rise;
        bent[bin + 1] = bent[bin] + rise * (double)factor[bin_coarse(bin)];
        single[bin + 1] = (float)curve[bin + 1];
    }
    bin_rises(single, rises);
    for (double hours = -1; hours < 4000; hours += hours < 300 ? .13 : 17) {
        const double wanted = bin_interpolate(bent, hours);
        const BinSpot spot = bin_find(hours);
        const double within = (double)bin_within(single, spot);

        assert_close(
            bin_bent(rises, factor, bin_coarse(spot.bin), within), wanted, 1e-4 + 1e-6 * wanted);
        assert_close((double)bin_value_single(single, spot), bin_interpolate(curve, hours), 1e-4);
    }
    // back by the same curves, unfolded: what rounding moves is within what it moves of the value
    for (double value = -1; value < 1.2 * bent[BIN_COUNT]; value += .37) {
        const double back = bin_inverse_bent(single, rises, factor, value);
        const double plain = bin_inverse_single(single, value);

        assert_close(bin_interpolate(bent, back), fmax(value, 0), 1e-4 + 1e-6 * bent[BIN_COUNT]);
        assert_close(bin_interpolate(curve, plain), fmax(value, 0), 1e-4);
    }
}

// Curves that stand still from some bin on, or within one: what is reached at the end of a coarse bin was reached before it stood
// still.
static void
what_a_bent_curve_never_reaches_takes_for_ever(void **state)
{
    (void)state;
    float single[BIN_COUNT + 1] = {0};
    float rises[BIN_COARSE_COUNT];
    float factor[BIN_COARSE_COUNT];

    for (int i = 0; i < BIN_COARSE_COUNT; i++)
        factor[i] = .1F;
    for (int bin = 0; bin < BIN_COUNT;
         bin++)  // rises by .3 in the first fine bin of coarse bins 10, 12, ... 30
        single[bin + 1] = single[bin] + (bin_coarse(bin) % 2 == 0 && bin_coarse(bin) >= 10 &&
                                                    bin_coarse(bin) <= 30 &&
                                                    bin == bin_coarse_start(bin_coarse(bin))
                                                ? .3F
                                                : 0);
    bin_rises(single, rises);
    for (int n = 1; n <= 11; n++) {
        double all = 0;

        for (int i = 0; i < 10 + 2 * n - 1; i++)
            all += (double)(rises[i] * factor[i]);
        assert_close(bin_inverse_bent(single, rises, factor, all),
            bin_edge(bin_coarse_start(10 + 2 * n - 2) + 1), 1e-4);
    }
    assert_true(isinf(bin_inverse_bent(single, rises, factor, .34)));
    assert_true(isinf(bin_inverse_single(single, 3.4)));
    assert_true(bin_inverse_bent(single, rises, factor, 0) == 0);
    assert_true(bin_inverse_single(single, 0) == 0);
    assert_true(bin_inverse_bent(single, rises, factor, -1) == 0);
}

static void
curves_are_straight_between_edges_and_inverted_exactly(void **state)
{
    (void)state;
    double curve[BIN_COUNT + 1];
    Dice dice = {9};

    curve[0] = 0;
    for (int bin = 0; bin < BIN_COUNT; bin++)
        curve[bin + 1] = curve[bin] + (bin % 5 == 0 ? 0 : dice_share(&dice));
    for (int i = 0; i < 20000; i++) {
        const double hours = 2500 * dice_share(&dice);
        const double value = bin_interpolate(curve, hours);
        const double back = bin_inverse(curve, value);

        assert_true(back <= hours + 1e-9);  // the first duration that reaches it
        assert_close(bin_interpolate(curve, back), value, 1e-12);
    }
    assert_close(bin_interpolate(curve, 1.5), (curve[3] + curve[4]) / 2, 1e-15);
    assert_true(bin_inverse(curve, 0) == 0);
    assert_true(bin_interpolate(curve, -3) == 0);

    const double flat[BIN_COUNT + 1] = {0};

    assert_true(isinf(bin_inverse(flat, .1)));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bins_follow_the_design),
        cmocka_unit_test(every_duration_lies_in_its_bin),
        cmocka_unit_test(absurd_durations_have_a_bin),
        cmocka_unit_test(coarse_bins_are_unions_of_fine_ones),
        cmocka_unit_test(a_bent_curve_rises_by_a_factor_in_each_coarse_bin),
        cmocka_unit_test(what_a_bent_curve_never_reaches_takes_for_ever),
        cmocka_unit_test(curves_are_straight_between_edges_and_inverted_exactly),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
