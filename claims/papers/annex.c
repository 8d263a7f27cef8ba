/*
 * The evidence: the carrier's own record, and what is normal at the place where it ends. A curve shows
 * the share of parcels like it that had moved on by each hour, and how long this one has been silent.
 */
#include "claims/papers/desk.h"

#include "core/text.h"

#include <math.h>
#include <string.h>

#define TIMELINE_COLUMNS 5

static FolioRow
scan_row(const Desk *desk, const DossierScan *scan)
{
    const char **const cells = ARENA_ARRAY(desk->arena, const char *, TIMELINE_COLUMNS);
    const bool country = !text_is_empty(scan->country) && !text_is_empty(scan->place);
    const char *const milestone =
        scan->milestone == MILESTONE_UNMAPPED ? "unmapped" : milestone_name(scan->milestone);

    cells[0] = zone_print(desk->arena, desk->zone, scan->occurred_at);
    cells[1] = scan->code;
    cells[2] = desk_word(desk, arena_printf(desk->arena, "milestone.%s", milestone));
    cells[3] = scan->text;
    cells[4] = arena_printf(desk->arena, "%s%s%s%s", scan->place, country ? " (" : "",
        scan->country, country ? ")" : "");
    return (FolioRow){.cells = cells};
}

static void
draw_timeline(Desk *desk)
{
    const Dossier *const dossier = desk->dossier;
    const FolioColumn columns[TIMELINE_COLUMNS] = {
        {.name = desk_word(desk, "when"), .share = .17},
        {.name = desk_word(desk, "code"), .share = .12},
        {.name = desk_word(desk, "meaning"), .share = .21},
        {.name = desk_word(desk, "words"), .share = .30},
        {.name = desk_word(desk, "place"), .share = .20},
    };
    FolioRow *const rows = ARENA_ARRAY(desk->arena, FolioRow, dossier->scan_count + 1);

    folio_heading(desk->folio, desk_word(desk, "annex_timeline"));
    if (dossier->scan_count == 0) {
        folio_paragraph(desk->folio, desk_word(desk, "annex_no_scan"));
        return;
    }
    folio_small(
        desk->folio, desk_fill(desk, "annex_timeline_note", "zone", zone_name(desk->zone), NULL));
    for (size_t i = 0; i < dossier->scan_count; i++)
        rows[i] = scan_row(desk, &dossier->scans[i]);
    folio_table(desk->folio, columns, TIMELINE_COLUMNS, rows, dossier->scan_count);
}

// The first scan at which the parcel met its recipient; NULL when there is none.
static const DossierScan *
presentation(const Dossier *dossier)
{
    for (size_t i = 0; i < dossier->scan_count; i++)
        if (milestone_is_presentation(dossier->scans[i].milestone))
            return &dossier->scans[i];
    return NULL;
}

// Whether it came late, or is overdue; "" when it was in time.
static const char *
promise_kept(const Desk *desk, Instant promised)
{
    const DossierScan *const scan = presentation(desk->dossier);
    const Instant by = scan ? scan->occurred_at : desk->dossier->as_of;
    const Day late = zone_day(desk->zone, by) - zone_day(desk->zone, promised);

    if (late <= 0)
        return "";
    return desk_fill(desk, scan ? "annex_presented" : "annex_overdue", "day", desk_day(desk, by),
        "days", desk_days(desk, late), NULL);
}

static void
draw_promise(Desk *desk)
{
    const Instant promised = desk->claim->promised_at;

    folio_heading(desk->folio, desk_word(desk, "annex_promise"));
    if (promised == INSTANT_NONE)
        folio_paragraph(desk->folio, desk_word(desk, "annex_no_promise"));
    else
        folio_paragraph(desk->folio,
            arena_printf(desk->arena, "%s %s",
                desk_fill(desk, "annex_promised", "promised", desk_day(desk, promised), NULL),
                promise_kept(desk, promised)));
}

static const DossierScan *
last_physical(const Dossier *dossier)
{
    for (size_t i = dossier->scan_count; i-- > 0;)
        if (dossier->scans[i].physical)
            return &dossier->scans[i];
    return NULL;
}

static const char *
hours_words(const Desk *desk, double hours)
{
    return arena_printf(desk->arena, "%s\u00a0%s",
        words_count(desk->arena, tongue_language(desk->tongue), (int64_t)floor(hours)),
        desk_word(desk, "hour"));
}

static bool
is_over(const Dossier *dossier)
{
    const DossierScan *const last = last_physical(dossier);

    return last && milestone_is_final(last->milestone);
}

static void
draw_silence(Desk *desk)
{
    const Dossier *const dossier = desk->dossier;
    const DossierScan *const last = last_physical(dossier);

    if (!last || last->occurred_at > dossier->as_of || is_over(dossier))
        return;

    const double hours = (double)(dossier->as_of - last->occurred_at) / (double)HOUR;
    const char *const where = text_is_empty(last->place)
                                  ? ""
                                  : desk_fill(desk, "annex_where", "place", last->place, NULL);

    folio_heading(desk->folio, desk_word(desk, "annex_silence"));
    folio_paragraph(desk->folio,
        desk_fill(desk, "annex_silent", "last", desk_time(desk, last->occurred_at), "where", where,
            "as_of", desk_time(desk, dossier->as_of), "hours", hours_words(desk, hours), "days",
            desk_days(desk, (int64_t)floor(hours / 24)), NULL));
}

static void
moved_add(Text *text, const Desk *desk, int of_100, double hours)
{
    if (isnan(hours))
        return;
    text_add_format(text, "%s%s", text->length > 0 ? ", " : "",
        desk_fill(desk, "annex_moved_part", "share", arena_printf(desk->arena, "%d", of_100),
            "hours", hours_words(desk, ceil(hours)), NULL));
}

// The share that had moved on after so many hours; NAN beyond what the curve tells.
static double
moved_by(const DossierNormal *normal, double hours)
{
    double moved = NAN;

    for (size_t i = 0; i < normal->curve_count && normal->curve[i].hours <= hours; i++)
        moved = normal->curve[i].moved;
    return moved;
}

static void
draw_curve(Desk *desk, const char *alternative)
{
    const DossierNormal *const normal = &desk->dossier->normal;
    double *const x = ARENA_ARRAY(desk->arena, double, normal->curve_count);
    double *const y = ARENA_ARRAY(desk->arena, double, normal->curve_count);
    const char *const hours =
        isnan(normal->silence_hours) ? "" : hours_words(desk, normal->silence_hours);

    for (size_t i = 0; i < normal->curve_count; i++) {
        x[i] = normal->curve[i].hours;
        y[i] = normal->curve[i].moved;
    }
    folio_curve(desk->folio, &(FolioCurve){
                                 .x = x,
                                 .y = y,
                                 .count = normal->curve_count,
                                 .mark_x = normal->silence_hours,
                                 .mark = desk_fill(desk, "curve_mark", "hours", hours, NULL),
                                 .x_name = desk_word(desk, "curve_x"),
                                 .y_name = desk_word(desk, "curve_y"),
                                 .hour = desk_word(desk, "hour"),
                                 .day = desk_word(desk, "day"),
                                 .alternative = alternative,
                             });
    folio_small(desk->folio, desk_fill(desk, "annex_curve", "hours", hours, NULL));
}

// A segment's last part is the milestone that parcels waited at, which has a word in the annex's language.
static const char *
segment_words(const Desk *desk)
{
    const char *const segment = desk->dossier->normal.segment;
    const char *const slash = strrchr(segment, '/');
    Milestone milestone;

    if (!slash || slash[1] != ' ' || !milestone_parse(slash + 2, &milestone))
        return segment;
    return arena_printf(desk->arena, "%.*s/ %s", (int)(slash - segment), segment,
        desk_word(desk, arena_printf(desk->arena, "milestone.%s", milestone_name(milestone))));
}

static void
draw_normal(Desk *desk)
{
    const DossierNormal *const normal = &desk->dossier->normal;
    const double now = moved_by(normal, normal->silence_hours);
    Text parts = {.arena = desk->arena}, text = {.arena = desk->arena};

    if (text_is_empty(normal->segment) && is_over(desk->dossier))
        return;
    folio_heading(desk->folio, desk_word(desk, "annex_normal"));
    if (text_is_empty(normal->segment)) {
        folio_paragraph(desk->folio, desk_word(desk, "annex_too_little"));
        return;
    }
    moved_add(&parts, desk, 50, normal->half_hours);
    moved_add(&parts, desk, 90, normal->most_hours);
    moved_add(&parts, desk, 99, normal->nearly_all_hours);
    if (parts.length > 0)
        text_add(&text, desk_fill(desk, "annex_moved", "parts", text_get(&parts), NULL));
    if (!isnan(now))
        text_add_format(&text, " %s",
            desk_fill(desk, "annex_moved_by_now", "share",
                words_share(desk->arena, tongue_language(desk->tongue), now), NULL));
    folio_paragraph(desk->folio, text_get(&text));
    if (normal->curve_count > 1)
        draw_curve(desk, text_get(&text));
    folio_small(desk->folio,
        desk_fill(desk, "annex_normal_note", "parcels",
            words_count(desk->arena, tongue_language(desk->tongue), llround(normal->parcels)),
            "segment", segment_words(desk), NULL));
}

static void
draw_parcel(Desk *desk)
{
    const Claim *const claim = desk->claim;
    const FolioFact facts[] = {
        {desk_word(desk, "tracking_number"), claim->tracking_number},
        {desk_word(desk, "carrier"), desk->dossier->carrier.name},
        {desk_word(desk, "service"), claim->service},
        {desk_word(desk, "shipment"), claim->shipment_id},
        {desk_word(desk, "accepted_at"), desk_time(desk, claim->accepted_at)},
    };

    folio_heading(desk->folio, desk_word(desk, "annex_parcel"));
    folio_facts(desk->folio, facts, sizeof facts / sizeof facts[0]);
}

bool
paper_annex(Press *press, Arena *arena, const Dossier *dossier, Paper *out, Err *err)
{
    Desk desk;

    if (!desk_set(&desk, press, arena, dossier, err))
        return false;

    const char *const title = desk_fill(&desk, "annex_title", "reference", desk.reference, NULL);

    desk_begin(&desk, title, "");
    folio_title(desk.folio, title);
    draw_parcel(&desk);
    draw_timeline(&desk);
    draw_promise(&desk);
    draw_silence(&desk);
    draw_normal(&desk);
    return desk_end(&desk, "annex.pdf", out, err);
}
