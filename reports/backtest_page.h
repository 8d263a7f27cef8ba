/*
 * backtest_page.h - what the parts of the backtest's page share.
 */
#ifndef REPORTS_BACKTEST_PAGE_H
#define REPORTS_BACKTEST_PAGE_H

#include "core/backtest.h"
#include "reports/page.h"

typedef struct BacktestPage
{
    Arena *arena;
    const BacktestReport *report;
} BacktestPage;

// What a question is called in a heading, and how its answer reads: "came late", "were lost".
const char *backtest_heading(BacktestQuestion question);
const char *backtest_outcome(BacktestQuestion question);

// Numbers for people; "-" when not known. With an interval: the value and, in a line of its own, "0.812 to 0.830".
const char *backtest_number(Arena *arena, double value, int decimals);
const char *backtest_count(Arena *arena, int64_t count);
const char *backtest_share(Arena *arena, double share);
void backtest_cell_number(const BacktestPage *page, MarkupNode *row, const Column *column,
    BacktestNumber number, int decimals);
void backtest_cell_share(
    const BacktestPage *page, MarkupNode *row, const Column *column, BacktestNumber share);

// A method by its machine's name; NULL when it did not take part.
const BacktestMethod *backtest_method(const BacktestAnswer *answer, const char *name);

// The parts of a question's section, in their order: scores of all methods, lists, plots, groups.
void
backtest_add_scores(const BacktestPage *page, MarkupNode *section, const BacktestAnswer *answer);
void
backtest_add_lists(const BacktestPage *page, MarkupNode *section, const BacktestAnswer *answer);
void backtest_add_plots(const BacktestPage *page, MarkupNode *section, BacktestQuestion question);
void
backtest_add_groups(const BacktestPage *page, MarkupNode *section, const BacktestAnswer *answer);

// Sections of their own: the nights one by one; how all this was done.
void backtest_add_nights(const BacktestPage *page, MarkupNode *main);
void backtest_add_method(const BacktestPage *page, MarkupNode *main);

#endif
