#include "jobs/detect/learn_sums.h"
#include "core/json.h"

#include <jansson.h>
#include <string.h>

static json_t *
print_ints(const int64_t *items, size_t count)
{
    json_t *const list = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_integer(items[i]));
    return list;
}

static json_t *
print_cohort(const Cohort *cohort)
{
    json_t *const bins = json_array();

    for (size_t i = 0; i < cohort->bin_count; i++)
        json_array_append_new(bins, json_integer(cohort->bins[i]));
    return json_pack("[i, i, s, s, s, s, s, i, o, o, o]", cohort->kind, cohort->measure,
        stage_name(cohort->stage), cohort->carrier, cohort->service, cohort->origin,
        cohort->destination, cohort->part, bins, print_ints(cohort->ended, cohort->bin_count),
        print_ints(cohort->waited, cohort->bin_count));
}

static json_t *
print_learned(const Learned *learned)
{
    json_t *const cohorts = json_array(), *const days = json_array(), *const clocks = json_array();

    for (size_t i = 0; i < learned->cohort_count; i++)
        json_array_append_new(cohorts, print_cohort(&learned->cohorts[i]));
    for (size_t i = 0; i < learned->day_count; i++) {
        const CohortDay *const day = &learned->days[i];

        json_array_append_new(
            days, json_pack("[i, s, s, i, I, I]", day->measure, stage_name(day->stage),
                      day->carrier, (int)day->day, (json_int_t)day->closed, (json_int_t)day->open));
    }
    for (size_t i = 0; i < learned->clock_count; i++) {
        const CohortClock *const clock = &learned->clocks[i];

        json_array_append_new(clocks,
            json_pack("[i, s, s, o, o]", clock->measure, stage_name(clock->stage), clock->carrier,
                print_ints(clock->events, 4), print_ints(clock->exposure_hours, 4)));
    }
    return json_pack("{s:I, s:I, s:I, s:I, s:o, s:o, s:o}", "landmark",
        (json_int_t)learned->landmark, "shipments", (json_int_t)learned->shipments, "scans",
        (json_int_t)learned->scans, "gaps", (json_int_t)learned->gaps, "cohorts", cohorts, "days",
        days, "clocks", clocks);
}

static json_t *
print_ids(const WatchList *ids)
{
    json_t *const list = json_array();

    for (size_t i = 0; i < ids->count; i++)
        json_array_append_new(list, json_string(ids->items[i]));
    return list;
}

static json_t *
print_asides(const LearnSums *sums)
{
    json_t *const list = json_array();

    for (size_t i = 0; i < sums->aside_count; i++) {
        const SetAside *const row = &sums->asides[i];

        json_array_append_new(list, json_pack("[s, s, I, s, s, s]", row->step, row->source,
                                        (json_int_t)row->line, row->key, row->reason, row->detail));
    }
    return list;
}

const char *
learn_sums_print(Arena *arena, const LearnSums *sums, Err *err)
{
    json_t *const json = json_pack("{s:o, s:o, s:o, s:o, s:o, s:I, s:I, s:I}", "settled",
        print_learned(sums->settled), "fresh", print_learned(sums->fresh), "watched",
        print_ids(&sums->watched), "unsettled", print_ids(&sums->unsettled), "asides",
        print_asides(sums), "shipments", (json_int_t)sums->shipments, "scans",
        (json_int_t)sums->scans, "scans_of_others", (json_int_t)sums->scans_of_others);
    const char *const kept = json_to_text(arena, json, JSON_COMPACT);

    if (kept == NULL)
        err_set(err, ERR_FAILED, "what was counted cannot be kept: a name is not valid UTF-8");
    return kept;
}

static const int64_t *
parse_ints(Arena *arena, const json_t *list, size_t count)
{
    int64_t *const items = ARENA_ARRAY(arena, int64_t, count);

    for (size_t i = 0; i < count; i++)
        items[i] = json_integer_value(json_array_get(list, i));
    return items;
}

static bool
parse_cohort(Arena *arena, json_t *json, Cohort *out)
{
    int kind, measure;
    const char *stage, *names[4];
    json_t *bins, *ended, *waited;

    if (json_unpack(json, "[i, i, s, s, s, s, s, i, o, o, o]", &kind, &measure, &stage, &names[0],
            &names[1], &names[2], &names[3], &out->part, &bins, &ended, &waited) != 0 ||
        !stage_parse(stage, &out->stage) || json_array_size(bins) != json_array_size(ended) ||
        json_array_size(bins) != json_array_size(waited))
        return false;
    out->kind = (CohortKind)kind;
    out->measure = (Measure)measure;
    out->carrier = arena_copy(arena, names[0]);
    out->service = arena_copy(arena, names[1]);
    out->origin = arena_copy(arena, names[2]);
    out->destination = arena_copy(arena, names[3]);
    out->bin_count = json_array_size(bins);

    int16_t *const narrow = ARENA_ARRAY(arena, int16_t, out->bin_count);

    for (size_t i = 0; i < out->bin_count; i++)
        narrow[i] = (int16_t)json_integer_value(json_array_get(bins, i));
    out->bins = narrow;
    out->ended = parse_ints(arena, ended, out->bin_count);
    out->waited = parse_ints(arena, waited, out->bin_count);
    return true;
}

static bool
parse_day(Arena *arena, json_t *json, CohortDay *out)
{
    int measure, number;
    json_int_t closed, open;
    const char *stage, *carrier;

    if (json_unpack(
            json, "[i, s, s, i, I, I]", &measure, &stage, &carrier, &number, &closed, &open) != 0 ||
        !stage_parse(stage, &out->stage))
        return false;
    out->measure = (Measure)measure;
    out->carrier = arena_copy(arena, carrier);
    out->day = (Day)number;
    out->closed = closed;
    out->open = open;
    return true;
}

static bool
parse_clock(Arena *arena, json_t *json, CohortClock *out)
{
    int measure;
    const char *stage, *carrier;
    json_t *events, *hours;

    if (json_unpack(json, "[i, s, s, o, o]", &measure, &stage, &carrier, &events, &hours) != 0 ||
        !stage_parse(stage, &out->stage))
        return false;
    out->measure = (Measure)measure;
    out->carrier = arena_copy(arena, carrier);
    memcpy(out->events, parse_ints(arena, events, 4), sizeof out->events);
    memcpy(out->exposure_hours, parse_ints(arena, hours, 4), sizeof out->exposure_hours);
    return true;
}

static bool
parse_lists(
    Arena *arena, const json_t *cohorts, const json_t *days, const json_t *clocks, Learned *out)
{
    Cohort *const cohort = ARENA_ARRAY(arena, Cohort, json_array_size(cohorts));
    CohortDay *const day = ARENA_ARRAY(arena, CohortDay, json_array_size(days));
    CohortClock *const clock = ARENA_ARRAY(arena, CohortClock, json_array_size(clocks));
    bool good = true;

    out->cohort_count = json_array_size(cohorts);
    out->day_count = json_array_size(days);
    out->clock_count = json_array_size(clocks);
    for (size_t i = 0; good && i < out->cohort_count; i++)
        good = parse_cohort(arena, json_array_get(cohorts, i), &cohort[i]);
    for (size_t i = 0; good && i < out->day_count; i++)
        good = parse_day(arena, json_array_get(days, i), &day[i]);
    for (size_t i = 0; good && i < out->clock_count; i++)
        good = parse_clock(arena, json_array_get(clocks, i), &clock[i]);
    out->cohorts = cohort;
    out->days = day;
    out->clocks = clock;
    return good;
}

static const Learned *
parse_learned(Arena *arena, json_t *json, Instant as_of)
{
    Learned *const learned = ARENA_NEW(arena, Learned);
    json_int_t landmark, shipments, scans, gaps;
    json_t *cohorts, *days, *clocks;

    if (json_unpack(json, "{s:I, s:I, s:I, s:I, s:o, s:o, s:o}", "landmark", &landmark, "shipments",
            &shipments, "scans", &scans, "gaps", &gaps, "cohorts", &cohorts, "days", &days,
            "clocks", &clocks) != 0)
        return NULL;
    *learned = (Learned){
        .as_of = as_of, .landmark = landmark, .shipments = shipments, .scans = scans, .gaps = gaps};
    return parse_lists(arena, cohorts, days, clocks, learned) ? learned : NULL;
}

static WatchList
parse_ids(Arena *arena, const json_t *list)
{
    WatchList ids = {.arena = arena};

    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *const id = json_string_value(json_array_get(list, i));

        ARENA_PUSH(&ids, (const char *)arena_copy(arena, id ? id : ""));
    }
    return ids;
}

static bool
parse_asides(Arena *arena, const json_t *list, LearnSums *out)
{
    SetAside *const rows = ARENA_ARRAY(arena, SetAside, json_array_size(list));

    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *texts[5];
        json_int_t line;

        if (json_unpack(json_array_get(list, i), "[s, s, I, s, s, s]", &texts[0], &texts[1], &line,
                &texts[2], &texts[3], &texts[4]) != 0)
            return false;
        rows[i] = (SetAside){.step = arena_copy(arena, texts[0]),
            .source = arena_copy(arena, texts[1]),
            .line = line,
            .key = arena_copy(arena, texts[2]),
            .reason = arena_copy(arena, texts[3]),
            .detail = arena_copy(arena, texts[4])};
    }
    out->asides = rows;
    out->aside_count = json_array_size(list);
    return true;
}

bool
learn_sums_parse(Arena *arena, const char *text, Instant as_of, LearnSums *out, Err *err)
{
    json_t *const json = json_loads(text, 0, NULL);
    json_t *settled, *fresh, *watched, *unsettled, *asides;
    json_int_t counts[3];
    bool good =
        json != NULL &&
        json_unpack(json, "{s:o, s:o, s:o, s:o, s:o, s:I, s:I, s:I}", "settled", &settled, "fresh",
            &fresh, "watched", &watched, "unsettled", &unsettled, "asides", &asides, "shipments",
            &counts[0], "scans", &counts[1], "scans_of_others", &counts[2]) == 0;

    if (good) {
        *out = (LearnSums){.settled = parse_learned(arena, settled, as_of),
            .fresh = parse_learned(arena, fresh, as_of),
            .watched = parse_ids(arena, watched),
            .unsettled = parse_ids(arena, unsettled),
            .shipments = counts[0],
            .scans = counts[1],
            .scans_of_others = counts[2]};
        good = parse_asides(arena, asides, out) && out->settled != NULL && out->fresh != NULL;
    }
    json_decref(json);
    return good || err_set(err, ERR_FAILED, "a part of what was learned is damaged");
}
