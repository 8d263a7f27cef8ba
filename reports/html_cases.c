/*
 * What was found tonight: counts by kind, and the cases in the order in which to act.
 */
#include "core/map.h"
#include "core/text.h"
#include "reports/page.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

enum
{
    RANK,
    NUMBER,
    KIND,
    PARCEL,
    LANE,
    SILENCE,
    P_LATE,
    P_LOST,
    COST,
    EVIDENCE,
    CLAIM,
    COLUMN_COUNT
};

typedef struct Columns
{
    Column column[COLUMN_COUNT];
} Columns;

static Columns
columns_of(const Phrases *phrases)
{
    return (Columns){{
        [RANK] = {phrases->rank, "n"},
        [NUMBER] = {phrases->number, "n"},
        [KIND] = {phrases->kind, "what"},
        [PARCEL] = {phrases->parcel, "parcel"},
        [LANE] = {phrases->lane, "lane"},
        [SILENCE] = {phrases->silence, "n"},
        [P_LATE] = {phrases->p_late, "n"},
        [P_LOST] = {phrases->p_lost, "n"},
        [COST] = {phrases->cost, "n"},
        [EVIDENCE] = {phrases->evidence, "why"},
        [CLAIM] = {phrases->claim, "claim"},
    }};
}

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
        {phrases->opened, "n"},
        {phrases->worse, "n"},
        {phrases->cleared, "n"},
    };
    MarkupNode *body = NULL;

    for (int kind = CASE_KIND_COUNT - 1; kind > CASE_NONE; kind--) {
        const KindCount *const n = &page->digest->kinds[kind];
        const int64_t counts[] = {n->tonight, n->opened, n->worse, n->cleared};

        if (n->tonight + n->opened + n->worse + n->cleared == 0)
            continue;
        if (body == NULL)
            body = page_table(section, NULL, columns, 5, false);

        MarkupNode *const row = markup_add(body, "tr", NULL);

        kind_add(page, page_row_header(row, &columns[0], NULL), (CaseKind)kind);
        for (size_t i = 0; i < 4; i++)
            page_cell(row, &columns[i + 1], words_count(page->arena, page->language, counts[i]));
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
                         "Sur les %s cas de perte, %s devraient se r\u00e9v\u00e9ler faux.", count,
                         wrong)
                   : arena_printf(page->arena, "Of the %s lost cases %s are expected to be false.",
                         count, wrong));
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

void
page_add_tonight(const Page *page, MarkupNode *main)
{
    MarkupNode *const section = page_section(main, "tonight", page->phrases->tonight);

    kinds_add(page, section);
    doubts_add(page, section);
}

// What came last is shown under what matters first, in one cell.
static void
under(MarkupNode *cell, const char *text)
{
    if (!text_is_empty(text))
        markup_add_class(cell, "span", "soft", text);
}

static const char *
joined(Arena *arena, const char *a, const char *separator, const char *b)
{
    if (text_is_empty(a) || text_is_empty(b))
        return text_is_empty(a) ? b : a;
    return arena_printf(arena, "%s%s%s", a, separator, b);
}

static void
kind_cell(const Page *page, MarkupNode *row, const Column *column, const CaseRecord *record)
{
    MarkupNode *const cell = page_cell(row, column, NULL);
    const char *state = words_case_state(page->language, record->state);

    kind_add(page, cell, record->kind);
    if (record->snoozed_until != DAY_NONE)
        state = arena_printf(page->arena, "%s %s %s", state, page->phrases->until,
            day_print(page->arena, record->snoozed_until));
    under(cell,
        joined(page->arena, state, ", ", words_case_event(page->language, record->last_event)));
}

static void
claim_cell(const Page *page, MarkupNode *row, const Column *column, const Claim *claim)
{
    MarkupNode *const cell = page_cell(row, column, NULL);

    if (!claim)
        return;

    MarkupNode *const link = markup_add(cell, "a", claim->reference);

    markup_set(link, "href", arena_printf(page->arena, "#claim-%" PRId64, claim->number));
    if (money_is_known(claim->payable))
        under(cell, words_money(page->arena, page->language, claim->payable));
    if (claim->claim_deadline != DAY_NONE && claim->claim_deadline < page->digest->day)
        markup_add_class(cell, "strong", "overdue", page->phrases->overdue);
    else if (claim->claim_deadline != DAY_NONE)
        under(cell, arena_printf(page->arena, "%s %s", page->phrases->file_by,
                        day_print(page->arena, claim->claim_deadline)));
}

// The reason, and a link to the incident that concerns the parcel.
static void
evidence_cell(const Page *page, MarkupNode *row, const Column *column, const CaseRecord *record)
{
    MarkupNode *const cell = page_cell(row, column, record->evidence);

    if (record->incident_number == 0)
        return;

    MarkupNode *const link = markup_add_class(cell, "a", "soft",
        arena_printf(page->arena, "%s %" PRId64, page->phrases->incident, record->incident_number));

    markup_set(
        link, "href", arena_printf(page->arena, "#incident-%" PRId64, record->incident_number));
}

static void
case_row(const Page *page, MarkupNode *body, const Column *columns, size_t rank,
    const CaseRecord *record, const Claim *claim)
{
    Arena *const arena = page->arena;
    const Language language = page->language;
    MarkupNode *const row = markup_add(body, "tr", NULL);

    markup_set(row, "id", arena_printf(arena, "case-%" PRId64, record->number));
    page_cell(row, &columns[RANK], arena_printf(arena, "%zu", rank));
    page_row_header(row, &columns[NUMBER], arena_printf(arena, "%" PRId64, record->number));
    kind_cell(page, row, &columns[KIND], record);
    under(page_cell(row, &columns[PARCEL], record->tracking_number),
        joined(arena, record->carrier, ", ", record->service));
    page_cell(row, &columns[LANE], joined(arena, record->origin, " > ", record->destination));
    page_cell(row, &columns[SILENCE], words_hours(arena, language, record->silence_hours));
    page_cell(row, &columns[P_LATE], words_share(arena, language, record->p_late));
    page_cell(row, &columns[P_LOST], words_share(arena, language, record->p_lost));
    page_cell(row, &columns[COST],
        words_money(arena, language, page_cost(page, record->expected_cost_minor)));
    evidence_cell(page, row, &columns[EVIDENCE], record);
    claim_cell(page, row, &columns[CLAIM], claim);
}

// Claims by shipment; of several the one that comes first, which is the most urgent.
static Map *
claims_by_shipment(const Page *page)
{
    Map *const map = map_create(page->arena);

    for (size_t i = 0; i < page->digest->claim_count; i++) {
        const char *const id = page->digest->claims[i].shipment_id;

        map_intern(map, id, strlen(id), (int64_t)i, NULL);
    }
    return map;
}

void
page_add_cases(const Page *page, MarkupNode *main)
{
    const Digest *const digest = page->digest;
    const Columns columns = columns_of(page->phrases);
    const Map *const claims = claims_by_shipment(page);
    MarkupNode *const section = page_section(main, "cases", page->phrases->cases);

    if (digest->case_count == 0) {
        markup_add(section, "p", page->phrases->no_case);
        return;
    }

    MarkupNode *const body =
        page_table(section, page->phrases->cases_caption, columns.column, COLUMN_COUNT, true);

    for (size_t i = 0; i < digest->case_count; i++) {
        const char *const id = digest->cases[i].shipment_id;
        const int64_t at = map_get(claims, id, strlen(id), -1);

        case_row(page, body, columns.column, i + 1, &digest->cases[i],
            at < 0 ? NULL : &digest->claims[at]);
    }
}
