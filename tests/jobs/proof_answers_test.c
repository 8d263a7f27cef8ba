/*
 * What a backtest counts, on nights small enough to count by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "jobs/proof/answers.h"

#include <math.h>
#include <string.h>

#define NIGHTS  2  // of a report, unless it is to have them all
#define ALL     3
#define PARCELS 10

static void
assert_near(double actual, double expected)
{
    if (!(fabs(actual - expected) <= 1e-9))
        fail_msg("%.17g instead of %.17g", actual, expected);
}

typedef struct Small
{
    BacktestParcel parcels[PARCELS];
    BacktestRow rows[ALL][PARCELS];
    BacktestNight nights[ALL];
    BacktestReport report;
} Small;

// Ten parcels on two nights, a day apart; the promise lies ten days after the first. Parcels 0 to 3 come late, 0 and 1 never.
static void
make_small(Small *small)
{
    *small = (Small){0};
    for (int i = 0; i < PARCELS; i++) {
        const double p = .96 - .1 * i;

        small->parcels[i] = (BacktestParcel){.id = "id",
            .carrier = i < 5 ? "a" : "b",
            .service = "",
            .promised_at = 10 * HOURS_24,
            .outcome = {i < 4 ? FATE_YES : FATE_NO, i < 2 ? FATE_YES : FATE_NO},
            .weight = 1};
        for (int n = 0; n < ALL; n++)
            small->rows[n][i] = (BacktestRow){.p_late = p,
                .p_late_stated = p,
                .p_lost = p,
                .p_lost_stated = p,
                .silence_hours = (float)(24 * (PARCELS - i)),
                .age_hours = (float)(24 * (i + 1)),
                .silence_p = i < 2 ? .0001F : .04F * (float)i,
                .rule_late = .5F,
                .parcel = (uint32_t)i,
                .night = (uint16_t)n,
                .milestone = MILESTONE_IN_TRANSIT,
                .kind = p >= .8 ? CASE_LOST : CASE_NONE,
                .asked = {true, true}};
    }
    for (int n = 0; n < ALL; n++)
        small->nights[n] =
            (BacktestNight){.as_of = n * HOURS_24, .rows = small->rows[n], .row_count = PARCELS};
    small->report = (BacktestReport){.age_days = 60,
        .horizon_days = 30,
        .at_risk_probability = .5,
        .lost_probability = .8,
        .nights = small->nights,
        .night_count = NIGHTS,
        .parcels = small->parcels,
        .parcel_count = PARCELS};
}

static const BacktestList *
list_named(const BacktestAnswer *answer, const char *name)
{
    for (size_t i = 0; i < answer->list_count; i++)
        if (strcmp(answer->lists[i].name, name) == 0)
            return &answer->lists[i];
    fail_msg("no list %s", name);
    return NULL;
}

static void
lists_hold_what_they_say(void **state)
{
    Arena *const arena = arena_create();
    Small small;

    (void)state;
    make_small(&small);
    answers_fill(&small.report, small.nights, arena);

    const BacktestAnswer *const late = &small.report.answers[BACKTEST_LATE];
    const BacktestAnswer *const lost = &small.report.answers[BACKTEST_LOST];
    const BacktestList *list = list_named(late, "cases");

    // .96 .86 .76 .66 .56: five each night, four of them late; stated false .04 + .14 + .24 + .34 + .44.
    assert_int_equal(list->listed, 10);
    assert_near(list->precision, .8);
    assert_near(list->recall, 1);
    assert_near(list->false_stated, .24);
    assert_near(list->false_happened.value, .2);
    assert_near(list->alarms_per_1000, 500);
    list = list_named(lost, "cases");
    assert_int_equal(list->listed, 4);
    assert_near(list->precision, 1);
    // Mean false ones of the first k: .04, .09, .14, .19, .24.
    assert_int_equal(list_named(lost, "fdr_5")->listed, 2);
    assert_int_equal(list_named(lost, "fdr_10")->listed, 4);
    assert_int_equal(list_named(lost, "fdr_20")->listed, 8);
    assert_near(list_named(lost, "fdr_20")->false_happened.value, .5);
    // Silent over 7 days: 10, 9 and 8 days; the two lost ones among them. Base rate .2, so AP is 2/3.
    list = list_named(lost, "silence_7");
    assert_true(list->is_rule && isnan(list->false_stated));
    assert_int_equal(list->listed, 6);
    assert_near(list->precision, 2. / 3);
    assert_near(list->average_precision, 2. / 3);
    assert_near(list->vigie_precision, 2. / 3);
    // Handed over more than 7 days ago: none of them is lost; AP is the base rate. Vigie's first three know better.
    list = list_named(lost, "age_7");
    assert_near(list->precision, 0);
    assert_near(list->average_precision, .2);
    assert_near(list->vigie_precision, 2. / 3);
    arena_destroy(arena);
}

// Parcel 0 moves between the two nights: on the first it was not lost.
static void
one_that_moved_on_was_not_lost_that_night(void **state)
{
    Arena *const arena = arena_create();
    Small small;

    (void)state;
    make_small(&small);
    small.parcels[0].moved_at = 12 * HOUR;
    answers_fill(&small.report, small.nights, arena);

    const BacktestAnswer *const lost = &small.report.answers[BACKTEST_LOST];

    assert_near(small.nights[0].of[BACKTEST_LOST].happened, .1);
    assert_near(small.nights[1].of[BACKTEST_LOST].happened, .2);
    assert_near(list_named(lost, "cases")->precision, .75);
    assert_near(small.nights[0].of[BACKTEST_LATE].happened, .4);
    arena_destroy(arena);
}

// Two listed on each of three nights, none of them false: that all draws of nights agree does not make it certain.
static void
a_list_without_false_ones_is_not_certain(void **state)
{
    Arena *const arena = arena_create();
    Small small;

    (void)state;
    make_small(&small);
    small.report.night_count = ALL;
    answers_fill(&small.report, small.nights, arena);

    const BacktestNumber share =
        list_named(&small.report.answers[BACKTEST_LOST], "cases")->false_happened;

    assert_near(share.value, 0);
    assert_near(share.low, 0);
    assert_near(share.high, .39033428790216534);  // z^2 / (6 + z^2)
    arena_destroy(arena);
}

static void
methods_and_nights_are_scored(void **state)
{
    Arena *const arena = arena_create();
    Small small;

    (void)state;
    make_small(&small);
    answers_fill(&small.report, small.nights, arena);

    const BacktestAnswer *const late = &small.report.answers[BACKTEST_LATE];
    const BacktestMethod *const stated = &late->methods[0];

    assert_int_equal(late->method_count, 5);
    assert_int_equal(small.report.answers[BACKTEST_LOST].method_count, 4);
    assert_string_equal(stated->name, "stated");
    assert_int_equal(stated->scores.count, 20);
    assert_int_equal(late->parcels, PARCELS);
    assert_near(stated->scores.base_rate, .4);
    assert_near(stated->scores.stated, .51);
    assert_near(stated->scores.auc.value, 1);
    assert_true(isnan(stated->scores.auc.low));  // two nights say nothing of others
    // Squares of .04 .14 .24 .34 | .56 .46 .36 .26 .16 .06.
    assert_near(stated->scores.brier.value, .0946);
    // Carrier a: 4 of 5 late, b: none; stating so misses by (4 x .04 + .64) / 10.
    assert_near(stated->scores.service_skill, 1 - .0946 / .08);
    assert_near(stated->precision_at_list, .8);
    assert_near(stated->precision_at_100, .4);
    assert_int_equal(stated->bin_count, 20);
    assert_false(late->methods[2].is_probability);
    assert_true(isnan(late->methods[2].scores.brier.value));
    assert_near(late->methods[3].scores.auc.value, 0);  // age ranks the wrong way
    assert_int_equal(small.nights[1].of[BACKTEST_LATE].count, PARCELS);
    assert_near(small.nights[1].of[BACKTEST_LATE].happened, .4);
    // Squares of .04 .14 | .76 .66 .56 .46 .36 .26 .16 .06.
    assert_near(small.nights[1].of[BACKTEST_LOST].brier, .1786);
    assert_int_equal(late->carriers.count, 0);
    assert_int_equal(late->carriers.left_out, 2);
    arena_destroy(arena);
}

static void
lead_and_silence_count_parcels_once(void **state)
{
    Arena *const arena = arena_create();
    Small small;

    (void)state;
    make_small(&small);
    small.rows[0][3].p_late_stated = .2;  // listed on the second night only
    small.rows[0][2].p_late_stated = small.rows[1][2].p_late_stated = .1;  // never
    answers_fill(&small.report, small.nights, arena);
    assert_int_equal(small.report.lead.late, 4);
    assert_int_equal(small.report.lead.warned, 3);
    assert_int_equal(small.report.lead.days[10], 2);
    assert_int_equal(small.report.lead.days[9], 1);
    assert_near(small.report.lead.median, 240);
    assert_near(small.report.lead.low, 228);
    // Of the eight that were not lost one has a p-value of silence of .1 or less.
    assert_near(small.report.silence[0].share, .125);
    assert_near(small.report.silence[0].ratio, 1.25);
    assert_near(small.report.silence[2].share, 0);
    arena_destroy(arena);
}

static void
what_cannot_be_scored_is_counted(void **state)
{
    Arena *const arena = arena_create();
    Small small;

    (void)state;
    make_small(&small);
    small.parcels[0].outcome.late = FATE_UNKNOWN;
    small.rows[0][1].p_late_stated = small.rows[0][1].p_late = NAN;
    small.rows[1][2].asked[BACKTEST_LATE] = false;
    answers_fill(&small.report, small.nights, arena);

    const BacktestAnswer *const late = &small.report.answers[BACKTEST_LATE];

    assert_int_equal(late->not_matured, 2);
    assert_int_equal(late->abstained, 1);
    assert_int_equal(late->methods[0].scores.count, 16);
    assert_int_equal(small.report.answers[BACKTEST_LOST].methods[0].scores.count, 20);
    arena_destroy(arena);
}

static void
scores_count_parcels_as_often_as_they_stand_for(void **state)
{
    Arena *const arena = arena_create();
    Small small;

    (void)state;
    make_small(&small);
    for (int i = 4; i < PARCELS; i++)
        small.parcels[i].weight = 4;
    small.report.is_weighted = true;
    answers_fill(&small.report, small.nights, arena);

    const BacktestMethod *const stated = &small.report.answers[BACKTEST_LATE].methods[0];
    const BacktestList *const list = list_named(&small.report.answers[BACKTEST_LATE], "cases");

    assert_near(stated->unweighted.base_rate, .4);
    assert_near(stated->scores.base_rate, 4. / 28);
    assert_near(stated->scores.weight, 56);
    assert_near(list->precision, .8);
    assert_near(list->weighted_precision, .5);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_hold_what_they_say),
        cmocka_unit_test(one_that_moved_on_was_not_lost_that_night),
        cmocka_unit_test(a_list_without_false_ones_is_not_certain),
        cmocka_unit_test(methods_and_nights_are_scored),
        cmocka_unit_test(lead_and_silence_count_parcels_once),
        cmocka_unit_test(what_cannot_be_scored_is_counted),
        cmocka_unit_test(scores_count_parcels_as_often_as_they_stand_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
