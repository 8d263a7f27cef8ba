/*
 * What to do now: the cases, in the order in which to act.
 */
#include "core/map.h"
#include "core/text.h"
#include "reports/grid.h"

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
    DUE,
    SILENCE,
    P_LATE,
    P_LOST,
    COST,
    EVIDENCE,
    COLUMN_COUNT
};

// What the rows are made of.
typedef struct Cases
{
    const Digest *digest;
    const Map *claims;  // by shipment, of several the most urgent
} Cases;

static const char *
joined(Arena *arena, const char *a, const char *separator, const char *b)
{
    if (text_is_empty(a) || text_is_empty(b))
        return text_is_empty(a) ? b : a;
    return arena_printf(arena, "%s%s%s", a, separator, b);
}

static void
kind_cell(const Page *page, GridCell *cell, const CaseRecord *record)
{
    const char *state = words_case_state(page->language, record->state);

    cell->main = (GridText){words_case_kind(page->language, record->kind),
        arena_printf(page->arena, "kind %s", case_kind_name(record->kind)), ""};
    cell->key = record->kind;
    if (record->snoozed_until != DAY_NONE)
        state = arena_printf(page->arena, "%s %s %s", state, page->phrases->until,
            day_print(page->arena, record->snoozed_until));
    grid_note(cell,
        joined(page->arena, state, ", ", words_case_event(page->language, record->last_event)),
        "soft", "");
}

static void
parcel_cell(const Page *page, GridCell *cell, const CaseRecord *record)
{
    const Catalogue *const catalogue = page->options->catalogue;
    const char *const link = catalogue ? catalogue_tracking_link(catalogue, page->arena,
                                             record->carrier, record->tracking_number)
                                       : "";

    cell->main = (GridText){record->tracking_number, "", link};
    grid_note(cell, joined(page->arena, record->carrier, ", ", record->service), "soft", "");
}

// The nearest day by which something must be done: the claim's deadline, or a promise that is still ahead.
static void
due_cell(const Page *page, GridCell *cell, const CaseRecord *record, const Claim *claim)
{
    const Phrases *const phrases = page->phrases;
    const Day today = page->digest->day;
    const char *what = "";
    Day due = DAY_NONE;

    if (record->promised_at != INSTANT_NONE && record->promised_at > page->digest->as_of) {
        due = zone_day(page->zone, record->promised_at);
        what =
            record->promise_origin == PROMISE_LEARNED ? phrases->expected_by : phrases->promised_by;
    }
    if (claim && claim->claim_deadline != DAY_NONE &&
        (due == DAY_NONE || claim->claim_deadline <= due)) {
        due = claim->claim_deadline;
        what = phrases->claim_by;
    }
    if (due == DAY_NONE) {
        cell->main.text = "-";
        return;
    }
    cell->key = due - today;
    if (due < today)
        cell->main = (GridText){phrases->overdue, "overdue", ""};
    else
        cell->main.text = words_count(page->arena, page->language, due - today);
    grid_note(
        cell, arena_printf(page->arena, "%s %s", what, day_print(page->arena, due)), "soft", "");
}

static void
cost_cell(const Page *page, GridCell *cell, const CaseRecord *record)
{
    cell->main.text =
        words_money(page->arena, page->language, page_cost(page, record->expected_cost_minor));
    cell->key = (double)record->expected_cost_minor;
    if (money_is_known(record->value))
        grid_note(cell,
            arena_printf(page->arena, "%s %s", page->phrases->worth,
                words_money(page->arena, page->language, record->value)),
            "soft", "");
}

// The reason, and a link to the incident that concerns the parcel.
static void
evidence_cell(const Page *page, GridCell *cell, const CaseRecord *record)
{
    cell->main.text = record->evidence;
    if (record->incident_number > 0)
        grid_note(cell,
            arena_printf(
                page->arena, "%s %" PRId64, page->phrases->incident, record->incident_number),
            "soft",
            arena_printf(page->arena, "%s#incident-%" PRId64, page->home, record->incident_number));
}

// What can be claimed for it; claim number `at` of the digest, below 0 for none.
static void
claim_note(const Page *page, GridCell *cell, int64_t at)
{
    if (at < 0)
        return;

    const Claim *const claim = &page->digest->claims[at];
    const char *const amount = money_is_known(claim->payable)
                                   ? words_money(page->arena, page->language, claim->payable)
                                   : "";

    grid_note(cell,
        joined(
            page->arena, claim->reference, IN_LANGUAGE(page->language, ": ", "\u00a0: "), amount),
        "soft",
        grid_link(page, "claims", (size_t)at,
            arena_printf(page->arena, "claim-%" PRId64, claim->number)));
}

static void
number_cell(GridCell *cell, const char *text, double key)
{
    cell->main.text = text;
    cell->key = key;
}

static void
fill(const void *data, const Page *page, size_t index, GridRow *row)
{
    const Cases *const cases = data;
    const CaseRecord *const record = &cases->digest->cases[index];
    const int64_t at = map_get(cases->claims, record->shipment_id, strlen(record->shipment_id), -1);
    const Claim *const claim = at < 0 ? NULL : &cases->digest->claims[at];
    const char *const change = words_case_event(page->language, record->last_event);
    Arena *const arena = page->arena;
    const Language language = page->language;
    GridCell *const cells = row->cells;

    row->id = arena_printf(arena, "case-%" PRId64, record->number);
    number_cell(&cells[RANK], arena_printf(arena, "%zu", index + 1), (double)index);
    number_cell(
        &cells[NUMBER], arena_printf(arena, "%" PRId64, record->number), (double)record->number);
    cells[NUMBER].main.link = page_case_link(page, record->number);
    kind_cell(page, &cells[KIND], record);
    parcel_cell(page, &cells[PARCEL], record);
    cells[LANE].main.text = joined(arena, record->origin, " > ", record->destination);
    due_cell(page, &cells[DUE], record, claim);
    number_cell(&cells[SILENCE], words_hours(arena, language, record->silence_hours),
        record->silence_hours);
    number_cell(&cells[P_LATE], words_share(arena, language, record->p_late), record->p_late);
    number_cell(&cells[P_LOST], words_share(arena, language, record->p_lost), record->p_lost);
    cost_cell(page, &cells[COST], record);
    evidence_cell(page, &cells[EVIDENCE], record);
    claim_note(page, &cells[DUE], at);
    row->facets[0] = words_case_kind(language, record->kind);
    row->facets[1] = record->carrier;
    row->facets[2] = words_case_state(language, record->state);
    row->facets[3] = change;
}

static const Map *
claims_by_shipment(Arena *arena, const Digest *digest)
{
    Map *const map = map_create(arena);

    for (size_t i = 0; i < digest->claim_count; i++) {
        const char *const id = digest->claims[i].shipment_id;

        map_intern(map, id, strlen(id), (int64_t)i, NULL);
    }
    return map;
}

static const Column *
columns_of(Arena *arena, const Phrases *phrases)
{
    const Column columns[COLUMN_COUNT] = {
        [RANK] = {phrases->rank, "n"},
        [NUMBER] = {phrases->number, "n"},
        [KIND] = {phrases->kind, "what"},
        [PARCEL] = {phrases->parcel, "parcel"},
        [LANE] = {phrases->lane, "lane"},
        [DUE] = {phrases->due, "due"},
        [SILENCE] = {phrases->silence, "n"},
        [P_LATE] = {phrases->p_late, "n"},
        [P_LOST] = {phrases->p_lost, "n"},
        [COST] = {phrases->cost, "n"},
        [EVIDENCE] = {phrases->evidence, "why"},
    };

    return arena_grow_array(arena, columns, sizeof columns[0], COLUMN_COUNT, COLUMN_COUNT);
}

void
page_cases_grid(const Page *page, Grid *out)
{
    const Phrases *const phrases = page->phrases;
    Cases *const cases = ARENA_NEW(page->arena, Cases);

    *cases = (Cases){page->digest, claims_by_shipment(page->arena, page->digest)};
    *out = (Grid){
        .name = "cases",
        .caption = phrases->cases_caption,
        .form = phrases->form_cases,
        .columns = columns_of(page->arena, phrases),
        .column_count = COLUMN_COUNT,
        .header = NUMBER,
        .facets = {phrases->kind, phrases->carrier, phrases->state, phrases->change},
        .count = page->digest->case_count,
        .fill = fill,
        .data = cases,
    };
}

void
page_add_cases(const Page *page, MarkupNode *main)
{
    MarkupNode *const section = page_section(main, "cases", page->phrases->cases);
    Grid grid;

    if (page->digest->case_count == 0) {
        markup_add(section, "p", page->phrases->no_case);
        return;
    }
    page_cases_grid(page, &grid);
    grid_add(page, section, &grid, 0);
}
