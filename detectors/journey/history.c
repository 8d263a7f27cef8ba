/*
 * Sources disagree about order, wording and repeats; this file settles them so that nobody else has to.
 */
#include "detectors/journey/history.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>

// Beyond this many moves per scan the input is not "nearly sorted", and sorting properly is cheaper.
#define INSERTION_MOVES 16

// How far back a repeat of a scan is looked for among scans of the same instant.
#define REPEATS_BACK 16

static int
compare_scans(const Scan *a, const Scan *b)
{
    if (a->occurred_at != b->occurred_at)
        return a->occurred_at < b->occurred_at ? -1 : 1;
    if (a->milestone != b->milestone)  // the enumeration follows the journey
        return a->milestone < b->milestone ? -1 : 1;

    const char *const texts[][2] = {
        {a->code, b->code}, {a->subcode, b->subcode}, {a->place, b->place}, {a->text, b->text}};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const int order = strcmp(texts[i][0], texts[i][1]);

        if (order != 0)
            return order;
    }
    return 0;
}

static int
compare_for_qsort(const void *a, const void *b)
{
    return compare_scans(a, b);
}

static void
sort_scans(Scan *scans, size_t count)
{
    size_t moves = 0;

    for (size_t i = 1; i < count; i++) {
        if (compare_scans(&scans[i - 1], &scans[i]) <= 0)
            continue;

        const Scan scan = scans[i];
        size_t j = i;

        for (; j > 0 && compare_scans(&scans[j - 1], &scan) > 0; j--)
            scans[j] = scans[j - 1];
        scans[j] = scan;
        moves += i - j;
        if (moves > INSERTION_MOVES * count) {
            qsort(scans, count, sizeof *scans, compare_for_qsort);
            return;
        }
    }
}

static void
give_meaning(const Catalogue *catalogue, int carrier, Scan *scan)
{
    const int who =
        text_is_empty(scan->carrier) ? carrier : catalogue_find(catalogue, scan->carrier);
    const CodeMeaning meaning = text_is_empty(scan->code)
                                    ? (CodeMeaning){.milestone = MILESTONE_UNMAPPED}
                                    : catalogue_code(catalogue, who, scan->code, scan->subcode);

    scan->dead = meaning.dead;
    if (scan->milestone == MILESTONE_UNMAPPED || scan->milestone == meaning.milestone) {
        scan->milestone = meaning.milestone;
        scan->physical = meaning.milestone != MILESTONE_UNMAPPED && meaning.physical;
    } else {
        scan->physical = milestone_is_physical(scan->milestone);
    }
}

// A place in other letters is the same place, and a repeat may have lost it.
static bool
is_same_place(const char *a, const char *b)
{
    return *a == '\0' || *b == '\0' || text_equal_folded(a, b);
}

// Unmapped codes are told apart by code: people will be asked to map each of them.
static bool
is_repeat(const Scan *a, const Scan *b)
{
    return a->milestone == b->milestone && is_same_place(a->place, b->place) &&
           (a->milestone != MILESTONE_UNMAPPED || strcmp(a->code, b->code) == 0);
}

static Scan *
find_repeat(Scan *kept, size_t count, const Scan *scan)
{
    for (size_t back = 1; back <= count && back <= REPEATS_BACK; back++) {
        Scan *const other = &kept[count - back];

        if (other->occurred_at != scan->occurred_at)
            break;
        if (is_repeat(other, scan))
            return other;
    }
    return NULL;
}

// What was known first counts; INSTANT_NONE means it was always known.
static void
merge_repeat(Scan *kept, const Scan *scan)
{
    kept->physical |= scan->physical;
    kept->dead |= scan->dead;
    kept->place = *kept->place == '\0' ? scan->place : kept->place;
    if (scan->recorded_at < kept->recorded_at)
        kept->recorded_at = scan->recorded_at;
}

int
history_settle_carrier(const Catalogue *catalogue, Shipment *shipment)
{
    const int carrier = catalogue_find(catalogue, shipment->carrier);

    if (carrier >= 0)
        shipment->carrier = catalogue_carrier(catalogue, (size_t)carrier)->id;
    return carrier;
}

size_t
history_normalise(const Catalogue *catalogue, int carrier, Scan *scans, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        give_meaning(catalogue, carrier, &scans[i]);
    sort_scans(scans, count);
    for (size_t i = 0; i < count; i++) {
        Scan *const repeat = find_repeat(scans, kept, &scans[i]);

        if (repeat)
            merge_repeat(repeat, &scans[i]);
        else if (kept != i)
            scans[kept++] = scans[i];
        else
            kept++;
    }
    return kept;
}

bool
history_knows(const Scan *scan, Instant as_of)
{
    return scan->occurred_at <= as_of &&
           (scan->recorded_at == INSTANT_NONE || scan->recorded_at <= as_of);
}

static void
history_take(History *history, const Scan *scan, int index)
{
    if (scan->physical) {
        if (history->first_physical < 0)
            history->first_physical = index;
        history->last_physical = index;
        history->hubs += scan->milestone == MILESTONE_IN_TRANSIT;
        history->carrier_lost = -1;  // found again
    }
    if (history->first_presentation < 0 && milestone_is_presentation(scan->milestone))
        history->first_presentation = index;
    if (history->final < 0 && milestone_is_final(scan->milestone))
        history->final = index;
    if (scan->milestone == MILESTONE_LOST)
        history->carrier_lost = index;
}

History
history_read(const Shipment *shipment, Instant as_of)
{
    History history = {.last_physical = -1,
        .first_physical = -1,
        .first_presentation = -1,
        .final = -1,
        .carrier_lost = -1,
        .cancelled = shipment->cancelled_at != INSTANT_NONE && shipment->cancelled_at <= as_of};

    for (size_t i = 0; i < shipment->scan_count; i++)
        if (shipment->scans[i].milestone != MILESTONE_UNMAPPED &&
            history_knows(&shipment->scans[i], as_of))
            history_take(&history, &shipment->scans[i], (int)i);
    return history;
}

bool
history_is_open(const History *history)
{
    return history->final < 0 && !history->cancelled;
}
