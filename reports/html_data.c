/*
 * What the night rests on: the history it learned from, where it could not tell, and the rows it
 * could not use.
 */
#include "core/text.h"
#include "reports/page.h"

static void
learned_add(const Page *page, MarkupNode *section)
{
    const Digest *const digest = page->digest;
    const bool french = page->language == LANGUAGE_FRENCH;
    Arena *const arena = page->arena;

    if (digest->data_first == INSTANT_NONE || digest->data_last == INSTANT_NONE) {
        markup_add(section, "p",
            french ? "Aucun historique n'a encore \u00e9t\u00e9 appris."
                   : "Nothing has been learned yet.");
        return;
    }

    const char *const gaps = words_count(arena, page->language, digest->learned_gaps);
    const char *const first = day_print(arena, zone_day(page->zone, digest->data_first));
    const char *const last = day_print(arena, zone_day(page->zone, digest->data_last));

    markup_add(section, "p",
        french ? arena_printf(arena,
                     "Ce qui est normal a \u00e9t\u00e9 appris de %s intervalles entre passages, "
                     "du %s au %s.",
                     gaps, first, last)
               : arena_printf(arena,
                     "What is normal was learned from %s gaps between scans, %s to %s.", gaps,
                     first, last));
}

static void
judged_add(const Page *page, MarkupNode *section)
{
    const char *const judged = words_count(page->arena, page->language, page->digest->judged);
    const char *const abstained = words_count(page->arena, page->language, page->digest->abstained);

    markup_add(section, "p",
        page->language == LANGUAGE_FRENCH
            ? arena_printf(page->arena,
                  "Envois en cours examin\u00e9s : %s, dont sans assez d'historique pour juger : "
                  "%s.",
                  judged, abstained)
            : arena_printf(page->arena,
                  "Open shipments judged: %s; of those without enough history to tell: %s.", judged,
                  abstained));
}

// Who says by when the parcels should be there; what is learned is no promise, and said so.
static void
promises_add(const Page *page, MarkupNode *section)
{
    const char *counts[PROMISE_ORIGIN_COUNT];
    int64_t all = 0;

    for (int origin = 0; origin < PROMISE_ORIGIN_COUNT; origin++) {
        counts[origin] = words_count(page->arena, page->language, page->digest->promises[origin]);
        all += page->digest->promises[origin];
    }
    if (all == 0)
        return;
    markup_add(section, "p",
        page->language == LANGUAGE_FRENCH
            ? arena_printf(page->arena,
                  "Promesses de livraison : donn\u00e9es par la source %s, d\u00e9duites du "
                  "service "
                  "du transporteur %s, apprises faute de promesse %s, aucune %s.",
                  counts[PROMISE_STATED], counts[PROMISE_DERIVED], counts[PROMISE_LEARNED],
                  counts[PROMISE_NONE])
            : arena_printf(page->arena,
                  "Delivery promises: stated by the source %s, derived from the carrier's service "
                  "%s, learned where nobody promises %s, none %s.",
                  counts[PROMISE_STATED], counts[PROMISE_DERIVED], counts[PROMISE_LEARNED],
                  counts[PROMISE_NONE]));
}

static void
set_aside_add(const Page *page, MarkupNode *section)
{
    const Column columns[] = {
        {page->phrases->step, ""},
        {page->phrases->reason, ""},
        {page->phrases->count, "n"},
    };

    if (page->digest->set_aside_count == 0)
        return;
    markup_add(section, "h3", page->phrases->set_aside);

    MarkupNode *const body = page_table(section, NULL, columns, 3, false);

    for (size_t i = 0; i < page->digest->set_aside_count; i++) {
        const AsideCount *const aside = &page->digest->set_aside[i];
        MarkupNode *const row = markup_add(body, "tr", NULL);

        page_cell(row, &columns[0], aside->step);
        page_row_header(row, &columns[1], aside->reason);
        page_cell(row, &columns[2], words_count(page->arena, page->language, aside->count));
    }
}

static void
unmapped_add(const Page *page, MarkupNode *section)
{
    const Column columns[] = {
        {page->phrases->carrier, ""},
        {page->phrases->code, ""},
        {page->phrases->example, ""},
        {page->phrases->count, "n"},
    };

    if (page->digest->unmapped_count == 0)
        return;
    markup_add(section, "h3", page->phrases->unmapped);

    MarkupNode *const body = page_table(section, NULL, columns, 4, false);

    for (size_t i = 0; i < page->digest->unmapped_count; i++) {
        const UnmappedCode *const code = &page->digest->unmapped[i];
        MarkupNode *const row = markup_add(body, "tr", NULL);

        page_cell(row, &columns[0], code->carrier);
        page_row_header(row, &columns[1], code->code);
        page_cell(row, &columns[2],
            text_is_empty(code->code) ? page->phrases->unknown_carrier : code->example);
        page_cell(row, &columns[3], words_count(page->arena, page->language, code->count));
    }
}

void
page_add_data(const Page *page, MarkupNode *main)
{
    MarkupNode *const section = page_section(main, "data", page->phrases->data);

    learned_add(page, section);
    judged_add(page, section);
    promises_add(page, section);
    page_add_freshness(page, section);
    if (page->digest->set_aside_count + page->digest->unmapped_count == 0)
        markup_add(section, "p", page->phrases->nothing_aside);
    set_aside_add(page, section);
    unmapped_add(page, section);
}
