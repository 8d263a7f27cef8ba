/*
 * With L the carrier's newest scan, E the parcels that should have moved on in (L, as-of] and phi the carrier's spread,
 *
 *     P(no scan at all) = exp(-E log phi / (phi - 1)), exp(-E) where phi is 1
 *
 * (the one-sample test of nothing observed). Couriers go home at six, so a day's E is spread over its hours as the carrier's
 * scans usually are (flow.c). What calm nights of the last weeks ended with at most is taken off E all the same; before
 * three of them were seen, only a whole night in which nothing new became known is told.
 *
 * A feed that comes the next morning is a day behind every night, and not silent as long as L moves on. When it does not, what
 * should have come by now is what was missing as the night began: E is that of (L, the night's begin].
 */
#include "detectors/incidents/silence.h"

#include "detectors/stats/one_sample.h"

#include <math.h>
#include <string.h>

#define CHANCE_SILENT 1e-6
#define NIGHTS_LEAST  3

// What nights before say of a carrier's feed.
typedef struct Past
{
    Instant newest, known_before;  // newest scan of all, and of those known as the night begins
    double before;                 // missing as the night begins
    double usual;                  // missing as calm nights end, at most
    int64_t nights, behind;        // calm ones, and those of them without a scan of their own
} Past;

static Past
past_of(const FlowCarrier *carrier, Instant after, double ratio, const GroupPast *history,
    size_t history_count)
{
    Past past = {.newest = carrier->newest_at, .known_before = INSTANT_NONE};

    for (size_t i = 0; i < history_count; i++) {
        const Flow *const flow = history[i].flow;

        if (flow->kind != INCIDENT_CARRIER || strcmp(flow->carrier, carrier->carrier) != 0)
            continue;
        if (flow->newest_at != INSTANT_NONE &&
            (past.newest == INSTANT_NONE || flow->newest_at > past.newest))
            past.newest = flow->newest_at;
        if (flow->as_of == after) {
            past.before = flow->silent;
            past.known_before = flow->newest_at;
        }
        if (!flow->disturbed) {
            past.usual = fmax(past.usual, flow->silent * ratio);
            past.behind += flow->newest_at <= flow->as_of - HOURS_24;
            past.nights++;
        }
    }
    return past;
}

Silence
silence_of(const FlowMeter *meter, Instant after, const FlowCarrier *carrier,
    const FlowGroup *group, const GroupPast *history, size_t history_count)
{
    const double ratio = group ? group->ratio : 1, spread = group ? fmax(1, group->spread) : 1;
    const Past past = past_of(carrier, after, ratio, history, history_count);
    Silence silence = {.since = past.newest};

    if (silence.since == INSTANT_NONE)
        return silence;

    const bool nothing_new = silence.since <= after && silence.since == past.known_before;
    const bool is_behind = 2 * past.behind > past.nights;

    silence.raw =
        flow_expected_since(meter, carrier, silence.since) + (nothing_new ? past.before : 0);
    silence.expected = !is_behind ? silence.raw * ratio : nothing_new ? past.before : 0;
    silence.usual = is_behind ? 0 : past.usual;

    silence.chance =
        one_sample_test((OneSample){0, fmax(0, silence.expected - silence.usual)}, spread).p_low;
    silence.silent = silence.chance < CHANCE_SILENT && (past.nights >= NIGHTS_LEAST || nothing_new);
    return silence;
}
