/*
 * The page of what is normal: all milestones side by side, then each with its curve, its numbers and what it rests on.
 */
#include "core/normal_words.h"
#include "core/text.h"
#include "reports/baseline.h"
#include "reports/baseline_plot.h"
#include "reports/page.h"

#include <math.h>

typedef struct BaselinePage
{
    Arena *arena;
    const NormalReport *report;
    const Zone *zone;
} BaselinePage;

static const char *
hours_text(Arena *arena, double hours)
{
    if (isnan(hours))
        return "never";
    return hours < 10 ? arena_printf(arena, "%.1f\u00a0h", hours)
                      : words_hours(arena, LANGUAGE_ENGLISH, hours);
}

static const char *
share_text(Arena *arena, double share)
{
    return words_share(arena, LANGUAGE_ENGLISH, share);
}

static const char *
events_text(Arena *arena, double events)
{
    return words_count(arena, LANGUAGE_ENGLISH, (int64_t)llround(fmin(events, 1e15)));
}

static const Column overview_columns[] = {{"After", "what"}, {"Events", "n"}, {"10%", "n"},
    {"50%", "n"}, {"90%", "n"}, {"99%", "n"}, {"Never", "n"}, {"Own share", "n"}};

static void
add_overview(const BaselinePage *page, MarkupNode *main)
{
    MarkupNode *const section = page_section(main, "overview", "All milestones");
    MarkupNode *const body = page_table(section,
        "Operating time within which so many parcels have moved on; share that never moves again; "
        "share of the answer that rests on the group's own counts",
        overview_columns, sizeof overview_columns / sizeof overview_columns[0], true);
    const Plot plot = baseline_plot_all(page->arena, page->report);

    for (size_t i = 0; i < page->report->count; i++) {
        const Normal *const normal = &page->report->items[i];
        MarkupNode *const row = markup_add(body, "tr", NULL);
        const Column *column = overview_columns;

        page_row_header(row, column++, baseline_title(page->arena, normal));
        page_cell(row, column++, events_text(page->arena, baseline_events(normal)));
        for (size_t k = 0; k < NORMAL_QUANTILES; k++)
            page_cell(row, column++,
                text_is_empty(normal->abstained)
                    ? hours_text(page->arena, normal->quantiles[k].hours)
                    : "-");
        page_cell(row, column++, share_text(page->arena, normal->never));
        page_cell(row, column++,
            normal->ground_count > 0
                ? share_text(page->arena, normal->grounds[normal->ground_count - 1].share)
                : "-");
    }
    plot_add(section, page->arena, &plot);
}

static void
add_quantiles(const BaselinePage *page, MarkupNode *section, const Normal *normal)
{
    static const Column columns[] = {
        {"Moved on", "n"}, {"Operating time", "n"}, {"A scan of Monday 10:00", "n"}};
    Arena *const arena = page->arena;
    MarkupNode *const body = page_table(section, NULL, columns, 3, false);

    for (size_t i = 0; i < NORMAL_QUANTILES; i++) {
        const NormalQuantile *const quantile = &normal->quantiles[i];
        MarkupNode *const row = markup_add(body, "tr", NULL);
        const Instant reached = isnan(quantile->calendar_hours)
                                    ? INSTANT_NONE
                                    : normal->example + (Instant)(quantile->calendar_hours * HOUR);

        page_row_header(row, &columns[0], share_text(arena, quantile->moved));
        page_cell(row, &columns[1], hours_text(arena, quantile->hours));
        page_cell(row, &columns[2],
            reached == INSTANT_NONE ? "never" : zone_print(arena, page->zone, reached));
    }
}

static void
add_grounds(const BaselinePage *page, MarkupNode *section, const Normal *normal)
{
    static const Column columns[] = {{"Rests on", "what"}, {"Events", "n"}, {"Of the answer", "n"}};
    Arena *const arena = page->arena;
    MarkupNode *const body = page_table(section, NULL, columns, 3, false);

    for (size_t i = normal->ground_count; i-- > 0;) {
        const NormalGround *const ground = &normal->grounds[i];
        MarkupNode *const row = markup_add(body, "tr", NULL);

        page_row_header(row, &columns[0], ground->name);
        page_cell(row, &columns[1], events_text(arena, ground->events));
        page_cell(row, &columns[2], share_text(arena, ground->share));
    }
}

static const char *
habits_text(Arena *arena, const Normal *normal)
{
    Text text = {.arena = arena};

    text_add_format(&text,
        "%s never move again. An hour of a Saturday counts as %.2f, of a Sunday %.2f, of a holiday "
        "%.2f.",
        share_text(arena, normal->never), normal->rates[1], normal->rates[2], normal->rates[3]);
    if (normal->own_curve)
        text_add(&text, " The lane is busy enough for a curve of its own.");
    if (!normal->own_curve && normal->factor != 1)
        text_add_format(
            &text, " The lane empties at %.2f times the pace of its service.", normal->factor);
    if (!normal->own_curve && normal->stretch != 1)
        text_add_format(
            &text, " The lane takes %.2f times the time of its service.", normal->stretch);
    if (normal->by_start)
        text_add(&text, " How long it takes depends on the day and hour of the scan: the curve is "
                        "over all of them, the example heeds its own.");
    text_add_format(&text,
        " In the last %d days: %.2f times the usual pace. How it is told was %s.",
        COHORT_RECENT_DAYS, normal->tempo, words_choices(arena, normal));
    return text_get(&text);
}

static void
add_normal(const BaselinePage *page, MarkupNode *main, const Normal *normal)
{
    const char *const id = milestone_name(normal->milestone);
    MarkupNode *const section = page_section(
        main, id, arena_printf(page->arena, "After \"%s\"", baseline_title(page->arena, normal)));

    if (!text_is_empty(normal->abstained)) {
        markup_add(
            section, "p", arena_printf(page->arena, "Nothing can be told: %s.", normal->abstained));
        add_grounds(page, section, normal);
        return;
    }

    MarkupNode *const plots = markup_add_class(section, "div", "plots", NULL);
    const Plot plot = baseline_plot(page->arena, arena_printf(page->arena, "%s-curve", id), normal);

    plot_add(plots, page->arena, &plot);

    MarkupNode *const beside = markup_add(plots, "div", NULL);

    add_quantiles(page, beside, normal);
    markup_add(beside, "p", habits_text(page->arena, normal));
    add_grounds(page, beside, normal);
}

static const char *
age_text(const BaselinePage *page)
{
    const NormalReport *const report = page->report;
    Arena *const arena = page->arena;
    Text text = {.arena = arena};

    text_add_format(&text, "Learned as of %s from %s gaps of %s",
        zone_print(arena, page->zone, report->learned_as_of),
        words_count(arena, LANGUAGE_ENGLISH, report->gaps), report->carrier);
    if (report->first_day != DAY_NONE)
        text_add_format(&text, " that began from %s to %s", day_print(arena, report->first_day),
            day_print(arena, report->last_day));
    if (!isnan(report->age_days))
        text_add_format(
            &text, "; on average %.0f days old, each by what it still counts", report->age_days);
    text_add_format(&text, " (half-life %.0f days).", report->half_life_days);
    return text_get(&text);
}

bool
report_baseline_html(Arena *arena, const NormalReport *report, const Zone *zone, const char **bytes,
    size_t *length, Err *err)
{
    Arena *const work = arena_create();
    const BaselinePage page = {.arena = work, .report = report, .zone = zone};
    const char *const title = arena_printf(work, "%s%sWhat is normal: %s", report->merchant,
        text_is_empty(report->merchant) ? "" : " - ",
        report->count > 0 ? report->items[0].name : "");
    MarkupNode *const root = markup_create(work, language_code(LANGUAGE_ENGLISH));

    page_head(root, work, title, plot_style, "");

    MarkupNode *const body = markup_add(root, "body", NULL);
    MarkupNode *const header = markup_add(body, "header", NULL);

    markup_add(header, "h1", title);
    markup_add_class(header, "p", "soft", age_text(&page));

    MarkupNode *const main = markup_add(body, "main", NULL);

    if (report->count > 1)
        add_overview(&page, main);
    for (size_t i = 0; i < report->count; i++)
        add_normal(&page, main, &report->items[i]);
    markup_add_class(markup_add(body, "footer", NULL), "p", "soft", "Vigie " VIGIE_VERSION);

    const bool printed = markup_print(arena, root, bytes, length, err);

    arena_destroy(work);
    return printed;
}
