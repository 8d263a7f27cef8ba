/*
 * With L the carrier's newest scan, E the parcels that should have moved on in (L, as-of] and phi the carrier's spread,
 *
 *     P(no scan at all) = exp(-E log phi / (phi - 1)), exp(-E) where phi is 1
 *
 * (the one-sample test of nothing observed). Couriers go home at six, so a day's E is spread over its hours as the carrier's
 * scans usually are (flow.c). What calm nights of the last weeks ended with at most is taken off E all the same; before
 * three of them were seen, only a whole night without a scan is told.
 */
#include "detectors/incidents/silence.h"

#include "detectors/stats/one_sample.h"

#include <math.h>
#include <string.h>

#define CHANCE_SILENT 1e-6
#define NIGHTS_LEAST  3

Silence
silence_of(const FlowMeter *meter, Instant after, const FlowCarrier *carrier,
    const FlowGroup *group, const GroupPast *history, size_t history_count)
{
    Silence silence = {.since = carrier->newest_at};
    const double ratio = group ? group->ratio : 1, spread = group ? fmax(1, group->spread) : 1;
    double before = 0;
    int64_t nights = 0;

    for (size_t i = 0; i < history_count; i++) {
        const Flow *const flow = history[i].flow;

        if (flow->kind != INCIDENT_CARRIER || strcmp(flow->carrier, carrier->carrier) != 0)
            continue;
        if (flow->newest_at != INSTANT_NONE &&
            (silence.since == INSTANT_NONE || flow->newest_at > silence.since))
            silence.since = flow->newest_at;
        if (flow->as_of == after)
            before = flow->silent;
        if (!flow->disturbed) {
            silence.usual = fmax(silence.usual, flow->silent * ratio);
            nights++;
        }
    }
    if (silence.since == INSTANT_NONE)
        return silence;
    silence.raw = flow_expected_since(meter, carrier, silence.since);
    if (silence.since <= after)
        silence.raw += before;
    silence.expected = silence.raw * ratio;

    silence.chance =
        one_sample_test((OneSample){0, fmax(0, silence.expected - silence.usual)}, spread).p_low;
    silence.silent =
        silence.chance < CHANCE_SILENT && (nights >= NIGHTS_LEAST || silence.since <= after);
    return silence;
}
