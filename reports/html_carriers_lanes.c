/*
 * Below the carriers: their services, lanes that several of them serve, and the lanes and parcels that are delayed most.
 */
#include "reports/html_carriers.h"

#include "core/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN 10

// Columns of a table of cards: carrier, what else names the card, and the numbers.
enum
{
    CARRIER,
    SERVICE,
    LANE,
    NUMBERS,
    COLUMN_COUNT = NUMBERS + CARRIERS_NUMBERS
};

static const char *
lane_of(Arena *arena, const char *origin, const char *destination)
{
    return arena_printf(arena, "%s > %s", origin, destination);
}

static MarkupNode *
table_add(const Page *page, MarkupNode *section, const Spoken *caption, Column *columns)
{
    static const Spoken names[] = {
        {{"Carrier", "Transporteur"}}, {{"Service", "Service"}}, {{"Lane", "Liaison"}}};

    carriers_columns(page, names, NUMBERS, NUMBERS, columns);
    carriers_columns(page, carriers_number_headings, CARRIERS_NUMBERS, 0, columns + NUMBERS);
    return page_table(section, caption->of[page->language], columns, COLUMN_COUNT, true);
}

static void
card_row(const Page *page, MarkupNode *body, const Column *columns, const Scorecard *card)
{
    MarkupNode *const row = markup_add(body, "tr", NULL);

    page_row_header(row, &columns[CARRIER], card->carrier);
    page_cell(row, &columns[SERVICE], text_is_empty(card->service) ? "-" : card->service);
    page_cell(row, &columns[LANE],
        card->level == SCORE_LANE ? lane_of(page->arena, card->origin, card->destination) : "-");
    carriers_number_cells(page, row, columns + NUMBERS, card);
}

void
carriers_add_services(const Page *page, MarkupNode *section)
{
    static const Spoken caption = {{"Services", "Services"}};
    const Scorecards *const cards = &page->digest->cards;
    Column columns[COLUMN_COUNT];
    MarkupNode *const body = table_add(page, section, &caption, columns);

    for (size_t i = 0; i < cards->count; i++)
        if (cards->items[i].level == SCORE_SERVICE)
            card_row(page, body, columns, &cards->items[i]);
}

typedef struct CardList
{
    const Scorecard **items;
    size_t count;
} CardList;

static CardList
lanes_of(const Page *page)
{
    const Scorecards *const cards = &page->digest->cards;
    CardList list = {.items = ARENA_ARRAY(page->arena, const Scorecard *, cards->count)};

    for (size_t i = 0; i < cards->count; i++)
        if (cards->items[i].level == SCORE_LANE)
            list.items[list.count++] = &cards->items[i];
    return list;
}

static int
by_names(const Scorecard *a, const Scorecard *b)
{
    int order = strcmp(a->origin, b->origin);

    if (order == 0)
        order = strcmp(a->destination, b->destination);
    if (order == 0)
        order = strcmp(a->carrier, b->carrier);
    return order != 0 ? order : strcmp(a->service, b->service);
}

static int
by_lane(const void *left, const void *right)
{
    return by_names(*(const Scorecard *const *)left, *(const Scorecard *const *)right);
}

static bool
same_lane(const Scorecard *a, const Scorecard *b)
{
    return strcmp(a->origin, b->origin) == 0 && strcmp(a->destination, b->destination) == 0;
}

// Cards of one lane, of at least two carriers.
typedef struct SharedLane
{
    size_t first, count;
    int64_t parcels;
} SharedLane;

static int
by_parcels(const void *left, const void *right)
{
    const SharedLane *const a = left, *const b = right;

    if (a->parcels != b->parcels)
        return a->parcels > b->parcels ? -1 : 1;
    return a->first < b->first ? -1 : 1;
}

static size_t
find_shared(const CardList *lanes, SharedLane *shared)
{
    size_t count = 0, next;

    for (size_t first = 0; first < lanes->count; first = next) {
        SharedLane lane = {.first = first};

        for (next = first;
             next < lanes->count && same_lane(lanes->items[first], lanes->items[next]); next++)
            lane.parcels += lanes->items[next]->parcels;
        lane.count = next - first;
        if (strcmp(lanes->items[first]->carrier, lanes->items[next - 1]->carrier) != 0)
            shared[count++] = lane;
    }
    return count;
}

void
carriers_add_shared_lanes(const Page *page, MarkupNode *section)
{
    static const Spoken caption = {{"Lanes that several carriers serve, the busiest",
        "Liaisons desservies par plusieurs transporteurs, les plus charg\u00e9es"}};
    const CardList lanes = lanes_of(page);
    SharedLane *const shared = ARENA_ARRAY(page->arena, SharedLane, lanes.count);
    Column columns[COLUMN_COUNT];

    if (lanes.count > 1)
        qsort(lanes.items, lanes.count, sizeof *lanes.items, by_lane);

    const size_t count = find_shared(&lanes, shared);

    if (count == 0)
        return;
    qsort(shared, count, sizeof *shared, by_parcels);

    MarkupNode *const body = table_add(page, section, &caption, columns);

    for (size_t i = 0; i < count && i < SHOWN; i++)
        for (size_t k = 0; k < shared[i].count; k++)
            card_row(page, body, columns, lanes.items[shared[i].first + k]);
}

// By the share of broken promises that is sure: what chance alone gives few parcels does not count.
static int
by_broken(const void *left, const void *right)
{
    const Scorecard *const a = *(const Scorecard *const *)left;
    const Scorecard *const b = *(const Scorecard *const *)right;
    const double high_a = carriers_on_time(a)->high, high_b = carriers_on_time(b)->high;

    if (high_a != high_b)
        return high_a < high_b ? -1 : 1;
    return by_names(a, b);
}

void
carriers_add_late_lanes(const Page *page, MarkupNode *section)
{
    static const Spoken caption = {{"Lanes that keep the fewest promises for certain",
        "Liaisons qui tiennent s\u00fbrement le moins leurs promesses"}};
    CardList lanes = lanes_of(page);
    size_t promised = 0;
    Column columns[COLUMN_COUNT];

    for (size_t i = 0; i < lanes.count; i++)
        if (carriers_on_time(lanes.items[i])->of > 0)
            lanes.items[promised++] = lanes.items[i];
    if (promised == 0)
        return;
    qsort(lanes.items, promised, sizeof *lanes.items, by_broken);

    MarkupNode *const body = table_add(page, section, &caption, columns);

    for (size_t i = 0; i < promised && i < SHOWN; i++)
        card_row(page, body, columns, lanes.items[i]);
}

// The cases whose promise passed longest ago, oldest first; equals keep the order of the list. Returns how many.
static size_t
most_late(const Digest *digest, const CaseRecord *out[SHOWN])
{
    size_t count = 0;

    for (size_t i = 0; i < digest->case_count; i++) {
        const CaseRecord *const record = &digest->cases[i];
        size_t at = count;

        if (record->promised_at == INSTANT_NONE || record->promised_at >= digest->as_of)
            continue;
        while (at > 0 && out[at - 1]->promised_at > record->promised_at)
            at--;
        if (at == SHOWN)
            continue;
        if (count < SHOWN)
            count++;
        memmove(out + at + 1, out + at, (count - at - 1) * sizeof(const CaseRecord *));
        out[at] = record;
    }
    return count;
}

static void
parcel_row(const Page *page, MarkupNode *body, const Column *columns, const CaseRecord *record)
{
    Arena *const arena = page->arena;
    const double days = (double)(page->digest->as_of - record->promised_at) / (double)HOURS_24;
    MarkupNode *const row = markup_add(body, "tr", NULL);

    page_row_header(row, &columns[0], arena_printf(arena, "%" PRId64, record->number));
    page_cell(row, &columns[1], record->tracking_number);
    page_cell(row, &columns[2], record->carrier);
    page_cell(row, &columns[3], lane_of(arena, record->origin, record->destination));
    page_cell(row, &columns[4], words_case_kind(page->language, record->kind));
    page_cell(row, &columns[5], words_days(arena, page->language, days));
}

void
carriers_add_late_parcels(const Page *page, MarkupNode *section)
{
    static const Spoken caption = {
        {"Open parcels that are overdue longest", "Colis en cours les plus en retard"}};
    static const Spoken headings[] = {{{"Case", "Cas"}}, {{"Parcel", "Colis"}},
        {{"Carrier", "Transporteur"}}, {{"Lane", "Liaison"}}, {{"Kind", "Nature"}},
        {{"Overdue", "Retard"}}};
    const CaseRecord *records[SHOWN] = {NULL};
    const size_t count = most_late(page->digest, records);
    Column columns[6];

    if (count == 0)
        return;
    carriers_columns(page, headings, 6, 5, columns);

    MarkupNode *const body = page_table(section, caption.of[page->language], columns, 6, true);

    for (size_t i = 0; i < count; i++)
        parcel_row(page, body, columns, records[i]);
}
