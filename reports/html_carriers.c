/*
 * How carriers did: one row each, and a plot of how fast and how true to their promises they are.
 */
#include "reports/html_carriers.h"

#include "core/text.h"
#include "reports/plot.h"

#include <math.h>
#include <string.h>

#define REASONS_SHOWN 3

const Spoken carriers_heading = {{"Carriers", "Transporteurs"}};

const Spoken carriers_number_headings[CARRIERS_NUMBERS] = {
    {{"Parcels", "Colis"}},
    {{"Half within", "La moiti\u00e9 en"}},
    {{"90\u00a0% within", "90\u00a0% en"}},
    {{"95\u00a0% within", "95\u00a0% en"}},
    {{"Promises kept", "\u00c0 l'heure"}},
    {{"Lost", "Perdus"}},
};

// Columns of the carriers' own table.
enum
{
    CARRIER,
    NUMBERS,
    DERIVED = NUMBERS + CARRIERS_NUMBERS,
    DRIFT,
    CLAIMS,
    REASONS,
    COLUMN_COUNT
};

void
carriers_columns(
    const Page *page, const Spoken *headings, size_t count, size_t first_number, Column *columns)
{
    for (size_t i = 0; i < count; i++)
        columns[i] = (Column){headings[i].of[page->language], i >= first_number ? "n" : ""};
}

void
carriers_share_cell(
    const Page *page, MarkupNode *row, const Column *column, const ScoreShare *share)
{
    Arena *const arena = page->arena;
    const Language language = page->language;
    const bool known = share->of > 0;
    MarkupNode *const cell =
        page_cell(row, column, known ? words_share(arena, language, share->share) : "-");

    if (known)
        markup_add_class(cell, "span", "soft",
            arena_printf(arena,
                language == LANGUAGE_FRENCH ? "%s \u00e0 %s, sur %s" : "%s to %s, of %s",
                words_share(arena, language, share->low), words_share(arena, language, share->high),
                words_count(arena, language, share->of)));
}

const ScoreShare *
carriers_on_time(const Scorecard *card)
{
    const ScoreShare *const stated = &card->on_time[PROMISE_STATED];
    const ScoreShare *const derived = &card->on_time[PROMISE_DERIVED];

    return derived->of > stated->of ? derived : stated;
}

static void
number_cells(const Page *page, MarkupNode *row, const Column *columns, const Scorecard *card,
    const ScoreShare *on_time)
{
    page_cell(row, &columns[0], words_count(page->arena, page->language, card->parcels));
    for (size_t i = 0; i < SCORE_QUANTILES; i++)
        page_cell(row, &columns[1 + i],
            words_days(page->arena, page->language, card->transit_hours[i] / 24));
    carriers_share_cell(page, row, &columns[4], on_time);
    carriers_share_cell(page, row, &columns[5], &card->lost);
}

void
carriers_number_cells(
    const Page *page, MarkupNode *row, const Column *columns, const Scorecard *card)
{
    number_cells(page, row, columns, card, carriers_on_time(card));
}

static const char *
drift_words(const Page *page, const ScoreDrift *drift)
{
    static const Spoken unknown = {{"too early to tell", "trop t\u00f4t pour le dire"}},
                        none = {{"as usual", "comme d'habitude"}};
    Arena *const arena = page->arena;
    const double share = drift->of > 0 ? (double)drift->count / (double)drift->of : (double)NAN;

    if (!drift->known)
        return unknown.of[page->language];
    if (!drift->on)
        return none.of[page->language];
    return arena_printf(arena,
        page->language == LANGUAGE_FRENCH
            ? "plus tard depuis le %s\u00a0: promesses tenues %s, d'habitude %s"
            : "later since %s: promises kept %s, usually %s",
        day_print(arena, drift->since), words_share(arena, page->language, share),
        words_share(arena, page->language, drift->usual));
}

static void
claims_cell(const Page *page, MarkupNode *row, const Column *column, const char *carrier)
{
    const Scorecards *const cards = &page->digest->cards;
    Arena *const arena = page->arena;
    const bool french = page->language == LANGUAGE_FRENCH;
    MarkupNode *const cell = page_cell(row, column, NULL);
    size_t told = 0;

    for (size_t i = 0; i < cards->claim_count; i++) {
        const CarrierClaimSums *const sums = &cards->claims[i];

        if (strcmp(sums->carrier, carrier) != 0)
            continue;
        markup_add(cell, "div",
            arena_printf(arena,
                french ? "%s gagn\u00e9es, %s refus\u00e9es, %s en cours\u00a0; re\u00e7u %s, "
                         "d\u00fb %s"
                       : "%s won, %s refused, %s pending; received %s, owed %s",
                words_count(arena, page->language, sums->won),
                words_count(arena, page->language, sums->refused),
                words_count(arena, page->language, sums->pending),
                words_money(arena, page->language, claim_sum_money(sums, sums->won_minor)),
                words_money(arena, page->language, claim_sum_money(sums, sums->owed_minor))));
        told++;
    }
    if (told == 0)
        markup_add(cell, "div", "-");
}

static const char *
reasons_words(const Page *page, const char *carrier)
{
    const Scorecards *const cards = &page->digest->cards;
    Text out = {.arena = page->arena};
    size_t told = 0;

    for (size_t i = 0; i < cards->reason_count && told < REASONS_SHOWN; i++) {
        const CarrierReason *const reason = &cards->reasons[i];

        if (strcmp(reason->carrier, carrier) != 0 || reason->opened == 0)
            continue;
        text_add_format(&out, "%s%s %s", told == 0 ? "" : ", ",
            words_count(page->arena, page->language, reason->opened),
            words_case_kind(page->language, reason->kind));
        told++;
    }
    return told == 0 ? "-" : text_get(&out);
}

static void
carrier_row(const Page *page, MarkupNode *body, const Column *columns, const Scorecard *card)
{
    MarkupNode *const row = markup_add(body, "tr", NULL);

    page_row_header(row, &columns[CARRIER], card->carrier);
    number_cells(page, row, &columns[NUMBERS], card, &card->on_time[PROMISE_STATED]);
    carriers_share_cell(page, row, &columns[DERIVED], &card->on_time[PROMISE_DERIVED]);
    page_cell(row, &columns[DRIFT], drift_words(page, &card->drift));
    claims_cell(page, row, &columns[CLAIMS], card->carrier);
    page_cell(row, &columns[REASONS], reasons_words(page, card->carrier));
}

static void
add_table(const Page *page, MarkupNode *section)
{
    static const Spoken caption = {{"Promises kept: those that the source states; published ones: "
                                    "those of the carrier's service. "
                                    "Reasons: cases opened since then.",
        "\u00c0 l'heure\u00a0: promesses annonc\u00e9es par la source et tenues\u00a0; du "
        "service\u00a0: celles que le "
        "transporteur publie. Motifs\u00a0: cas ouverts depuis."}};
    static const Spoken first = {{"Carrier", "Transporteur"}};
    static const Spoken last[] = {
        {{"Published kept", "Du service"}},
        {{"Against before", "\u00c9volution"}},
        {{"Claims", "R\u00e9clamations"}},
        {{"Main reasons", "Motifs"}},
    };
    const Scorecards *const cards = &page->digest->cards;
    Column columns[COLUMN_COUNT];

    carriers_columns(page, &first, 1, 1, columns);
    carriers_columns(page, carriers_number_headings, CARRIERS_NUMBERS, 0, columns + NUMBERS);
    carriers_columns(page, last, COLUMN_COUNT - DERIVED, 0, columns + DERIVED);
    for (size_t i = DRIFT; i < COLUMN_COUNT; i++)
        columns[i].class_name = "words";

    MarkupNode *const body =
        page_table(section, caption.of[page->language], columns, COLUMN_COUNT, true);

    for (size_t i = 0; i < cards->count && cards->items[i].level == SCORE_CARRIER; i++)
        carrier_row(page, body, columns, &cards->items[i]);
}

// The carriers with the most parcels, as many as a plot can tell apart.
static size_t
busiest(const Scorecards *cards, const Scorecard *out[PLOT_HUES])
{
    size_t count = 0;

    for (size_t i = 0; i < cards->count && cards->items[i].level == SCORE_CARRIER; i++) {
        const Scorecard *const card = &cards->items[i];
        size_t at = count < PLOT_HUES ? count++ : PLOT_HUES - 1;

        if (at == PLOT_HUES - 1 && out[at] != NULL && out[at]->parcels >= card->parcels)
            continue;
        for (; at > 0 && out[at - 1]->parcels < card->parcels; at--)
            out[at] = out[at - 1];
        out[at] = card;
    }
    return count;
}

static void
add_plot(const Page *page, MarkupNode *section)
{
    static const Spoken
        title = {{"How fast, and how true to their promises",
            "Rapidit\u00e9 et respect des promesses"}},
        text = {{"For each carrier the share of promises kept, with its 95 % interval, against "
                 "the days in which 90 % of its parcels are there: upper left is best.",
            "Pour chaque transporteur, la part des promesses tenues, avec son intervalle \u00e0 95 "
            "%, "
            "selon le nombre de jours o\u00f9 90 % de ses colis sont l\u00e0\u00a0: en haut \u00e0 "
            "gauche, le meilleur."}},
        days = {{"days in which 90 % are there", "jours o\u00f9 90 % sont l\u00e0"}},
        kept = {{"promises kept", "promesses tenues"}};
    const Scorecard *cards[PLOT_HUES] = {NULL};
    const size_t count = busiest(&page->digest->cards, cards);
    PlotPoint points[PLOT_HUES];
    PlotSeries series[PLOT_HUES];
    const Language language = page->language;

    for (size_t i = 0; i < count; i++) {
        const ScoreShare *const share = carriers_on_time(cards[i]);

        points[i] =
            (PlotPoint){cards[i]->transit_hours[1] / 24, share->share, share->low, share->high};
        series[i] = (PlotSeries){.name = cards[i]->carrier,
            .mark = PLOT_DOTS,
            .hue = (int)i,
            .points = &points[i],
            .count = 1};
    }
    plot_add(section, page->arena,
        &(Plot){.id = "carriers-plot",
            .title = title.of[language],
            .description = text.of[language],
            .x = {.label = days.of[language], .language = page->language},
            .y = {.label = kept.of[language], .language = page->language, .unit = PLOT_SHARES},
            .series = series,
            .count = count});
}

static const char *
about(const Page *page, const Scorecards *cards)
{
    Arena *const arena = page->arena;
    const bool french = page->language == LANGUAGE_FRENCH;
    const bool ripe = cards->accepted_by >= cards->first_day;
    const char *const parcels = arena_printf(arena,
        french ? "Colis pris en charge depuis le %s\u00a0; promesses \u00e9chues jusqu'au %s. "
               : "Parcels accepted since %s; promises that ended by %s. ",
        words_day(arena, page->language, cards->first_day),
        words_day(arena, page->language, cards->promised_by));

    if (!ripe)
        return arena_printf(arena, "%s%s", parcels,
            french ? "Aucun n'est encore assez ancien pour compter comme perdu."
                   : "None of them is old enough yet to count as lost.");
    return arena_printf(arena,
        french ? "%sPerdus\u00a0: de ceux pris en charge jusqu'au %s, ni pr\u00e9sent\u00e9s ni "
                 "rendus apr\u00e8s %d jours, ou "
                 "d\u00e9truits. Intervalles \u00e0 95\u00a0%%."
               : "%sLost: of those accepted by %s, neither presented nor back after %d days, or "
                 "destroyed. "
                 "Intervals of 95\u00a0%%.",
        parcels, words_day(arena, page->language, cards->accepted_by), (int)cards->horizon_days);
}

void
page_add_carriers(const Page *page, MarkupNode *main)
{
    const Scorecards *const cards = &page->digest->cards;

    if (cards->count == 0)
        return;

    MarkupNode *const section = page_section(main, "carriers", carriers_heading.of[page->language]);

    markup_add(section, "p", about(page, cards));
    add_table(page, section);
    add_plot(page, section);
    carriers_add_services(page, section);
    carriers_add_shared_lanes(page, section);
    carriers_add_late_lanes(page, section);
    carriers_add_late_parcels(page, section);
}
