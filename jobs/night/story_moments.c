/*
 * The timeline: the label, one moment per scan, and the night, each with the time that passed since the one before.
 */
#include "core/text.h"
#include "core/words.h"
#include "jobs/night/explanation.h"

typedef struct Moments
{
    Arena *arena;
    StoryMoment *items;
    size_t count, capacity;
    const Zone *zone;
    Instant before;
} Moments;

static const char *
code_of(Arena *arena, const Scan *scan)
{
    return text_is_empty(scan->subcode) ? scan->code
                                        : arena_printf(arena, "%s/%s", scan->code, scan->subcode);
}

// The country only where it says more: abroad, or when no place is known.
static const char *
place_of(const Shipment *shipment, Arena *arena, const Scan *scan)
{
    if (text_is_empty(scan->place))
        return scan->country;
    if (text_is_empty(scan->country) || text_equal(scan->country, shipment->origin_country))
        return scan->place;
    return arena_printf(arena, "%s, %s", scan->place, scan->country);
}

static const char *
meaning_of(const Scan *scan)
{
    return scan->milestone == MILESTONE_UNMAPPED ? "(not mapped)"
                                                 : milestone_label(scan->milestone);
}

// "+25 min", "+61 h", "+12 d".
static const char *
gap_text(Arena *arena, Instant from, Instant to)
{
    if (from == INSTANT_NONE)
        return "";
    return to - from < HOUR
               ? arena_printf(arena, "+%lld min", (long long)((to - from) / MINUTE))
               : arena_printf(arena, "+%s",
                     words_hours(arena, LANGUAGE_ENGLISH, (double)(to - from) / (double)HOUR));
}

static void
add(Moments *moments, Instant at, StoryMoment moment)
{
    moment.when = zone_print(moments->arena, moments->zone, at);
    moment.gap = gap_text(moments->arena, moments->before, at);
    ARENA_PUSH(moments, moment);
    moments->before = at;
}

static void
add_scan(Moments *moments, const Shipment *shipment, const Scan *scan)
{
    Arena *const arena = moments->arena;

    add(moments, scan->occurred_at,
        (StoryMoment){
            .mark = scan->milestone == MILESTONE_UNMAPPED ? STORY_MARK_UNMAPPED
                    : scan->physical                      ? STORY_MARK_HANDLED
                                                          : STORY_MARK_NONE,
            .meaning = meaning_of(scan),
            .place = place_of(shipment, arena, scan),
            .code = code_of(arena, scan),
            .text = scan->text,
        });
}

static StoryMoment
plain(const char *meaning)
{
    return (StoryMoment){.meaning = meaning, .place = "", .code = "", .text = ""};
}

const StoryMoment *
explain_moments(const Explanation *explanation, size_t *count)
{
    const Shipment *const shipment = explanation->shipment;
    Moments moments = {
        .arena = explanation->arena, .zone = explanation->job->zone, .before = INSTANT_NONE};
    bool labelled = false;

    for (size_t i = 0; i <= shipment->scan_count; i++) {
        const Scan *const scan = i < shipment->scan_count ? &shipment->scans[i] : NULL;

        if (!labelled && (scan == NULL || scan->occurred_at > shipment->created_at)) {
            add(&moments, shipment->created_at, plain("label"));
            labelled = true;
        }
        if (scan != NULL)
            add_scan(&moments, shipment, scan);
    }
    if (explanation->verdict.open)
        add(&moments, explanation->job->as_of, plain("as of"));
    *count = moments.count;
    return moments.items;
}
