/*
 * How true the last nights were: sentences, a small table, and what was said against what happened.
 */
#include "core/text.h"
#include "core/trust_words.h"
#include "reports/page.h"
#include "reports/plot.h"

#include <math.h>

typedef struct TrustPhrases
{
    const char *nothing, *caption, *about, *statements, *stated, *happened, *error, *ranked, *late,
        *lost, *plot, *plot_is, *stated_axis, *happened_axis;
} TrustPhrases;

static const TrustPhrases english = {
    .nothing = "Nothing that the nights said has come due yet.",
    .caption =
        "What was said, and what came true. Off by: how far the two lie apart on average. "
        "Told apart: how often a parcel that came to it was given more than one that did not",
    .about = "About",
    .statements = "Statements",
    .stated = "Said",
    .happened = "Came true",
    .error = "Off by",
    .ranked = "Told apart",
    .late = "being late",
    .lost = "being lost",
    .plot = "Said and came true",
    .plot_is = "Statements by the probability that was given against the share that came true, "
               "with 95% intervals. On the line they are right.",
    .stated_axis = "probability given",
    .happened_axis = "share that came true",
};

static const TrustPhrases french = {
    .nothing = "Rien de ce que les nuits ont annonc\u00e9 n'est encore \u00e9chu.",
    .caption = "Ce qui fut annonc\u00e9, et ce qui arriva. \u00c9cart\u00a0: distance moyenne des "
               "deux. Distingu\u00e9s\u00a0: combien de fois un colis touch\u00e9 avait re\u00e7u "
               "plus qu'un autre",
    .about = "Sujet",
    .statements = "\u00c9nonc\u00e9s",
    .stated = "Annonc\u00e9",
    .happened = "Arriv\u00e9",
    .error = "\u00c9cart",
    .ranked = "Distingu\u00e9s",
    .late = "retard",
    .lost = "perte",
    .plot = "Annonc\u00e9 et arriv\u00e9",
    .plot_is = "Les \u00e9nonc\u00e9s selon la probabilit\u00e9 annonc\u00e9e, et la part qui "
               "s'est r\u00e9alis\u00e9e, avec intervalles \u00e0 95 %. Sur la ligne, ils sont "
               "justes.",
    .stated_axis = "probabilit\u00e9 annonc\u00e9e",
    .happened_axis = "part r\u00e9alis\u00e9e",
};

static void
sentence_add(MarkupNode *section, const char *sentence)
{
    if (!text_is_empty(sentence))
        markup_add(section, "p", sentence);
}

static void
row_add(
    const Page *page, MarkupNode *body, const Column *columns, const char *name, const Trust *trust)
{
    if (trust->count == 0)
        return;

    MarkupNode *const row = markup_add(body, "tr", NULL);

    page_row_header(row, &columns[0], name);
    page_cell(row, &columns[1], words_count(page->arena, page->language, trust->count));
    page_cell(row, &columns[2], words_share(page->arena, page->language, trust->stated));
    page_cell(row, &columns[3], words_share(page->arena, page->language, trust->happened));
    page_cell(row, &columns[4], words_share(page->arena, page->language, trust->ece));
    page_cell(row, &columns[5], words_share(page->arena, page->language, trust->auc));
}

static PlotSeries
series_of(Arena *arena, const char *name, int hue, const Trust *trust)
{
    PlotPoint *const points = ARENA_ARRAY(arena, PlotPoint, TRUST_BINS);
    PlotSeries series = {.name = name, .mark = PLOT_DOTS, .hue = hue, .points = points};

    for (size_t i = 0; i < TRUST_BINS; i++) {
        const TrustBin *const bin = &trust->bins[i];

        if (bin->count > 0)
            points[series.count++] = (PlotPoint){bin->stated, bin->happened, bin->low, bin->high};
    }
    return series;
}

static void
plot_of_both(const Page *page, MarkupNode *section, const TrustPhrases *phrases)
{
    static const PlotPoint diagonal[] = {{0, 0, NAN, NAN}, {1, 1, NAN, NAN}};
    const TrustReport *const trust = &page->digest->trust;
    PlotSeries series[3] = {
        {.name = "", .mark = PLOT_LINE, .hue = PLOT_FAINT, .points = diagonal, .count = 2}};
    size_t count = 1;

    if (trust->late.count > 0)
        series[count++] = series_of(page->arena, phrases->late, 0, &trust->late);
    if (trust->lost.count > 0)
        series[count++] = series_of(page->arena, phrases->lost, 1, &trust->lost);
    plot_add(section, page->arena,
        &(Plot){.id = "trust-plot",
            .title = phrases->plot,
            .description = phrases->plot_is,
            .x = {.label = phrases->stated_axis,
                .language = page->language,
                .unit = PLOT_SHARES,
                .low = 0,
                .high = 1},
            .y = {.label = phrases->happened_axis,
                .language = page->language,
                .unit = PLOT_SHARES,
                .low = 0,
                .high = 1},
            .series = series,
            .count = count});
}

void
page_add_trust(const Page *page, MarkupNode *main)
{
    const TrustPhrases *const phrases = page->language == LANGUAGE_FRENCH ? &french : &english;
    const TrustReport *const trust = &page->digest->trust;
    MarkupNode *const section = page_section(main, "trust", page->phrases->trust);
    const Column columns[] = {{phrases->about, ""}, {phrases->statements, "n"},
        {phrases->stated, "n"}, {phrases->happened, "n"}, {phrases->error, "n"},
        {phrases->ranked, "n"}};

    if (trust->late.count + trust->lost.count + trust->listed == 0)
        markup_add(section, "p", phrases->nothing);
    sentence_add(section, trust_words_late(page->arena, page->language, trust));
    sentence_add(section, trust_words_lost(page->arena, page->language, trust));
    sentence_add(section, trust_words_lists(page->arena, page->language, trust));
    page_add_fates(page, section);
    if (trust->late.count + trust->lost.count == 0)
        return;

    MarkupNode *const body = page_table(section, phrases->caption, columns, 6, false);

    row_add(page, body, columns, phrases->late, &trust->late);
    row_add(page, body, columns, phrases->lost, &trust->lost);
    plot_of_both(page, section, phrases);
}
