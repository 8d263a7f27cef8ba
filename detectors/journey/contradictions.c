/*
 * Sources that lie do so within limits: clocks are wrong by a zone's offset at most, rows become known late but never
 * early, labels are dated to the day. What differs by more than the tolerance is not explained by that.
 */
#include "detectors/journey/contradictions.h"

#include "core/text.h"
#include "detectors/journey/course.h"

#include <string.h>

#define NOTHING ((Contradiction){CONTRADICTION_NONE, -1, -1})

// Countries and their territories with codes of their own (ISO 3166-1): for carriers they are one country.
static const char *const families[] = {
    "FR GP MQ GF RE YT PM BL MF WF PF NC MC",
    "GB UK JE GG IM",
    "US PR VI GU AS MP",
    "ES IC AD",
    "IT SM VA",
    "DK GL FO",
    "NL AW CW SX BQ",
    "CH LI",
    "FI AX",
    "NO SJ",
    "CN HK MO",
};

static bool
is_foreseen(const Scan *scan, Instant tolerance)
{
    return scan->recorded_at != INSTANT_NONE && scan->occurred_at - scan->recorded_at > tolerance;
}

static bool
is_handled(const Scan *scan, Instant as_of, Instant tolerance)
{
    return scan->physical && course_is(scan, as_of, COURSE_MOVES) && !is_foreseen(scan, tolerance);
}

Contradiction
contradiction_after_delivery(const Shipment *shipment, Instant as_of, int64_t tolerance_hours)
{
    const Instant tolerance = tolerance_hours * HOUR;
    const int delivered = course_first(shipment, as_of, 0, OF(MILESTONE_DELIVERED));
    const int settled =
        course_last(shipment, as_of, OF(MILESTONE_DELIVERED) | OF(MILESTONE_RETURNED));

    for (int i = settled + 1; delivered >= 0 && i < (int)shipment->scan_count; i++) {
        const Scan *const scan = &shipment->scans[i];

        if (course_is(scan, as_of, OF(MILESTONE_RETURNING) | OF(MILESTONE_REFUSED)))
            break;
        if (is_handled(scan, as_of, tolerance) &&
            scan->occurred_at - shipment->scans[settled].occurred_at > tolerance)
            return (Contradiction){CONTRADICTION_MOVED_ON, i, settled};
    }
    return NOTHING;
}

static Contradiction
find_foreseen(const Shipment *shipment, Instant as_of, Instant tolerance)
{
    for (int i = 0; i < (int)shipment->scan_count; i++) {
        const Scan *const scan = &shipment->scans[i];

        if (scan->physical && history_knows(scan, as_of) && is_foreseen(scan, tolerance))
            return (Contradiction){CONTRADICTION_FORESEEN, i, -1};
    }
    return NOTHING;
}

static bool
is_country(const char *text)
{
    return strlen(text) == 2;
}

// The family a country belongs to; NULL when it stands alone.
static const char *
family_of(const char *country)
{
    for (size_t f = 0; f < sizeof families / sizeof families[0]; f++)
        for (const char *at = families[f]; *at != '\0'; at += at[2] == ' ' ? 3 : 2)
            if (strncmp(at, country, 2) == 0)
                return families[f];
    return NULL;
}

static bool
same_country(const char *a, const char *b)
{
    const char *const family = family_of(a);

    return text_equal_folded(a, b) || (family != NULL && family == family_of(b));
}

static Contradiction
find_abroad(const Shipment *shipment, Instant as_of)
{
    const char *const home = shipment->origin_country;

    if (!is_country(home) || !is_country(shipment->destination_country) ||
        !same_country(home, shipment->destination_country))
        return NOTHING;
    for (int i = 0; i < (int)shipment->scan_count; i++) {
        const Scan *const scan = &shipment->scans[i];

        if (scan->physical && history_knows(scan, as_of) && is_country(scan->country) &&
            !same_country(scan->country, home))
            return (Contradiction){CONTRADICTION_ABROAD, i, -1};
    }
    return NOTHING;
}

// Where all scans are older than the label it is the label that came late, as orders do that are entered afterwards.
static Contradiction
find_unannounced(const Shipment *shipment, Instant as_of, Instant tolerance)
{
    const Instant label = shipment->created_at;

    for (int i = 0; i < (int)shipment->scan_count; i++) {
        const Scan *const scan = &shipment->scans[i];

        if (!is_handled(scan, as_of, tolerance) || label - scan->occurred_at <= tolerance)
            continue;
        for (int j = i + 1; j < (int)shipment->scan_count; j++)
            if (is_handled(&shipment->scans[j], as_of, tolerance) &&
                shipment->scans[j].occurred_at >= label)
                return (Contradiction){CONTRADICTION_UNANNOUNCED, i, j};
        break;
    }
    return NOTHING;
}

Contradiction
contradiction_find(const Shipment *shipment, Instant as_of, int64_t tolerance_hours)
{
    const Instant tolerance = tolerance_hours * HOUR;
    Contradiction found = contradiction_after_delivery(shipment, as_of, tolerance_hours);

    if (found.kind == CONTRADICTION_NONE)
        found = find_foreseen(shipment, as_of, tolerance);
    if (found.kind == CONTRADICTION_NONE)
        found = find_abroad(shipment, as_of);
    if (found.kind == CONTRADICTION_NONE)
        found = find_unannounced(shipment, as_of, tolerance);
    return found;
}
