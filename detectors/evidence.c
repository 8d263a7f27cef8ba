#include "detectors/evidence.h"

#include "core/text.h"

#include <math.h>

const char *
evidence_hours(double hours, Arena *arena)
{
    return hours < 96 ? arena_printf(arena, "%.0f h", hours)
                      : arena_printf(arena, "%.0f days", floor(hours / 24));
}

const char *
evidence_since(Instant now, Instant then, Arena *arena)
{
    return evidence_hours((double)(now - then) / (double)HOUR, arena);
}

const char *
evidence_promise(const Night *night, const Shipment *shipment, Arena *arena)
{
    const char *const words = promised_words(night->promises, shipment, arena);
    const bool told = !text_is_empty(words);

    return arena_printf(arena, "%s %s%s%s%s",
        shipment_promise_origin(shipment) == PROMISE_LEARNED ? "expected by" : "promised by",
        zone_print(arena, night->zone, shipment->promised_at), told ? " (" : "", words,
        told ? ")" : "");
}

const char *
evidence_silence(const Judgement *judgement, Arena *arena)
{
    const char *const hours = evidence_hours(judgement->silence_hours, arena);
    const bool placed = !text_is_empty(judgement->last_place);

    const bool excused = !text_is_empty(judgement->excuse);
    const char *const more = excused ? arena_printf(arena, ", %s", judgement->excuse) : "";

    if (judgement->milestone == MILESTONE_ANNOUNCED)
        return arena_printf(arena, "not scanned %s after the label%s", hours, more);
    return arena_printf(arena, "silent %s after \"%s\"%s%s%s", hours,
        milestone_label(judgement->milestone), placed ? " at " : "",
        placed ? judgement->last_place : "", more);
}

const char *
evidence_normal(const Judgement *judgement, Arena *arena)
{
    if (judgement->typical_hours <= judgement->silence_hours)
        return arena_printf(arena, "99 of 100 such parcels moved on within %s",
            evidence_hours(judgement->typical_hours, arena));
    if (judgement->silence_p_value < .01)
        return "fewer than 1 in 100 such parcels wait as long";
    return arena_printf(
        arena, "%.0f in 100 such parcels wait as long", 100 * judgement->silence_p_value);
}
