/*
 * The page of a backtest: first what a reader wants to know, in sentences; then each question with its scores, lists and
 * plots; last how it was done and what was left out.
 */
#include "core/text.h"
#include "reports/backtest_page.h"
#include "reports/plot.h"

#include <math.h>
#include <string.h>

// Headings of numbers may break: there are many columns.
static const char *const backtest_style = "thead .n{white-space:normal}";

const char *
backtest_heading(BacktestQuestion question)
{
    return question == BACKTEST_LATE ? "Will it come late?" : "Is it lost?";
}

const char *
backtest_outcome(BacktestQuestion question)
{
    return question == BACKTEST_LATE ? "came late" : "were lost";
}

const BacktestMethod *
backtest_method(const BacktestAnswer *answer, const char *name)
{
    for (size_t i = 0; i < answer->method_count; i++)
        if (strcmp(answer->methods[i].name, name) == 0)
            return &answer->methods[i];
    return NULL;
}

// ", 0.812 to 0.830 in 95 of 100 such backtests"; "" without an interval.
static const char *
between(Arena *arena, BacktestNumber number, int decimals)
{
    if (isnan(number.low) || isnan(number.high))
        return "";
    return arena_printf(
        arena, ", 95%% interval %.*f to %.*f", decimals, number.low, decimals, number.high);
}

static void
add_calibration(const BacktestPage *page, MarkupNode *section, BacktestQuestion question)
{
    const BacktestAnswer *const answer = &page->report->answers[question];
    Arena *const arena = page->arena;

    if (answer->method_count == 0 || answer->methods[0].scores.count == 0) {
        markup_add(section, "p",
            arena_printf(arena, "%s Nothing could be scored: no outcome was known.",
                backtest_heading(question)));
        return;
    }

    const BacktestScores *const scores = &answer->methods[0].scores;
    Text text = {.arena = arena};

    text_add_format(&text, "Of %s statements about %s parcels, %s %s; Vigie had stated %s.",
        backtest_count(arena, scores->count), backtest_count(arena, answer->parcels),
        backtest_share(arena, scores->base_rate), backtest_outcome(question),
        backtest_share(arena, scores->stated));
    if (!isnan(scores->ece.value))
        text_add_format(
            &text, " On average its probabilities were %.1f points off.", 100 * scores->ece.value);
    if (!isnan(scores->auc.value))
        text_add_format(&text,
            " Shown one parcel that %s, it gave the first the higher probability %.0f times in 100 "
            "(AUC %.3f%s).",
            question == BACKTEST_LATE ? "came late and one that did not"
                                      : "was lost and one that was not",
            100 * scores->auc.value, scores->auc.value, between(arena, scores->auc, 3));
    markup_add(section, "p", text_get(&text));
}

static void
add_against_quantiles(const BacktestPage *page, MarkupNode *section)
{
    const BacktestAnswer *const late = &page->report->answers[BACKTEST_LATE];
    const BacktestMethod *const rule = backtest_method(late, "delivered_only");

    if (late->method_count == 0 || rule == NULL || !(rule->scores.log_loss.value > 0))
        return;

    const double gain = 1 - late->methods[0].scores.log_loss.value / rule->scores.log_loss.value;

    if (isfinite(gain))
        markup_add(section, "p",
            arena_printf(page->arena,
                "Quantiles of delivered parcels, as most tools use them, lose %.3f a statement; "
                "Vigie loses %.3f, %.0f%% %s.",
                rule->scores.log_loss.value, late->methods[0].scores.log_loss.value,
                100 * fabs(gain), gain >= 0 ? "less" : "more"));
}

static void
add_against_silence(const BacktestPage *page, MarkupNode *section)
{
    const BacktestAnswer *const lost = &page->report->answers[BACKTEST_LOST];
    const BacktestMethod *const rule = backtest_method(lost, "silence");

    if (lost->method_count == 0 || rule == NULL)
        return;

    const double own = lost->methods[0].scores.average_precision.value;
    const double theirs = rule->scores.average_precision.value;

    if (!isnan(own) && !isnan(theirs))
        markup_add(section, "p",
            arena_printf(page->arena,
                "Going down a list sorted by its probability of loss, %.0f of 100 are lost on "
                "average; by days of silence, %.0f of 100.",
                100 * own, 100 * theirs));
}

static void
add_false_share(const BacktestPage *page, MarkupNode *section)
{
    const BacktestAnswer *const lost = &page->report->answers[BACKTEST_LOST];

    if (lost->list_count == 0 || lost->lists[0].listed == 0 ||
        isnan(lost->lists[0].false_happened.value))
        return;

    const BacktestList *const list = &lost->lists[0];
    Arena *const arena = page->arena;
    const BacktestNumber percent = {100 * list->false_happened.value,
        100 * list->false_happened.low, 100 * list->false_happened.high};

    markup_add(section, "p",
        arena_printf(arena, "Its lists of lost parcels stated %s false ones; %s were false%s.",
            backtest_share(arena, list->false_stated),
            backtest_share(arena, list->false_happened.value), between(arena, percent, 1)));
}

static void
add_lead(const BacktestPage *page, MarkupNode *section)
{
    const BacktestLead *const lead = &page->report->lead;
    Arena *const arena = page->arena;

    if (lead->late == 0)
        return;

    const char *const ahead = isnan(lead->median)
                                  ? ""
                                  : arena_printf(arena, ", half of them more than %s ahead",
                                        words_hours(arena, LANGUAGE_ENGLISH, lead->median));

    markup_add(section, "p",
        arena_printf(arena,
            "Of %s parcels that came late, %s (%s) had been listed as at risk before their "
            "promise%s.",
            backtest_count(arena, lead->late), backtest_count(arena, lead->warned),
            backtest_share(arena, (double)lead->warned / (double)lead->late), ahead));
}

static void
add_summary(const BacktestPage *page, MarkupNode *main)
{
    MarkupNode *const section = page_section(main, "summary", "In short");

    add_calibration(page, section, BACKTEST_LATE);
    add_against_quantiles(page, section);
    add_lead(page, section);
    add_calibration(page, section, BACKTEST_LOST);
    add_false_share(page, section);
    add_against_silence(page, section);
}

static void
add_question(const BacktestPage *page, MarkupNode *main, BacktestQuestion question)
{
    const BacktestAnswer *const answer = &page->report->answers[question];
    MarkupNode *const section = page_section(main, answer->name, backtest_heading(question));

    markup_add_class(section, "p", "soft",
        arena_printf(
            page->arena, "Asked of: %s. True when: %s.", answer->population, answer->truth));
    if (answer->method_count == 0)
        return;
    backtest_add_scores(page, section, answer);
    backtest_add_plots(page, section, question);
    backtest_add_lists(page, section, answer);
    backtest_add_groups(page, section, answer);
}

static void
add_header(const BacktestPage *page, MarkupNode *body, const char *title)
{
    const BacktestReport *const report = page->report;
    Arena *const arena = page->arena;
    MarkupNode *const skip = markup_add_class(body, "a", "skip", "Skip to the scores");
    MarkupNode *const header = markup_add(body, "header", NULL);

    markup_set(skip, "href", arena_printf(arena, "#%s", report->answers[BACKTEST_LATE].name));
    markup_add(header, "h1", title);
    markup_add_class(header, "p", "soft",
        arena_printf(arena, "%zu nights from %s to %s (%s), each with only what was known then",
            report->night_count, day_print(arena, report->from), day_print(arena, report->to),
            report->time_zone));
}

bool
report_backtest_html(
    Arena *arena, const BacktestReport *report, const char **bytes, size_t *length, Err *err)
{
    Arena *const work = arena_create();
    const BacktestPage page = {.arena = work, .report = report};
    const char *const title = arena_printf(work, "%s%sHow true Vigie was", report->merchant,
        text_is_empty(report->merchant) ? "" : " - ");
    MarkupNode *const root = markup_create(work, language_code(LANGUAGE_ENGLISH));

    page_head(root, work, title, arena_printf(work, "%s%s", plot_style, backtest_style), "");

    MarkupNode *const body = markup_add(root, "body", NULL);

    add_header(&page, body, title);

    MarkupNode *const main = markup_add(body, "main", NULL);

    add_summary(&page, main);
    for (BacktestQuestion question = 0; question < BACKTEST_QUESTIONS; question++)
        add_question(&page, main, question);
    backtest_add_nights(&page, main);
    backtest_add_method(&page, main);
    markup_add_class(markup_add(body, "footer", NULL), "p", "soft",
        arena_printf(work, "Vigie %s", report->version));

    const bool printed = markup_print(arena, root, bytes, length, err);

    arena_destroy(work);
    return printed;
}
