/*
 * The timeline: the label, one moment per scan, and the night, each with the time that passed since the one before.
 */
#include "core/text.h"
#include "core/words.h"
#include "jobs/report/explanation.h"

typedef struct Moments
{
    Arena *arena;
    StoryMoment *items;
    size_t count, capacity;
    Language language;
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
meaning_of(Language language, const Scan *scan)
{
    return scan->milestone == MILESTONE_UNMAPPED
               ? IN_LANGUAGE(language, "(not mapped)", "(non traduit)")
               : words_milestone(language, scan->milestone);
}

// "+25 min", "+61 h", "+12 d".
static const char *
gap_text(Arena *arena, Language language, Instant from, Instant to)
{
    if (from == INSTANT_NONE)
        return "";
    return to - from < HOUR ? arena_printf(arena, "+%lld min", (long long)((to - from) / MINUTE))
                            : arena_printf(arena, "+%s",
                                  words_hours(arena, language, (double)(to - from) / (double)HOUR));
}

static void
add(Moments *moments, Instant at, StoryMoment moment)
{
    moment.when = zone_print(moments->arena, moments->zone, at);
    moment.gap = gap_text(moments->arena, moments->language, moments->before, at);
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
            .meaning = meaning_of(moments->language, scan),
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
    Moments moments = {.arena = explanation->arena,
        .language = explanation->language,
        .zone = explanation->job->zone,
        .before = INSTANT_NONE};
    bool labelled = false;

    for (size_t i = 0; i <= shipment->scan_count; i++) {
        const Scan *const scan = i < shipment->scan_count ? &shipment->scans[i] : NULL;

        if (!labelled && (scan == NULL || scan->occurred_at > shipment->created_at)) {
            add(&moments, shipment->created_at,
                plain(IN_LANGUAGE(moments.language, "label", "\u00e9tiquette")));
            labelled = true;
        }
        if (scan != NULL)
            add_scan(&moments, shipment, scan);
    }
    if (explanation->verdict.open)
        add(&moments, explanation->job->as_of,
            plain(IN_LANGUAGE(moments.language, "as of", "situation")));
    *count = moments.count;
    return moments.items;
}

const char *
explain_left_out(const Explanation *explanation)
{
    const bool one = explanation->repeats == 1;

    if (explanation->repeats == 0)
        return "";
    return arena_printf(explanation->arena,
        IN_LANGUAGE(explanation->language, "%zu scan%s said the same again and %s left out",
            "%zu passage%s qui redisai%s la m\u00eame chose, laiss\u00e9s de c\u00f4t\u00e9"),
        explanation->repeats, one ? "" : "s",
        one ? IN_LANGUAGE(explanation->language, "is", "t")
            : IN_LANGUAGE(explanation->language, "are", "ent"));
}
