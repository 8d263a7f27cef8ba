/*
 * The nights one by one, and how the backtest was done: who was asked about, what was left out, what was drawn.
 */
#include "core/text.h"
#include "reports/backtest_page.h"

#include <math.h>

// Kinds of which some night had a case, in their order.
static size_t
kinds_seen(const BacktestReport *report, CaseKind kinds[CASE_KIND_COUNT])
{
    size_t count = 0;

    for (CaseKind kind = CASE_NONE + 1; kind < CASE_KIND_COUNT; kind++)
        for (size_t i = 0; i < report->night_count; i++)
            if (report->nights[i].cases[kind] > 0) {
                kinds[count++] = kind;
                break;
            }
    return count;
}

static void
add_night(const BacktestPage *page, MarkupNode *body, const Column *columns,
    const BacktestNight *night, const CaseKind *kinds, size_t kind_count)
{
    Arena *const arena = page->arena;
    const Column *column = columns;
    MarkupNode *const row = markup_add(body, "tr", NULL);

    page_row_header(row, column++, day_print(arena, night->day));
    page_cell(row, column++, backtest_count(arena, night->judged));
    page_cell(row, column++, backtest_count(arena, night->abstained));
    for (BacktestQuestion question = 0; question < BACKTEST_QUESTIONS; question++) {
        page_cell(row, column++, backtest_share(arena, night->of[question].stated));
        page_cell(row, column++, backtest_share(arena, night->of[question].happened));
        page_cell(row, column++, backtest_number(arena, night->of[question].auc, 3));
    }
    page_cell(row, column++, backtest_share(arena, night->lost_false_share));
    for (size_t i = 0; i < kind_count; i++)
        page_cell(row, column++, backtest_count(arena, night->cases[kinds[i]]));
}

void
backtest_add_nights(const BacktestPage *page, MarkupNode *main)
{
    const BacktestReport *const report = page->report;
    MarkupNode *const section = page_section(main, "nights", "The nights");
    MarkupNode *const details = markup_add(section, "details", NULL);
    CaseKind kinds[CASE_KIND_COUNT];
    const size_t kind_count = kinds_seen(report, kinds);
    Column columns[10 + CASE_KIND_COUNT] = {{"Night", "ref"}, {"Judged", "n"}, {"Abstained", "n"},
        {"Late: stated", "n"}, {"Late: happened", "n"}, {"Late: AUC", "n"}, {"Lost: stated", "n"},
        {"Lost: happened", "n"}, {"Lost: AUC", "n"}, {"False among lost: stated", "n"}};

    for (size_t i = 0; i < kind_count; i++)
        columns[10 + i] = (Column){words_case_kind(LANGUAGE_ENGLISH, kinds[i]), "n"};
    markup_add(details, "summary",
        arena_printf(page->arena, "All %zu nights, with their cases by kind", report->night_count));

    MarkupNode *const body = page_table(details, NULL, columns, 10 + kind_count, true);

    for (size_t i = 0; i < report->night_count; i++)
        add_night(page, body, columns, &report->nights[i], kinds, kind_count);
}

static void
add_silence(const BacktestPage *page, MarkupNode *section)
{
    static const Column columns[] = {
        {"Rarer than", "n"}, {"Share of parcel-nights", "n"}, {"Times as often as said", "n"}};
    Arena *const arena = page->arena;

    markup_add(section, "h3", "Is silence as rare as it is said to be?");

    MarkupNode *const body = page_table(section, NULL, columns, 3, false);

    for (size_t i = 0; i < BACKTEST_SILENCES; i++) {
        const BacktestSilence *const silence = &page->report->silence[i];
        MarkupNode *const row = markup_add(body, "tr", NULL);

        page_row_header(row, &columns[0], backtest_share(arena, silence->nominal));
        page_cell(row, &columns[1], backtest_share(arena, silence->share));
        page_cell(row, &columns[2], backtest_number(arena, silence->ratio, 2));
    }
    markup_add_class(section, "p", "soft",
        "What is open on a given night has long waits too often, because waiting is what keeps a "
        "parcel in it; 2 to 4 times is normal. A stuck case opens at the first crossing only, "
        "which "
        "does not suffer from this.");
}

static void
add_fact(MarkupNode *list, const char *text)
{
    markup_add(list, "li", text);
}

static void
add_exclusions(const BacktestPage *page, MarkupNode *list, const BacktestAnswer *answer)
{
    Arena *const arena = page->arena;

    add_fact(list,
        arena_printf(arena,
            "%s: asked of %s; true when %s. Left out: %s parcel-nights whose outcome was not known "
            "yet, %s of which nothing could be stated.",
            answer->name, answer->population, answer->truth,
            backtest_count(arena, answer->not_matured), backtest_count(arena, answer->abstained)));
}

void
backtest_add_method(const BacktestPage *page, MarkupNode *main)
{
    const BacktestReport *const report = page->report;
    MarkupNode *const section = page_section(main, "method", "How it was done");
    MarkupNode *const list = markup_add(section, "ul", NULL);
    Arena *const arena = page->arena;

    add_fact(list,
        arena_printf(arena,
            "Every %d day%s from %s to %s the night was replayed: learned anew from what was "
            "recorded by then, every open parcel judged that was accepted at most %d days before. "
            "Outcomes as known by %s.",
            report->every_days, report->every_days == 1 ? "" : "s", day_print(arena, report->from),
            day_print(arena, report->to), report->age_days,
            report->outcomes_known_by == INSTANT_NONE
                ? "-"
                : instant_print(arena, report->outcomes_known_by)));
    for (BacktestQuestion question = 0; question < BACKTEST_QUESTIONS; question++)
        add_exclusions(page, list, &report->answers[question]);
    add_fact(list,
        arena_printf(arena,
            "Recalibration of a night uses the last %d days of earlier nights, and of those only "
            "statements whose outcome was known by then.",
            report->recalibration_days));
    add_fact(list,
        arena_printf(arena,
            "At risk: probability of being late from %s on; lost: from %s on, not arrived %d days "
            "after acceptance.",
            backtest_share(arena, report->at_risk_probability),
            backtest_share(arena, report->lost_probability), report->horizon_days));
    add_fact(list, arena_printf(arena,
                       "Intervals: %s draws of whole nights, because parcels of a night share "
                       "its weather.",
                       backtest_count(arena, report->draws)));
    add_fact(list, arena_printf(arena, "Rows of the source that could not be used: %s.",
                       backtest_count(arena, report->set_aside)));
    if (report->is_weighted)
        add_fact(list,
            "The parcels are a sample, in which some stand for several: scores, plots and groups "
            "count each as often as it stands for, lists and the second table of scores once.");
    add_silence(page, section);
}
