/*
 * simulator.h - a merchant's parcels with known truth, for trying and testing Vigie without private data.
 *
 * Parcel number i depends on (seed, i) and the plan's days only, so any range of parcels can be made
 * anywhere, in any order, and gives the same bytes. The share of dirty rows and known_until change no
 * parcel's journey: they add rows or leave them out.
 *
 * Ids are "S0000001" and so on, in order of creation, of one width within a plan.
 *
 * Everything is invented: tracking numbers, addresses (example.org, RFC 2606) and telephone numbers (those
 * that ARCEP reserves for fiction). Carriers' names and codes are real, their behaviour here is not theirs.
 */
#ifndef JOBS_SIMULATOR_SIMULATOR_H
#define JOBS_SIMULATOR_SIMULATOR_H

#include "config/calendar.h"
#include "core/arena.h"
#include "core/err.h"
#include "core/instant.h"
#include "core/text.h"
#include "core/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SIMULATOR_SHIPMENTS_MAX INT64_C(99999999)
#define SIMULATOR_DAYS_MAX      3660

typedef enum SimulatorTable
{
    SIMULATOR_SHIPMENTS = 0,
    SIMULATOR_SCANS,
    SIMULATOR_TRUTH,
    SIMULATOR_TABLE_COUNT,
} SimulatorTable;

typedef enum SimulatorIncidentKind
{
    SIMULATOR_SLOWDOWN = 1,  // a hub misses departures
    SIMULATOR_OUTAGE,        // a carrier's scans become known only after the end
    SIMULATOR_DRIFT,         // some of a carrier's parcels take a working day more
} SimulatorIncidentKind;

// An incident to happen for certain. An outage begins and ends at six in the morning.
typedef struct SimulatorWish
{
    SimulatorIncidentKind kind;
    const char *carrier;  // its id
    const char *place;    // of a slowdown: the hub, such as "LIL"
    Day first;
    int32_t days;     // 1 or more
    double severity;  // share of departures missed, or of parcels delayed; 0..1; 1 for an outage
} SimulatorWish;

typedef struct SimulatorPlan
{
    uint64_t seed;
    int64_t shipments;   // 1 to SIMULATOR_SHIPMENTS_MAX
    Day from, to;        // labels are made on these days, both included; at most SIMULATOR_DAYS_MAX
    double dirty_share;  // of the rows; 0..1, usually 0.001. A stretch of wrong clocks comes on top

    // Shipments and scans recorded later are left out; INSTANT_NONE leaves out none.
    Instant known_until;

    const Zone *zone;          // wall clock of the network
    const Calendar *calendar;  // its holidays; NULL means none

    // COPY can put the rows into the plain tables as they are: no amount has a comma, and no two scans have the
    // same shipment, instant, code, subcode, milestone and place.
    bool copyable;

    // What goes wrong: what is wished for. When calm is false and nothing is wished for, the seed draws incidents.
    const SimulatorWish *wishes;
    size_t wish_count;
    bool calm;

    // Values that attack whoever reads them stand in place of a parcel's own (hostile.h).
    bool hostile;

    // Beside dirty shipments also lines that COPY refuses (zero bytes, wrong dates, ...).
    bool unreadable;
} SimulatorPlan;

typedef struct Simulator Simulator;

// Lay out the network, its days and its incidents. The plan's zone and calendar must outlive the result, which
// the arena owns and threads may share. NULL with ERR_CONFIG when the plan is out of range.
const Simulator *simulator_create(Arena *arena, const SimulatorPlan *plan, Err *err);

// What went wrong in the network, by start. The name is what the truth's column "incident" says.
typedef struct SimulatorIncident
{
    SimulatorIncidentKind kind;
    const char *name;     // "slowdown colissimo LIL 2026-03-02"
    const char *carrier;  // its id
    const char *place;    // the hub; "" when it is not a slowdown
    Instant begin, end;   // end excluded
    double severity;      // see SimulatorWish
} SimulatorIncident;

const SimulatorIncident *simulator_incidents(const Simulator *simulator, size_t *count);

// "shipments", "scans", "truth".
const char *simulator_table_name(SimulatorTable table);

// The columns of a table, in the order of its rows.
const char *const *simulator_columns(SimulatorTable table, size_t *count);

// Where rows go. A row is an array of texts in column order, "" where the value is unknown, valid during the
// call: instants in RFC 3339 and UTC, amounts with a point (but for dirty rows), truths as true and false. NULL
// callbacks skip their table. raw (may be NULL) gets whole unreadable lines without line end. Returning false
// stops the run.
//
// Truth: lost (after acceptance; no scan follows), lost_after (milestone of the last physical scan), delivered_at,
// presented_at (first presentation), late (presented after the promise or never; empty without a promise or when
// cancelled), incident (name of the first one that touched the parcel), dirty (kinds of dirty rows it has, separated
// by blanks). A parcel that is not lost and has no presentation was never handed over.
typedef struct SimulatorSink
{
    void *data;
    bool (*shipment)(void *data, const char *const *row, Err *err);
    bool (*scan)(void *data, const char *const *row, Err *err);
    bool (*truth)(void *data, const char *const *row, Err *err);
    bool (*raw)(void *data, SimulatorTable table, const char *bytes, size_t length, Err *err);
} SimulatorSink;

// Make the parcels numbered first .. first + count - 1 (from 0; clipped to the plan), in order of creation, each
// as its shipment, its scans and its truth.
bool simulator_run(
    const Simulator *simulator, int64_t first, int64_t count, const SimulatorSink *sink, Err *err);

// The same as CSV (core/csv.h), handed over in whole records of about 64 KiB, the last ones shorter. Tables
// whose flag is false are skipped. Scratch memory is the arena's.
typedef struct SimulatorWriter
{
    void *data;
    bool tables[SIMULATOR_TABLE_COUNT];
    bool header;  // begin each table with its column names
    int64_t
        *rows;  // of SIMULATOR_TABLE_COUNT: the rows written are added, headers not; may be NULL
    bool (*write)(void *data, SimulatorTable table, const char *bytes, size_t length, Err *err);
} SimulatorWriter;

bool simulator_write(const Simulator *simulator, int64_t first, int64_t count,
    const SimulatorWriter *writer, Arena *arena, Err *err);

// The header record of a table, with its line end.
void simulator_header(SimulatorTable table, Text *out);

#endif
