/*
 * The tables of a question: how good each method was, what each list was worth, and who was judged well and who was not.
 */
#include "core/text.h"
#include "reports/backtest_page.h"

#include <math.h>

const char *
backtest_number(Arena *arena, double value, int decimals)
{
    return isfinite(value) ? arena_printf(arena, "%.*f", decimals, value) : "-";
}

const char *
backtest_count(Arena *arena, int64_t count)
{
    return words_count(arena, LANGUAGE_ENGLISH, count);
}

const char *
backtest_share(Arena *arena, double share)
{
    return isfinite(share) ? words_share(arena, LANGUAGE_ENGLISH, share) : "-";
}

void
backtest_cell_number(const BacktestPage *page, MarkupNode *row, const Column *column,
    BacktestNumber number, int decimals)
{
    Arena *const arena = page->arena;
    MarkupNode *const cell = page_cell(row, column, backtest_number(arena, number.value, decimals));

    if (isfinite(number.low) && isfinite(number.high))
        markup_add_class(cell, "span", "soft",
            arena_printf(arena, "%.*f to %.*f", decimals, number.low, decimals, number.high));
}

void
backtest_cell_share(
    const BacktestPage *page, MarkupNode *row, const Column *column, BacktestNumber share)
{
    Arena *const arena = page->arena;
    MarkupNode *const cell = page_cell(row, column, backtest_share(arena, share.value));

    if (isfinite(share.low) && isfinite(share.high))
        markup_add_class(cell, "span", "soft",
            arena_printf(arena, "%.1f to %.1f%%", 100 * share.low, 100 * share.high));
}

static const Column score_columns[] = {
    {"Method", "what"},
    {"Stated", "n"},
    {"AUC", "n"},
    {"Average precision", "n"},
    {"Log loss", "n"},
    {"Brier", "n"},
    {"Calibration error", "n"},
    {"Slope", "n"},
    {"Skill", "n"},
    {"Skill by service", "n"},
    {"True among listed", "n"},
    {"True in first 100", "n"},
};

static void
add_score_row(
    const BacktestPage *page, MarkupNode *body, const BacktestMethod *method, bool unweighted)
{
    Arena *const arena = page->arena;
    const BacktestScores *const scores = unweighted ? &method->unweighted : &method->scores;
    const Column *column = score_columns;
    MarkupNode *const row = markup_add(body, "tr", NULL);

    page_row_header(row, column++, method->label);
    page_cell(row, column++, backtest_share(arena, scores->stated));
    backtest_cell_number(page, row, column++, scores->auc, 3);
    backtest_cell_number(page, row, column++, scores->average_precision, 3);
    backtest_cell_number(page, row, column++, scores->log_loss, 4);
    backtest_cell_number(page, row, column++, scores->brier, 4);
    backtest_cell_number(page, row, column++, scores->ece, 4);
    page_cell(row, column++, backtest_number(arena, scores->slope, 2));
    page_cell(row, column++, backtest_number(arena, scores->brier_skill, 3));
    page_cell(row, column++, backtest_number(arena, scores->service_skill, 3));
    page_cell(row, column++, backtest_share(arena, method->precision_at_list));
    page_cell(row, column++, backtest_share(arena, method->precision_at_100));
}

static void
add_score_table(
    const BacktestPage *page, MarkupNode *section, const BacktestAnswer *answer, bool unweighted)
{
    const BacktestScores *const scores =
        unweighted ? &answer->methods[0].unweighted : &answer->methods[0].scores;
    MarkupNode *const body = page_table(section,
        unweighted
            ? arena_printf(page->arena,
                  "The same with each row counted once, whatever it stands for: %s came true.",
                  backtest_share(page->arena, scores->base_rate))
            : arena_printf(page->arena,
                  "%s scored, %s came true; with 95%% intervals by drawing whole nights. Of "
                  "log loss, Brier and calibration error less is better, of the others more; "
                  "a slope of 1 is perfect. A rule that counts days only ranks.",
                  backtest_count(page->arena, scores->count),
                  backtest_share(page->arena, scores->base_rate)),
        score_columns, sizeof score_columns / sizeof score_columns[0], true);

    for (size_t i = 0; i < answer->method_count; i++)
        add_score_row(page, body, &answer->methods[i], unweighted);
}

void
backtest_add_scores(const BacktestPage *page, MarkupNode *section, const BacktestAnswer *answer)
{
    markup_add(section, "h3", "Scores");
    add_score_table(page, section, answer, false);
    if (page->report->is_weighted)
        add_score_table(page, section, answer, true);
}

static const Column list_columns[] = {
    {"List", "what"},
    {"Listed", "n"},
    {"True", "n"},
    {"Found of all", "n"},
    {"Average precision", "n"},
    {"Per 1,000 parcels", "n"},
    {"False, stated", "n"},
    {"False, happened", "n"},
    {"True on Vigie's of this length", "n"},
};

static void
add_list_row(const BacktestPage *page, MarkupNode *body, const BacktestList *list)
{
    Arena *const arena = page->arena;
    const Column *column = list_columns;
    MarkupNode *const row = markup_add(body, "tr", NULL);

    page_row_header(row, column++, list->label);
    page_cell(row, column++, backtest_count(arena, list->listed));
    page_cell(row, column++, backtest_share(arena, list->precision));
    page_cell(row, column++, backtest_share(arena, list->recall));
    page_cell(row, column++, backtest_number(arena, list->average_precision, 3));
    page_cell(row, column++, backtest_number(arena, list->alarms_per_1000, 1));
    page_cell(row, column++, backtest_share(arena, list->false_stated));
    backtest_cell_share(page, row, column++, list->false_happened);
    page_cell(row, column++, backtest_share(arena, list->vigie_precision));
}

void
backtest_add_lists(const BacktestPage *page, MarkupNode *section, const BacktestAnswer *answer)
{
    const size_t columns = sizeof list_columns / sizeof list_columns[0];

    if (answer->list_count == 0)
        return;
    markup_add(section, "h3", "Lists, and the rules people use");

    MarkupNode *const body = page_table(section,
        "All nights together. Average precision of a list: as if all listed were equally likely. A "
        "rule "
        "states no share of false ones; beside it, how many are true among as many of Vigie's most "
        "probable.",
        list_columns, columns, true);

    for (size_t i = 0; i < answer->list_count; i++)
        add_list_row(page, body, &answer->lists[i]);
}

static void
add_group_row(
    const BacktestPage *page, MarkupNode *body, const Column *columns, const BacktestGroup *group)
{
    Arena *const arena = page->arena;
    const BacktestScores *const scores = &group->stated;
    const Column *column = columns;
    MarkupNode *const row = markup_add(body, "tr", NULL);

    page_row_header(row, column++, group->label);
    page_cell(row, column++, backtest_count(arena, scores->count));
    page_cell(row, column++, backtest_share(arena, scores->stated));
    page_cell(row, column++, backtest_share(arena, scores->base_rate));
    backtest_cell_number(page, row, column++, scores->auc, 3);
    backtest_cell_number(page, row, column++, scores->log_loss, 4);
    backtest_cell_number(page, row, column++, scores->ece, 4);
    page_cell(row, column++, backtest_number(arena, group->raw.ece.value, 4));
    page_cell(row, column++, backtest_number(arena, scores->service_skill, 3));
}

static void
add_group_table(const BacktestPage *page, MarkupNode *section, const char *heading,
    const char *what, const BacktestGroups *groups)
{
    const Column columns[] = {{what, "what"}, {"Scored", "n"}, {"Stated", "n"}, {"Happened", "n"},
        {"AUC", "n"}, {"Log loss", "n"}, {"Calibration error", "n"}, {"Before recalibration", "n"},
        {"Skill by service", "n"}};

    if (groups->count == 0 && groups->left_out == 0)
        return;
    markup_add(section, "h3", heading);

    MarkupNode *const body =
        page_table(section, NULL, columns, sizeof columns / sizeof columns[0], true);

    for (size_t i = 0; i < groups->count; i++)
        add_group_row(page, body, columns, &groups->items[i]);
    if (groups->left_out > 0)
        markup_add_class(section, "p", "soft",
            arena_printf(page->arena, "Left out for too few statements: %s.",
                backtest_count(page->arena, groups->left_out)));
}

void
backtest_add_groups(const BacktestPage *page, MarkupNode *section, const BacktestAnswer *answer)
{
    add_group_table(page, section, "By carrier", "Carrier", &answer->carriers);
    add_group_table(page, section, "By milestone", "Last scan", &answer->milestones);
}
