#include "core/normal_words.h"
#include "core/words.h"
#include "jobs/people/baseline.h"
#include "jobs/people/normal_text.h"

#include <inttypes.h>
#include <math.h>

enum
{
    CURVE_LINES = 12,
    GROUP_COLUMNS = 40,
    LABEL_COLUMNS = 23,
};

static const char *
hours_text(Arena *arena, double hours)
{
    if (isnan(hours))
        return "never";
    return arena_printf(arena, "%.*f h", hours < 10 ? 1 : 0, hours);
}

static const char *
events_text(Arena *arena, double events)
{
    return words_count(arena, LANGUAGE_ENGLISH, (int64_t)llround(fmin(events, 1e15)));
}

static const char *
moved_text(Arena *arena, const Normal *normal)
{
    Text text = {.arena = arena};

    for (size_t i = 0; i < NORMAL_QUANTILES; i++) {
        const NormalQuantile *const quantile = &normal->quantiles[i];

        text_add_format(&text, "%s%.0f%% %s%s", i > 0 ? ", " : "", 100 * quantile->moved,
            isnan(quantile->hours) ? "" : "within ", hours_text(arena, quantile->hours));
    }
    text_add(&text, " (hours of operation: days off hardly count)");
    return text_get(&text);
}

static const char *
example_text(const BaselineQuestion *question, const Normal *normal)
{
    const Job *const job = question->job;
    Text text = {.arena = job->arena};

    text_add_format(
        &text, "after a scan on Monday %s: ", zone_print(job->arena, job->zone, normal->example));
    for (size_t i = 0; i < NORMAL_QUANTILES; i++) {
        const NormalQuantile *const quantile = &normal->quantiles[i];
        const bool never = isnan(quantile->calendar_hours);

        text_add_format(&text, "%s%.0f%% %s%s", i > 0 ? ", " : "", 100 * quantile->moved,
            never ? "never" : "by ",
            never ? ""
                  : zone_print(job->arena, job->zone,
                        normal->example + (Instant)(quantile->calendar_hours * HOUR)));
    }
    return text_get(&text);
}

static const char *
clock_text(Arena *arena, const Normal *normal)
{
    return arena_printf(arena,
        "an hour of a working day counts as 1, of a Saturday %.2f, of a Sunday %.2f, of a holiday "
        "%.2f",
        normal->rates[1], normal->rates[2], normal->rates[3]);
}

static const char *
lane_text(Arena *arena, const Normal *normal)
{
    if (normal->level != NORMAL_LANE)
        return "";
    if (normal->own_curve)
        return "busy enough for a curve of its own";
    if (normal->stretch != 1)
        return arena_printf(arena,
            "takes %.2f times the time of its service, and empties at %.2f "
            "times the pace",
            normal->stretch, normal->factor);
    return arena_printf(arena, "empties at %.2f times the pace of its service", normal->factor);
}

static const char *
start_text(const Normal *normal)
{
    return normal->by_start
               ? "how long it takes depends on the day and hour of the scan; the times "
                 "above are over all of them, the example's heed its own"
               : "";
}

static const char *
tempo_text(Arena *arena, const Normal *normal)
{
    return arena_printf(
        arena, "%.2f times the usual pace in the last %d days", normal->tempo, COHORT_RECENT_DAYS);
}

static void
add_grounds(const Normal *normal, Text *out)
{
    text_add_format(out, "\n  %-*s %12s  of the answer\n", GROUP_COLUMNS, "rests on", "events");
    for (size_t i = normal->ground_count; i-- > 0;) {
        const NormalGround *const ground = &normal->grounds[i];

        text_add(out, "  ");
        screen_cell(out, GROUP_COLUMNS, ground->name);
        text_add_format(out, " %12s  %s\n", events_text(out->arena, ground->events),
            words_share(out->arena, LANGUAGE_ENGLISH, ground->share));
    }
}

static void
add_curve(const Normal *normal, Text *out)
{
    const size_t stride = 1 + (normal->curve_count - 1) / CURVE_LINES;

    text_add(out, "\n  hours    moved on   95% between\n");
    for (size_t i = stride; i < normal->curve_count; i += stride) {
        const NormalPoint *const point = &normal->curve[i];

        text_add_format(out, "  %5.4g %10.1f%%   %.1f%% and %.1f%%\n", point->hours,
            100 * point->moved, 100 * point->low, 100 * point->high);
    }
}

static void
add_normal(const BaselineQuestion *question, const Normal *normal, Text *out, size_t columns)
{
    Arena *const arena = out->arena;

    screen_wrap(out, columns, 0, 2,
        arena_printf(arena, "After \"%s\", %s%s", milestone_label(normal->milestone), normal->name,
            normal->measure == MEASURE_ARRIVE ? ", to first presentation" : ""));
    if (text_is_empty(normal->abstained)) {
        screen_line(out, columns, "moved on", moved_text(arena, normal));
        screen_line(out, columns, "for example", example_text(question, normal));
        screen_line(out, columns, "never",
            arena_printf(
                arena, "%s never move again", words_share(arena, LANGUAGE_ENGLISH, normal->never)));
        screen_line(out, columns, "clock", clock_text(arena, normal));
        screen_line(out, columns, "lane", lane_text(arena, normal));
        screen_line(out, columns, "start", start_text(normal));
        screen_line(out, columns, "lately", tempo_text(arena, normal));
        screen_line(out, columns, "choices", words_choices(arena, normal));
    } else
        screen_line(out, columns, "abstains", normal->abstained);
    add_grounds(normal, out);
    if (text_is_empty(normal->abstained))
        add_curve(normal, out);
}

static void
add_overview(const NormalReport *report, Text *out, size_t columns)
{
    screen_wrap(out, columns, 0, 2,
        arena_printf(out->arena,
            "%s: hours of operation within which so many parcels moved on after a scan%s",
            report->items[0].name,
            report->items[0].measure == MEASURE_ARRIVE ? ", to first presentation" : ""));
    text_add_format(out,
        "\n  %-*s    events      10%%      50%%      90%%      99%%    never  own share\n",
        LABEL_COLUMNS, "after");
    for (size_t i = 0; i < report->count; i++) {
        const Normal *const normal = &report->items[i];
        const NormalGround *const own = &normal->grounds[normal->ground_count - 1];

        text_add(out, "  ");
        screen_cell(out, LABEL_COLUMNS, milestone_label(normal->milestone));
        text_add_format(out, " %9s", events_text(out->arena, own->events));
        for (size_t k = 0; k < NORMAL_QUANTILES; k++)
            text_add_format(out, " %8s",
                text_is_empty(normal->abstained)
                    ? hours_text(out->arena, normal->quantiles[k].hours)
                    : "-");
        text_add_format(out, " %8s %10s\n",
            words_share(out->arena, LANGUAGE_ENGLISH, normal->never),
            words_share(out->arena, LANGUAGE_ENGLISH, own->share));
    }
}

void
baseline_text(
    const BaselineQuestion *question, const NormalReport *report, Text *out, size_t columns)
{
    const Job *const job = question->job;
    Arena *const arena = out->arena;

    if (report->count == 0)
        text_add(out, "Nothing was learned of it yet\n");
    else if (report->count == 1 && question->milestone != MILESTONE_UNMAPPED)
        add_normal(question, &report->items[0], out, columns);
    else
        add_overview(report, out, columns);
    text_add(out, "\n");
    screen_line(out, columns, "learned as of", zone_print(arena, job->zone, report->learned_as_of));
    if (report->first_day != DAY_NONE)
        screen_line(out, columns, "learned from",
            arena_printf(arena, "%s gaps of %s that began from %s to %s",
                words_count(arena, LANGUAGE_ENGLISH, report->gaps), report->carrier,
                day_print(arena, report->first_day), day_print(arena, report->last_day)));
    if (!isnan(report->age_days))
        screen_line(out, columns, "age",
            arena_printf(arena,
                "%.0f days on average, each by what it still counts (half-life %.0f days)",
                report->age_days, report->half_life_days));
}

json_t *
baseline_json(Arena *arena, const NormalReport *report)
{
    json_t *const json = json_object();
    json_t *const items = json_array();

    for (size_t i = 0; i < report->count; i++)
        json_array_append_new(items, normal_json(arena, &report->items[i]));
    json_object_set_new(json, "schema", json_string("vigie.baseline/1"));
    json_object_set_new(json, "as_of", json_of_instant(arena, report->as_of));
    json_object_set_new(json, "learned_as_of", json_of_instant(arena, report->learned_as_of));
    json_object_set_new(json, "carrier", json_of_text(arena, report->carrier));
    json_object_set_new(json, "service", json_of_text(arena, report->service));
    json_object_set_new(json, "lane", json_of_text(arena, report->lane));
    json_object_set_new(json, "gaps", json_integer(report->gaps));
    json_object_set_new(json, "first_day", json_of_day(arena, report->first_day));
    json_object_set_new(json, "last_day", json_of_day(arena, report->last_day));
    json_object_set_new(json, "half_life_days", json_of_real(report->half_life_days));
    json_object_set_new(json, "age_days", json_of_real(report->age_days));
    json_object_set_new(json, "baselines", items);
    return json;
}
