/*
 * The night in numbers: what is open, against the night before, by kind; and how much of it is expected to be false.
 */
#include "core/text.h"
#include "reports/page.h"

#include <math.h>

static void
kind_add(const Page *page, MarkupNode *parent, CaseKind kind)
{
    markup_add_class(parent, "span", arena_printf(page->arena, "kind %s", case_kind_name(kind)),
        words_case_kind(page->language, kind));
}

// Only kinds that there are: most nights know few of them.
static void
kinds_add(const Page *page, MarkupNode *section)
{
    const Phrases *const phrases = page->phrases;
    const Column columns[] = {
        {phrases->kind, ""},
        {phrases->now, "n"},
        {phrases->night_before, "n"},
        {phrases->opened, "n"},
        {phrases->worse, "n"},
        {phrases->cleared, "n"},
    };
    const NightCount *const before = page_night_before(page->digest);
    MarkupNode *body = NULL;

    for (int kind = CASE_KIND_COUNT - 1; kind > CASE_NONE; kind--) {
        const KindCount *const n = &page->digest->kinds[kind];
        const int64_t then = before ? before->kinds[kind].tonight : 0;
        const int64_t counts[] = {n->tonight, then, n->opened, n->worse, n->cleared};

        if (n->tonight + then + n->opened + n->worse + n->cleared == 0)
            continue;
        if (body == NULL)
            body = page_table(section, page->phrases->kinds_caption, columns, 6, false);

        MarkupNode *const row = markup_add(body, "tr", NULL);

        kind_add(page, page_row_header(row, &columns[0], NULL), (CaseKind)kind);
        for (size_t i = 0; i < 5; i++)
            page_cell(row, &columns[i + 1],
                i == 1 && !before ? "-" : words_count(page->arena, page->language, counts[i]));
    }
}

static void
doubts_add(const Page *page, MarkupNode *section)
{
    const Digest *const digest = page->digest;
    const int64_t lost = digest->kinds[CASE_LOST].tonight;
    const bool french = page->language == LANGUAGE_FRENCH;
    const char *const count = words_count(page->arena, page->language, lost);

    if (lost > 0 && !isnan(digest->lost_false_share)) {
        const char *const wrong =
            words_about(page->arena, page->language, digest->lost_false_share * (double)lost);

        markup_add(section, "p",
            french ? arena_printf(page->arena,
                         "Sur les %s cas de perte, %s devraient \u00eatre de fausses alertes.",
                         count, wrong)
                   : arena_printf(page->arena,
                         "Of the %s lost cases %s are expected to be false alarms.", count, wrong));
    }
    if (digest->kinds[CASE_STUCK].opened > 0 && !isnan(digest->stuck_false_expected)) {
        const char *const wrong =
            words_about(page->arena, page->language, digest->stuck_false_expected);

        markup_add(section, "p",
            french ? arena_printf(page->arena,
                         "Parmi les nouveaux bloqu\u00e9s, fausses alertes attendues : %s.", wrong)
                   : arena_printf(
                         page->arena, "Among the newly stuck, false alarms expected: %s.", wrong));
    }
}

// "+12", "-3" beside the night before; "" without one.
static const char *
against(const Page *page, int64_t now, int64_t then, const char *value)
{
    if (!page_night_before(page->digest))
        return "";
    return arena_printf(
        page->arena, "%s%s %s", now < then ? "\u2212" : "+", value, page->phrases->than_before);
}

static void
tile_add(MarkupNode *tiles, const char *name, const char *href, const char *value, const char *note)
{
    MarkupNode *const tile = markup_add_class(tiles, "div", "tile", NULL);
    MarkupNode *const term = markup_add(tile, "dt", NULL);
    MarkupNode *const detail = markup_add(tile, "dd", NULL);

    markup_set(markup_add(term, "a", name), "href", href);
    markup_add(detail, "strong", value);
    if (!text_is_empty(note))
        markup_add_class(detail, "span", "soft", note);
}

static void
claims_tile(const Page *page, MarkupNode *tiles)
{
    const Digest *const digest = page->digest;
    int64_t due = 0;

    for (size_t i = 0; i < digest->claim_count; i++) {
        const Day deadline = digest->claims[i].claim_deadline;

        due += deadline != DAY_NONE && deadline < digest->day + 7;
    }
    tile_add(tiles, page->phrases->to_file, "#claims",
        words_count(page->arena, page->language, (int64_t)digest->claim_count),
        arena_printf(page->arena, "%s %s", words_count(page->arena, page->language, due),
            page->phrases->due_this_week));
}

static void
tiles_add(const Page *page, MarkupNode *section)
{
    static const NightCount none = {0};
    const Phrases *const phrases = page->phrases;
    const Digest *const digest = page->digest;
    const NightCount *const before = page_night_before(digest);
    const KindCount now = page_kinds_sum(digest->kinds);
    const KindCount then = page_kinds_sum(before ? before->kinds : none.kinds);
    const int64_t more = now.tonight - then.tonight;
    const int64_t dearer = now.cost_minor - then.cost_minor;
    MarkupNode *const tiles = markup_add_class(section, "dl", "tiles", NULL);

    tile_add(tiles, phrases->open_cases, "#cases",
        words_count(page->arena, page->language, now.tonight),
        against(page, now.tonight, then.tonight,
            words_count(page->arena, page->language, more < 0 ? -more : more)));
    tile_add(tiles, phrases->at_stake, "#cases",
        words_money(page->arena, page->language, page_cost(page, now.cost_minor)),
        against(page, now.cost_minor, then.cost_minor,
            words_money(
                page->arena, page->language, page_cost(page, dearer < 0 ? -dearer : dearer))));
    claims_tile(page, tiles);
    if (digest->incident_count > 0)
        tile_add(tiles, phrases->incidents, "#incidents",
            words_count(page->arena, page->language, (int64_t)digest->incident_count), "");
}

void
page_add_tonight(const Page *page, MarkupNode *main)
{
    MarkupNode *const section = page_section(main, "tonight", page->phrases->tonight);

    tiles_add(page, section);
    kinds_add(page, section);
    doubts_add(page, section);
}
