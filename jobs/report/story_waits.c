/*
 * The waits of a parcel: from one scan by which somebody handled it to the next, and what is normal after such a scan for its
 * carrier, service and lane.
 */
#include "core/text.h"
#include "detectors/judgement/normal.h"
#include "jobs/report/explanation.h"

#include <math.h>

static Instant
after_hours(Instant from, double hours)
{
    return isfinite(hours) ? from + (Instant)(hours * (double)HOUR) : INSTANT_NONE;
}

// Quantiles for a wait that begins on a Monday at 10:00: by the clock on the wall, as people read a drawing.
static void
tell_normal(const Explanation *explanation, Milestone milestone, StoryWait *wait)
{
    const Shipment *const shipment = explanation->shipment;
    Normal normal;

    if (explanation->baselines == NULL)
        return;
    normal_describe(explanation->baselines, shipment->carrier, shipment->service,
        shipment_origin(shipment), shipment_destination(shipment), (Stage)milestone, MEASURE_MOVE,
        explanation->arena, &normal);
    if (!text_is_empty(normal.abstained))
        return;
    wait->normal_from = after_hours(wait->from, normal.quantiles[0].calendar_hours);
    wait->normal_to = after_hours(wait->from, normal.quantiles[2].calendar_hours);
    wait->normal_end = after_hours(wait->from, normal.quantiles[3].calendar_hours);
}

static const char *
label_of(const Explanation *explanation, const Scan *scan)
{
    const char *const milestone = words_milestone(explanation->language, scan->milestone);

    return text_is_empty(scan->place)
               ? milestone
               : arena_printf(explanation->arena,
                     IN_LANGUAGE(explanation->language, "%s at %s", "%s \u00e0 %s"), milestone,
                     scan->place);
}

static StoryWait
wait_of(const Explanation *explanation, const char *label, Milestone milestone, Instant from,
    const Scan *next)
{
    StoryWait wait = {
        .label = label,
        .from = from,
        .to = next ? next->occurred_at : explanation->job->as_of,
        .over = next != NULL,
        .normal_from = INSTANT_NONE,
        .normal_to = INSTANT_NONE,
        .normal_end = INSTANT_NONE,
    };

    tell_normal(explanation, milestone, &wait);
    return wait;
}

static const Scan *
next_physical(const Shipment *shipment, size_t *at)
{
    while (*at < shipment->scan_count)
        if (shipment->scans[(*at)++].physical)
            return &shipment->scans[*at - 1];
    return NULL;
}

const StoryWait *
explain_waits(const Explanation *explanation, size_t *count)
{
    const Shipment *const shipment = explanation->shipment;
    StoryWait *const waits = ARENA_ARRAY(explanation->arena, StoryWait, shipment->scan_count + 1);
    size_t at = 0;
    const Scan *scan = NULL;
    const Scan *next = next_physical(shipment, &at);

    *count = 0;
    waits[(*count)++] =
        wait_of(explanation, words_milestone(explanation->language, MILESTONE_ANNOUNCED),
            MILESTONE_ANNOUNCED, shipment->created_at, next);
    while ((scan = next) != NULL) {
        next = next_physical(shipment, &at);
        if (next != NULL || explanation->verdict.open)
            waits[(*count)++] = wait_of(
                explanation, label_of(explanation, scan), scan->milestone, scan->occurred_at, next);
    }
    return waits;
}
