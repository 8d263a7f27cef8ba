/*
 * Words that explanations share with other commands: on what ground a judgement stands, how rare a wait is, the life of a case.
 */
#include "core/text.h"
#include "core/words.h"
#include "jobs/report/explanation.h"

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
explain_p_value(Arena *arena, Language language, double p_value)
{
    static const struct
    {
        double least, of;
    } scales[] = {{0.01, 100}, {0.001, 1000}, {0.0001, 10000}};

    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++)
        if (p_value >= scales[i].least)
            return arena_printf(arena,
                IN_LANGUAGE(language, "%s in %s parcels that do move on wait as long",
                    "%s colis sur %s qui repartent attendent aussi longtemps"),
                words_decimals(
                    arena, language, p_value * scales[i].of, p_value * scales[i].of < 10 ? 1 : 0),
                words_count(arena, language, (int64_t)scales[i].of));
    return IN_LANGUAGE(language, "fewer than 1 in 10,000 parcels that do move on wait as long",
        "moins de 1 colis sur 10\u00a0000 qui repartent attend aussi longtemps");
}

// "opened (late -> stuck) by vigie: NOTE"
static const char *
event_text(Arena *arena, Language language, const CaseHistory *item)
{
    const bool changed = item->kind_before != CASE_NONE && item->kind_before != item->kind_after;
    const char *const after = words_case_kind(language, item->kind_after);
    const char *const kinds = changed ? arena_printf(arena, "%s -> %s",
                                            words_case_kind(language, item->kind_before), after)
                                      : after;

    return arena_printf(arena, IN_LANGUAGE(language, "%s (%s) by %s%s%s", "%s (%s) par %s%s%s"),
        words_case_deed(language, item->event), kinds, item->actor,
        text_is_empty(item->note) ? "" : IN_LANGUAGE(language, ": ", "\u00a0: "), item->note);
}

StoryPart
explain_history(Arena *arena, Language language, const Zone *zone, const char *title,
    const CaseHistory *items, size_t count)
{
    StoryLine *const lines = ARENA_ARRAY(arena, StoryLine, count);

    for (size_t i = 0; i < count; i++)
        lines[i] = (StoryLine){
            zone_print(arena, zone, items[i].as_of), event_text(arena, language, &items[i])};
    return (StoryPart){.title = title, .lines = lines, .count = count, .dated = true};
}
