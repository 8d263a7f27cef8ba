/*
 * flow.h - what parcels did in a night, and what they should have done: by the narrowest group of parcels that an
 * incident may befall (statistics 6).
 *
 * Waiting for the first scan is left out: whether a label is handed over is the merchant's doing.
 */
#ifndef DETECTORS_INCIDENTS_FLOW_H
#define DETECTORS_INCIDENTS_FLOW_H

#include "core/arena.h"
#include "core/shipment.h"
#include "detectors/baseline/baseline.h"
#include "detectors/incidents/stay.h"
#include "detectors/stats/operating.h"
#include "detectors/stats/pace.h"

#include <stddef.h>

// Parcels of one carrier, service and lane that wait after scans of one kind at one place. Texts are never NULL.
typedef struct FlowCell
{
    const char *carrier, *service, *lane;
    const char *place;     // see stay_place(); "" when the scan does not say
    const StayKind *stay;  // whether they have left it: stay_is_over()
    double observed,
        expected;   // parcels that moved on by the night's end; and how many should have
    PaceSums pace;  // the same, parcel by parcel
    double waits_for
        [MILESTONE_COUNT];  // of those, where the next scan is most likely one of a milestone
    int64_t waiting;        // parcels that wait there at its end
} FlowCell;

// The hours of a class of day (operating.h).
#define FLOW_HOURS                 (OPERATING_CLASSES * 24)
#define FLOW_HOUR(day_class, hour) (24 * (day_class) + (hour))

// Scans of one milestone that ended waits in the night.
typedef struct FlowKind
{
    double observed, expected;  // parcels that moved on by one; and how many should have
    int64_t waiting;            // parcels whose next scan is most likely one, at its end
} FlowKind;

// All parcels of one carrier.
typedef struct FlowCarrier
{
    const char *carrier;
    Instant newest_at;  // the newest scan that proves possession; INSTANT_NONE when there is none
    const double *expected;     // parcels that should have moved on in each hour of the night
    const FlowKind *kinds;      // by milestone
    const double *scans;        // seen of its parcels in the last weeks, by FLOW_HOUR
    int64_t waiting, labelled;  // at its end: on their way, and not handed over yet
} FlowCarrier;

typedef struct FlowMeter FlowMeter;

// For the night (after, as_of]. baselines must outlive it; owned by the arena.
FlowMeter *
flow_meter_create(Arena *arena, const Baselines *baselines, Instant after, Instant as_of);

// Count one shipment, normalised and cut at as_of.
void flow_meter_add(FlowMeter *meter, const Shipment *shipment);

// What was counted, in the order in which it was met first. Owned by the meter.
const FlowCell *flow_meter_cells(const FlowMeter *meter, size_t *count);
const FlowCarrier *flow_meter_carriers(const FlowMeter *meter, size_t *count);

// How many of a carrier's parcels should have moved on in the night, by its hours.
double flow_expected(const FlowMeter *meter, const FlowCarrier *carrier);

// How many of a carrier's parcels should have moved on since an instant, by the hours at which it usually scans on such
// days. The hour in which the instant falls is not counted: a lorry's parcels are scanned within minutes, and nobody knows
// what was to come in the rest. Before the night nothing is known.
double flow_expected_since(const FlowMeter *meter, const FlowCarrier *carrier, Instant since);

#endif
