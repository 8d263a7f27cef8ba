#include "detectors/evidence.h"

#include "core/text.h"

#include <math.h>

const char *
evidence_hours(Language language, double hours, Arena *arena)
{
    return hours < 96 ? arena_printf(arena, "%.0f h", hours)
                      : arena_printf(arena, IN_LANGUAGE(language, "%.0f days", "%.0f jours"),
                            floor(hours / 24));
}

const char *
evidence_since(const Night *night, Instant now, Instant then, Arena *arena)
{
    return evidence_hours(night->language, (double)(now - then) / (double)HOUR, arena);
}

const char *
evidence_probability(const Night *night, double probability, Arena *arena)
{
    return night->language == LANGUAGE_FRENCH ? words_share(arena, LANGUAGE_FRENCH, probability)
                                              : arena_printf(arena, "%.2f", probability);
}

const char *
evidence_promise(const Night *night, const Shipment *shipment, Arena *arena)
{
    const char *const words = promised_words(night->promises, night->language, shipment, arena);
    const bool told = !text_is_empty(words);
    const char *const by = shipment_promise_origin(shipment) == PROMISE_LEARNED
                               ? IN_LANGUAGE(night->language, "expected by", "attendu pour le")
                               : IN_LANGUAGE(night->language, "promised by", "promis pour le");

    return arena_printf(arena, "%s %s%s%s%s", by,
        zone_print(arena, night->zone, shipment->promised_at), told ? " (" : "", words,
        told ? ")" : "");
}

const char *
evidence_at(const Night *night)
{
    return IN_LANGUAGE(night->language, " at ", " \u00e0 ");
}

const char *
evidence_silence(const Night *night, const Judgement *judgement, Arena *arena)
{
    const char *const hours = evidence_hours(night->language, judgement->silence_hours, arena);
    const bool placed = !text_is_empty(judgement->last_place);
    const bool excused = !text_is_empty(judgement->excuse);
    const char *const more = excused ? arena_printf(arena, ", %s", judgement->excuse) : "";

    if (judgement->milestone == MILESTONE_ANNOUNCED)
        return arena_printf(arena,
            IN_LANGUAGE(night->language, "not scanned %s after the label%s",
                "pas encore scann\u00e9 %s apr\u00e8s l'\u00e9tiquette%s"),
            hours, more);
    return arena_printf(arena,
        IN_LANGUAGE(night->language, "silent %s after \"%s\"%s%s%s",
            "muet depuis %s apr\u00e8s \u00ab\u00a0%s\u00a0\u00bb%s%s%s"),
        hours, words_milestone(night->language, judgement->milestone),
        placed ? evidence_at(night) : "", placed ? judgement->last_place : "", more);
}

const char *
evidence_normal(const Night *night, const Judgement *judgement, Arena *arena)
{
    if (judgement->typical_hours <= judgement->silence_hours)
        return arena_printf(arena,
            IN_LANGUAGE(night->language, "99 of 100 such parcels moved on within %s",
                "99 colis comparables sur 100 sont repartis en %s au plus"),
            evidence_hours(night->language, judgement->typical_hours, arena));
    if (judgement->silence_p_value < .01)
        return IN_LANGUAGE(night->language, "fewer than 1 in 100 such parcels wait as long",
            "moins de 1 colis comparable sur 100 attend aussi longtemps");
    return arena_printf(arena,
        IN_LANGUAGE(night->language, "%.0f in 100 such parcels wait as long",
            "%.0f colis comparables sur 100 attendent aussi longtemps"),
        100 * judgement->silence_p_value);
}
