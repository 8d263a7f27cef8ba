/*
 * What went wrong with whole groups of parcels: told before the cases, which it explains.
 */
#include "core/incident_words.h"
#include "core/text.h"
#include "reports/page.h"

#include <inttypes.h>
#include <math.h>

enum
{
    NUMBER,
    WHAT,
    SINCE,
    PACE,
    MEMBERS,
    EVIDENCE,
    COLUMN_COUNT
};

static void
incident_row(const Page *page, MarkupNode *body, const Column *columns, const Incident *incident)
{
    Arena *const arena = page->arena;
    const char *const event = words_incident_event(page->language, incident->event);
    MarkupNode *const row = markup_add(body, "tr", NULL);

    markup_set(row, "id", arena_printf(arena, "incident-%" PRId64, incident->number));
    page_row_header(row, &columns[NUMBER], arena_printf(arena, "%" PRId64, incident->number));

    MarkupNode *const what =
        page_cell(row, &columns[WHAT], words_incident(arena, page->language, incident));

    if (!text_is_empty(event))
        markup_add_class(what, "span", "soft", event);
    page_cell(row, &columns[SINCE], zone_print(arena, page->zone, incident->since));
    page_cell(row, &columns[PACE],
        incident->kind == INCIDENT_DRIFT ? "-"
                                         : words_share(arena, page->language, incident->pace));
    page_cell(row, &columns[MEMBERS], words_count(arena, page->language, incident->members));
    page_cell(row, &columns[EVIDENCE], incident->evidence);
}

void
page_add_incidents(const Page *page, MarkupNode *main)
{
    const Digest *const digest = page->digest;
    const Phrases *const phrases = page->phrases;
    const Column columns[COLUMN_COUNT] = {
        [NUMBER] = {phrases->incident, "n"},
        [WHAT] = {phrases->what, "what"},
        [SINCE] = {phrases->since, ""},
        [PACE] = {phrases->pace, "n"},
        [MEMBERS] = {phrases->members, "n"},
        [EVIDENCE] = {phrases->evidence, "why"},
    };

    if (digest->incident_count == 0)
        return;

    MarkupNode *const section = page_section(main, "incidents", phrases->incidents);
    MarkupNode *const body =
        page_table(section, phrases->incidents_caption, columns, COLUMN_COUNT, true);

    for (size_t i = 0; i < digest->incident_count; i++)
        incident_row(page, body, columns, &digest->incidents[i]);
}
