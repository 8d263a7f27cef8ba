/*
 * The timeline: one line per scan, with the time that passed since the one before.
 */
#include "core/width.h"
#include "core/words.h"
#include "jobs/people/explain.h"

#define PLACE_MAX 18
#define CODE_MAX  12
#define GAP_WIDTH 8   // of " +59 min", " +120 d"
#define TEXT_MIN  12  // less of a text says nothing

// How wide the columns are; 0 for one that nothing fills.
typedef struct Widths
{
    size_t meaning, place, code, text;
} Widths;

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

static void
widen(Arena *arena, size_t *width, size_t most, const char *text)
{
    const size_t wanted = width_of(text_clean(arena, text));

    if (wanted > *width)
        *width = wanted < most ? wanted : most;
}

static Widths
widths_of(const Explanation *explanation, size_t columns)
{
    Arena *const arena = explanation->job->arena;
    const Shipment *const shipment = explanation->shipment;
    Widths widths = {.meaning = width_of("announced")};

    for (size_t i = 0; i < shipment->scan_count; i++) {
        const Scan *const scan = &shipment->scans[i];

        widen(arena, &widths.meaning, columns, meaning_of(scan));
        widen(arena, &widths.place, PLACE_MAX, place_of(shipment, arena, scan));
        widen(arena, &widths.code, CODE_MAX, code_of(arena, scan));
        widen(arena, &widths.text, columns, scan->text);
    }

    const size_t taken = 2 + 16 + GAP_WIDTH + 2 + widths.meaning +
                         (widths.place > 0 ? widths.place + 2 : 0) +
                         (widths.code > 0 ? widths.code + 2 : 0) + 2;

    if (widths.text > 0 && columns < taken + TEXT_MIN)
        widths.text = 0;
    else if (widths.text > columns - taken)
        widths.text = columns - taken;
    return widths;
}

// "25 min", "61 h", "12 d".
static const char *
gap_text(Arena *arena, Instant from, Instant to)
{
    return to - from < HOUR
               ? arena_printf(arena, "%lld min", (long long)((to - from) / MINUTE))
               : words_hours(arena, LANGUAGE_ENGLISH, (double)(to - from) / (double)HOUR);
}

static void
add_when(const Explanation *explanation, Text *out, char mark, Instant before, Instant at)
{
    const Job *const job = explanation->job;
    const char *const gap = before == INSTANT_NONE
                                ? ""
                                : arena_printf(job->arena, "+%s", gap_text(job->arena, before, at));

    const size_t width = width_of(gap);

    text_add_format(out, "%c %s%*s%s  ", mark, zone_print(job->arena, job->zone, at),
        width < GAP_WIDTH ? (int)(GAP_WIDTH - width) : 0, "", gap);
}

static void
add_cell(Text *out, size_t width, const char *text)
{
    if (width == 0)
        return;
    screen_cell(out, width, text);
    text_add(out, "  ");
}

// Lines end where their last word ends.
static void
end_line(Text *out)
{
    while (out->length > 0 && out->bytes[out->length - 1] == ' ')
        out->length--;
    text_add(out, "\n");
}

static void
add_scan(const Explanation *explanation, Text *out, const Widths *widths, const Scan *scan,
    Instant before)
{
    Arena *const arena = explanation->job->arena;
    const char mark = scan->milestone == MILESTONE_UNMAPPED ? '?' : scan->physical ? '*' : ' ';

    add_when(explanation, out, mark, before, scan->occurred_at);
    add_cell(out, widths->meaning, meaning_of(scan));
    add_cell(out, widths->place, place_of(explanation->shipment, arena, scan));
    add_cell(out, widths->code, code_of(arena, scan));
    add_cell(out, widths->text, scan->text);
    end_line(out);
}

void
explain_timeline(const Explanation *explanation, Text *out, size_t columns)
{
    const Job *const job = explanation->job;
    const Shipment *const shipment = explanation->shipment;
    const Widths widths = widths_of(explanation, columns);
    Instant before = INSTANT_NONE;
    bool labelled = false;

    text_add_format(out, "\nTimeline (%s; * somebody handled the parcel, ? code not mapped)\n",
        zone_name(job->zone));
    for (size_t i = 0; i <= shipment->scan_count; i++) {
        const Scan *const scan = i < shipment->scan_count ? &shipment->scans[i] : NULL;

        if (!labelled && (scan == NULL || scan->occurred_at > shipment->created_at)) {
            add_when(explanation, out, ' ', before, shipment->created_at);
            text_add(out, "label\n");
            before = shipment->created_at;
            labelled = true;
        }
        if (scan != NULL) {
            add_scan(explanation, out, &widths, scan, before);
            before = scan->occurred_at;
        }
    }
    if (explanation->verdict.open) {
        add_when(explanation, out, ' ', before, job->as_of);
        text_add(out, "as of\n");
    }
    if (explanation->repeats > 0)
        text_add_format(out, "  %zu scan%s said the same again and %s left out\n",
            explanation->repeats, explanation->repeats == 1 ? "" : "s",
            explanation->repeats == 1 ? "is" : "are");
}
