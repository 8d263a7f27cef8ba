/*
 * P(late) asks for some hundred hazards of a parcel, one for each hour in which its next scan may come and stage that this
 * may be. Where start phases are used, most of each is the same for all parcels of a service that were promised for the same
 * instant: how long it is from that hour until then, by which curve that is told, and where on it. Only the factors of lanes
 * and of the last days are a parcel's own. So it is worked out once a night and kept, hour by hour as it is asked for;
 * some twenty different promises lie ahead, and they are the ends of days. A lane that stretches time is on its own.
 */
#include "detectors/judgement/rest.h"

#include <math.h>

// Kept are 2,048 tables, each of one stage, service and promise; where there are more they take each other's place. Each has a few
// places to go to: with one, 83 of 347 tables were made anew for every 2,000 parcels (bench_judging 300000 80).
#define SLOT_BITS 11

enum
{
    SLOTS = 1 << SLOT_BITS,
    PLACES = 4,
};

// A hazard from one cell until the promise, with neither lane nor tempo.
typedef struct Outlook
{
    double hazard;          // cumulative; negative: not asked for yet
    float within;           // what of it lies in the coarse bin in which it ends
    uint8_t phase, coarse;  // the start, and that bin
    bool promised;          // told by the promise, and not bent by any lane
} Outlook;

// Whatever an outlook depends on, beside the cell.
typedef struct OutlookKey
{
    const PhaseCurves *phases;
    const float *const *slacks;
    const double *cumulative;
    const double *rates;
    Instant promise;
    bool promised;
} OutlookKey;

typedef struct OutlookSlot
{
    OutlookKey key;
    Outlook *cells;  // NULL for a slot that was never used
} OutlookSlot;

struct OutlookBook
{
    Arena *arena;
    OutlookSlot slots[SLOTS];
};

OutlookBook *
outlook_book_create(Arena *arena)
{
    OutlookBook *const book = ARENA_NEW(arena, OutlookBook);

    book->arena = arena;
    return book;
}

static bool
key_equal(const OutlookKey *a, const OutlookKey *b)
{
    return a->phases == b->phases && a->slacks == b->slacks && a->cumulative == b->cumulative &&
           a->rates == b->rates && a->promise == b->promise && a->promised == b->promised;
}

// Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).
static size_t
key_slot(const OutlookKey *key)
{
    const uint64_t named = (uint64_t)(uintptr_t)key->rates ^
                           (uint64_t)(uintptr_t)key->slacks << 20 ^
                           (uint64_t)(uintptr_t)key->cumulative << 20 ^
                           (uint64_t)key->promise << 8 ^ (uint64_t)key->promised;

    return (size_t)(named * UINT64_C(11400714819323198485) >> (64 - SLOT_BITS));
}

// The slot that holds a key, or shall.
static OutlookSlot *
slot_of(OutlookBook *book, const OutlookKey *key)
{
    const size_t first = key_slot(key);

    for (size_t i = 0; i < PLACES; i++) {
        OutlookSlot *const slot = &book->slots[(first + i) % SLOTS];

        if (!slot->cells || key_equal(&slot->key, key))
            return slot;
    }
    return &book->slots[first];
}

// Those of a night, for all its parcels.
static Outlook *
outlooks_of(const Place *place, const Curve *rest)
{
    OutlookBook *const book = place->baselines->outlooks;
    const OutlookKey key = {.phases = rest->phases,
        .slacks = rest->cumulative ? NULL : rest->slacks,
        .cumulative = rest->cumulative,
        .rates = rest->rates,
        .promise = place->shipment->promised_at,
        .promised = place->promised};
    OutlookSlot *const slot = slot_of(book, &key);

    if (slot->cells && key_equal(&slot->key, &key))
        return slot->cells;
    if (!slot->cells)
        slot->cells = ARENA_ARRAY(book->arena, Outlook, CONVOLVE_CELLS_MAX);
    for (size_t i = 0; i < CONVOLVE_CELLS_MAX; i++)
        slot->cells[i].hazard = -1;
    slot->key = key;
    return slot->cells;
}

// Hours of the curve from a point until the promise: of a wait, from the full hour in which it begins.
static inline BinSpot
spot_of(const Curve *rest, const OperatingSpan *deadline, const AheadPoint *at)
{
    const OperatingSpan left = operating_span_rest(&at->passed, deadline);
    const double begun = operating_begun(rest->rates[at->stamp.day_class], at->hour);

    return bin_find((operating_span_hours(rest->rates, &left) + begun) / rest->stretch);
}

static Outlook
look_out(const Place *place, const Curve *rest, const OperatingSpan *deadline, const AheadPoint *at)
{
    const BinSpot spot = spot_of(rest, deadline, at);
    const CurveRow row = curve_row(rest, start_of(place, &at->stamp));

    if (row.wide)
        return (Outlook){.hazard = bin_value(row.wide, spot)};
    return (Outlook){.hazard = (double)bin_value_single(row.narrow, spot),
        .within = bin_within(row.narrow, spot),
        .phase = (uint8_t)at->stamp.phase,
        .coarse = (uint8_t)bin_coarse(spot.bin),
        .promised = !row.rises};
}

static double
bent_hazard(const Outlook *cell, const Curve *rest)
{
    return rest->tempo * rest->bend.scalar *
           bin_bent(rest->phases->rises[cell->phase], rest->bend.ratio, cell->coarse,
               (double)cell->within);
}

// In single precision where the curve is: a product of two such numbers is exact before it is rounded.
static void
shared_hazards(const Place *place, const Curve *rest, const OperatingSpan *deadline,
    const RestPoint *points, size_t count, float *hazards)
{
    Outlook *const cells = outlooks_of(place, rest);
    const double lane = rest->tempo * rest->bend.scalar;
    const double factors[2] = {
        rest->cumulative ? lane : (double)(float)lane, (double)(float)rest->tempo};
    const bool bent = rest->bend.ratio != NULL;

    for (size_t i = 0; i < count; i++) {
        Outlook *const cell = &cells[points[i].cell];

        if (cell->hazard < 0)
            *cell = look_out(place, rest, deadline, points[i].at);
        hazards[i] = (float)(bent && !cell->promised ? bent_hazard(cell, rest)
                                                     : factors[cell->promised] * cell->hazard);
    }
}

// By one curve, whenever they start.
static void
plain_hazards(const Curve *rest, const OperatingSpan *deadline, const RestPoint *points,
    size_t count, float *hazards)
{
    const CurveRow row = {.wide = rest->cumulative, .factor = rest->tempo * rest->bend.scalar};

    for (size_t i = 0; i < count; i++)
        hazards[i] = (float)row_hazard(&row, spot_of(rest, deadline, points[i].at));
}

// Hazards lie far apart: all are sent for before the first one is needed.
static void
own_hazards(const Place *place, const Curve *rest, const OperatingSpan *deadline,
    const RestPoint *points, size_t count, float *hazards)
{
    BinSpot spots[CONVOLVE_CELLS_MAX];
    CurveRow rows[CONVOLVE_CELLS_MAX];

    for (size_t i = 0; i < count; i++) {
        spots[i] = spot_of(rest, deadline, points[i].at);
        rows[i] = curve_row(rest, start_of(place, &points[i].at->stamp));
        __builtin_prefetch(&rows[i].narrow[spots[i].bin]);
    }
    for (size_t i = 0; i < count; i++)
        hazards[i] = (float)row_hazard(&rows[i], spots[i]);
}

void
rest_hazards(const Place *place, const Curve *rest, const OperatingSpan *deadline,
    const RestPoint *points, size_t count, float *hazards)
{
    const bool tonight = place->baselines->ahead->as_of == place->as_of;

    if (tonight && rest->stretch == 1)
        shared_hazards(place, rest, deadline, points, count, hazards);
    else if (rest->cumulative)
        plain_hazards(rest, deadline, points, count, hazards);
    else
        own_hazards(place, rest, deadline, points, count, hazards);
}
