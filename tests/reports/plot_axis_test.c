// Axes: round numbers, rising, between the ends, whatever the data.
#include "reports/plot_axis.h"

#include "core/text.h"
#include "tests/harness/odd_numbers.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
ticks_rise_and_stay_between_the_ends(void **unused)
{
    uint64_t state = 3;

    (void)unused;
    for (int round = 0; round < 20000; round++) {
        const PlotAxis axis = {.label = "",
            .scale = odd_dice(&state) % 2 ? PLOT_LOG : PLOT_LINEAR,
            .unit = (PlotUnit)(odd_dice(&state) % 4),
            .low = NAN,
            .high = NAN};
        const double a = odd_number(&state);
        const double b = odd_number(&state);
        const PlotRuler ruler = plot_ruler(&axis, fmin(a, b), fmax(a, b), 0, 100);
        double ticks[PLOT_TICKS];
        const size_t count = plot_ticks(&ruler, ticks);

        assert_true(ruler.low < ruler.high);
        assert_true(count >= 1 && count <= PLOT_TICKS);
        for (size_t i = 0; i < count; i++) {
            const double slack = 1e-6 * (ruler.high - ruler.low);

            assert_true(ticks[i] >= ruler.low - slack && ticks[i] <= ruler.high + slack);
            assert_true(i == 0 || ticks[i] > ticks[i - 1]);
        }
    }
}

static void
ticks_are_round(void **unused)
{
    static const struct
    {
        PlotScale scale;
        PlotUnit unit;
        double low, high;
        const char *texts;
    } cases[] = {
        {PLOT_LINEAR, PLOT_NUMBERS, 0, 1, "0.0 0.2 0.4 0.6 0.8 1.0 "},
        {PLOT_LINEAR, PLOT_NUMBERS, 0, 96, "0 20 40 60 80 100 "},
        {PLOT_LINEAR, PLOT_NUMBERS, -3, 4, "-4 -2 0 2 4 "},
        {PLOT_LINEAR, PLOT_NUMBERS, 0, 4200, "0 1,000 2,000 3,000 4,000 5,000 "},
        {PLOT_LINEAR, PLOT_SHARES, 0, 1, "0% 20% 40% 60% 80% 100% "},
        {PLOT_LINEAR, PLOT_SHARES, 0, .004, "0.0% 0.1% 0.2% 0.3% 0.4% "},
        {PLOT_LOG, PLOT_NUMBERS, .5, 150, "0.5 1 2 5 10 20 50 100 "},
        {PLOT_LOG, PLOT_NUMBERS, .001, 1000, "0.001 0.1 10 1,000 "},
        {PLOT_LINEAR, PLOT_HOURS, 0, 4, "0 1 2 3 4 "},
        {PLOT_LINEAR, PLOT_HOURS, 0, 52, "0 12 24 36 48 60 "},
        {PLOT_LINEAR, PLOT_HOURS, 0, 120, "0 24 48 72 96 120 "},
        {PLOT_LINEAR, PLOT_DAYS, 17400, 17414, "2017-08-22 2017-08-29 2017-09-05 "},
    };
    Arena *const arena = arena_create();

    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const PlotAxis axis = {
            .scale = cases[i].scale, .unit = cases[i].unit, .low = NAN, .high = NAN};
        const PlotRuler ruler = plot_ruler(&axis, cases[i].low, cases[i].high, 0, 1);
        double ticks[PLOT_TICKS];
        const size_t count = plot_ticks(&ruler, ticks);
        Text texts = {.arena = arena};

        for (size_t k = 0; k < count; k++)
            text_add_format(&texts, "%s ", plot_tick_text(arena, &ruler, ticks[k]));
        assert_string_equal(text_get(&texts), cases[i].texts);
    }
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticks_rise_and_stay_between_the_ends),
        cmocka_unit_test(ticks_are_round),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
