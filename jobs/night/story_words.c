/*
 * Words that explanations share with other commands: on what ground a judgement stands, how rare a wait is, the life of a case.
 */
#include "core/text.h"
#include "core/words.h"
#include "jobs/night/explanation.h"

#include <string.h>

Footing
explain_footing(const Shipment *shipment, const char *segment)
{
    Arena *const arena = arena_create();
    const char *const lane = arena_printf(
        arena, " / %s>%s / ", shipment_origin(shipment), shipment_destination(shipment));
    const char *const service = arena_printf(arena, " / %s / ", shipment->service);
    Footing footing = FOOTING_CARRIER;

    if (text_starts_with(segment, "all carriers / "))
        footing = FOOTING_EVERYBODY;
    else if (strstr(segment, lane))
        footing = FOOTING_LANE;
    else if (!text_is_empty(shipment->service) && strstr(segment, service))
        footing = FOOTING_SERVICE;
    arena_destroy(arena);
    return footing;
}

const char *
explain_p_value(Arena *arena, double p_value)
{
    static const struct
    {
        double least, of;
        const char *among;
    } scales[] = {{0.01, 100, "100"}, {0.001, 1000, "1,000"}, {0.0001, 10000, "10,000"}};

    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++)
        if (p_value >= scales[i].least)
            return arena_printf(arena, "%.*f in %s parcels that do move on wait as long",
                p_value * scales[i].of < 10 ? 1 : 0, p_value * scales[i].of, scales[i].among);
    return "fewer than 1 in 10,000 parcels that do move on wait as long";
}

// "opened (late -> stuck) by vigie: NOTE"
static const char *
event_text(Arena *arena, const CaseHistory *item)
{
    const bool changed = item->kind_before != CASE_NONE && item->kind_before != item->kind_after;
    const char *const after = words_case_kind(LANGUAGE_ENGLISH, item->kind_after);
    const char *const kinds = changed
                                  ? arena_printf(arena, "%s -> %s",
                                        words_case_kind(LANGUAGE_ENGLISH, item->kind_before), after)
                                  : after;

    return arena_printf(arena, "%s (%s) by %s%s%s", case_event_name(item->event), kinds,
        item->actor, text_is_empty(item->note) ? "" : ": ", item->note);
}

StoryPart
explain_history(
    Arena *arena, const Zone *zone, const char *title, const CaseHistory *items, size_t count)
{
    StoryLine *const lines = ARENA_ARRAY(arena, StoryLine, count);

    for (size_t i = 0; i < count; i++)
        lines[i] =
            (StoryLine){zone_print(arena, zone, items[i].as_of), event_text(arena, &items[i])};
    return (StoryPart){.title = title, .lines = lines, .count = count, .dated = true};
}
