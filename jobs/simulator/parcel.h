/*
 * parcel.h - one simulated parcel: who it is, what happens to it, what is known of that, and what is dirty.
 */
#ifndef JOBS_SIMULATOR_PARCEL_H
#define JOBS_SIMULATOR_PARCEL_H

#include "core/milestone.h"
#include "jobs/simulator/random.h"
#include "jobs/simulator/world.h"

// Far more than the longest journey (about 25) with all kinds of dirt; what does not fit is not added.
enum
{
    PARCEL_SCANS_MAX = 64,
};

// Texts are constant or the world's.
typedef struct SimulatedScan
{
    Instant occurred_at, recorded_at;
    Milestone milestone;  // stated; MILESTONE_UNMAPPED when the code says it, or should
    const char *code, *subcode, *text, *place, *country;
    const char *carrier;  // "" unless a partner has the parcel now
    Step step;
    bool stray;  // of a shipment that nobody knows
} SimulatedScan;

typedef enum Dirt
{
    DIRT_FUTURE = 0,
    DIRT_BEFORE_LABEL,
    DIRT_DUPLICATE,
    DIRT_WRONG_CLOCK,
    DIRT_AFTER_DELIVERY,
    DIRT_SPELLING,
    DIRT_STRAY,
    DIRT_COMMA,
    DIRT_UNMAPPED,
    DIRT_TEXT,
    DIRT_UNREADABLE,
    DIRT_COUNT,
} Dirt;

typedef struct Parcel
{
    int64_t index;
    int id_digits;  // so many that ids ascend as texts over the whole plan
    int carrier_index, origin_index, destination_index;
    const Carrier *carrier;
    const Service *service;
    const Area *origin, *destination;

    Instant created_at, promised_at, cancelled_at;                      // INSTANT_NONE when unknown
    int64_t declared_cents, purchase_cents, sale_cents, freight_cents;  // 0 when unknown
    int32_t weight_grams;                                               // 0 when unknown
    uint32_t customer, contents, postcode_area, postcode_rest;
    bool resold_label;

    SimulatedScan scans[PARCEL_SCANS_MAX];  // as they occur; dirty ones follow
    size_t scan_count;

    bool lost;
    Milestone lost_after;
    Instant delivered_at, presented_at;  // INSTANT_NONE when it never is
    const Incident *incident;            // the first that touched it

    uint32_t dirt;         // bit 1 << Dirt
    const char *spelling;  // of the carrier, NULL for its id
    const char *odd_text;  // that stands for the contents, NULL
    const char *id_end;    // of its ids, NULL for none
} Parcel;

// Who the parcel is: carrier, service, lane, label, values (details.c).
void parcel_describe(Parcel *parcel, const World *world, int64_t index);

// What happens to it (journey.c), after parcel_describe.
void parcel_travel(Parcel *parcel, const World *world);

// What few parcels suffer (mishaps.c), after parcel_travel.
void parcel_mishap(Parcel *parcel, const World *world);

// What the source makes of it (dirt.c), after both. Changes no scan but for their stamps under a wrong clock.
void parcel_soil(Parcel *parcel, const World *world);

// Words of the kinds of dirt it has, in out (capacity at least DIRT_WORDS_SIZE).
#define DIRT_WORDS_SIZE 160
size_t dirt_words(const Parcel *parcel, char *out);

// A line that COPY refuses, for the table that random picks.
typedef struct UnreadableLine
{
    SimulatorTable table;
    const char *bytes;
    size_t length;
} UnreadableLine;

// The lines that stand beside a parcel with DIRT_UNREADABLE.
UnreadableLine dirt_unreadable_line(const Parcel *parcel);

#endif
