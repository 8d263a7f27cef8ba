/*
 * detector.h - the one shape every detector has.
 *
 * A detector reads no clock, no database and no global: the same input gives the same signal tonight, in a
 * backtest and in a test. To add one, write detectors/NAME.c, list it in registry.c, add its kind to
 * core/case.h and describe its cases in tests/detectors/stories/.
 */
#ifndef DETECTORS_DETECTOR_H
#define DETECTORS_DETECTOR_H

#include "config/calendar_book.h"
#include "config/catalogue.h"
#include "config/settings.h"
#include "core/case.h"
#include "core/shipment.h"
#include "core/words.h"
#include "core/zone.h"
#include "detectors/journey/history.h"
#include "detectors/judgement/promised.h"

// What every detector may look at.
typedef struct Night
{
    Instant as_of;
    const Settings *settings;
    Language language;  // of the evidence
    const Zone *zone;
    const CalendarBook *calendars;  // of the days on which carriers work, by destination
    const Catalogue *catalogue;     // of their names and rules
    const PromiseBook *promises;    // what stands behind a promise
    double stuck_alpha;             // p-value of silence below which it is a case
} Night;

// That p-value for so many false alarms (above 0) a night where so many gaps close in one: their ratio, and at most 1 in 100,
// since what one in ten parcels does is no reason for a case however few there are.
double stuck_alpha(double false_alarms, double closing_a_night);

typedef struct Detector
{
    CaseKind kind;
    const char *summary;  // one sentence for help and legends
    bool of_ended;        // asked also of parcels whose journey is over

    // Whether the shipment (normalised, open or ended, not cancelled) shows the kind tonight; then *signal is filled. Evidence is owned
    // by the arena. What rests on probabilities abstains (false) where the judgement does; facts (late, reported lost)
    // do not.
    bool (*inspect)(const Night *night, const Shipment *shipment, const History *history,
        const Judgement *judgement, Arena *arena, Signal *signal);
} Detector;

extern const Detector detector_lost, detector_damaged, detector_return_stalled,
    detector_handoff_gap, detector_misrouted, detector_customs_held, detector_attempt_failed,
    detector_pickup_expiring, detector_tracking_dead, detector_stuck, detector_not_handed_over,
    detector_out_not_closed, detector_late, detector_impossible_history, detector_at_risk;

// All detectors, gravest kind first.
const Detector *const *detectors_all(size_t *count);
const Detector *detector_of(CaseKind kind);

// Ask all that speak of such a shipment: all of one that is open, some of one that has ended, none of a cancelled one. Signals gravest first, owned by the arena; returns how many.
size_t detectors_inspect(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, Arena *arena, const Signal **signals);

#endif
