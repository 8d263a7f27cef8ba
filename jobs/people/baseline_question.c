/*
 * What was asked, and whether there is such a thing.
 */
#include "jobs/people/baseline.h"

#include <string.h>

enum
{
    NAMES_SHOWN = 20
};

static bool
read_measure(const Job *job, Measure *out, Err *err)
{
    static const char *const names[] = {"move", "arrive", NULL};
    static const Measure measures[] = {MEASURE_MOVE, MEASURE_ARRIVE};
    const char *const word = job_option(job, "measure");
    size_t index = 0;

    if (word && !job_choose("measure", word, names, &index, err))
        return false;
    *out = measures[index];
    return true;
}

static void
split_lane(Arena *arena, const char *lane, const char **origin, const char **destination)
{
    const char *const arrow = strchr(lane, '>');

    *origin = arena_copy_bytes(arena, lane, (size_t)(arrow - lane));
    *destination = arrow + 1;
}

bool
baseline_read(Job *job, BaselineQuestion *out, Err *err)
{
    BaselineQuestion question = {.job = job, .carrier = job->arguments[0]};

    for (size_t i = 1; i < job->argument_count; i++) {
        const char *const word = job->arguments[i];
        const bool last = i + 1 == job->argument_count;

        if (!question.lane && strchr(word, '>'))
            question.lane = word;
        else if (milestone_parse(word, &question.milestone) && !last)
            return err_set(err, ERR_CONFIG, "the milestone comes last");
        else if (question.milestone != MILESTONE_UNMAPPED)
            break;
        else if (!question.service && !question.lane)
            question.service = word;
        else
            return err_set(err, ERR_CONFIG,
                "expected a milestone such as \"in_transit\", not \"%s\"",
                text_clean(job->arena, word));
    }
    for (size_t i = 0; i < job->argument_count; i++)
        if (!text_is_utf8(job->arguments[i], strlen(job->arguments[i])))
            return err_set(err, ERR_CONFIG, "\"%s\" is not valid UTF-8",
                text_clean(job->arena, job->arguments[i]));
    if (!read_measure(job, &question.measure, err))
        return false;
    *out = question;
    return true;
}

// The name as it was learned: the very one, else one that differs in case only; NULL when there is none.
static const char *
find_name(const char *const *names, size_t count, const char *wanted)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], wanted) == 0)
            return names[i];
    for (size_t i = 0; i < count; i++)
        if (text_equal_folded(names[i], wanted))
            return names[i];
    return NULL;
}

// "a, b, c and 12 more", none of them longer than a line.
static const char *
list_names(Arena *arena, const char *const *names, size_t count)
{
    Text text = {.arena = arena};

    for (size_t i = 0; i < count && i < NAMES_SHOWN; i++)
        text_add_format(&text, "%s%s", i > 0 ? ", " : "",
            text_is_empty(names[i]) ? "\"\"" : text_clean(arena, names[i]));
    if (count > NAMES_SHOWN)
        text_add_format(&text, " and %zu more", count - NAMES_SHOWN);
    return count > 0 ? text_get(&text) : "none";
}

static bool
refuse(const BaselineQuestion *question, const char *what, const char *wanted,
    const char *const *names, size_t count, Err *err)
{
    Arena *const arena = question->job->arena;
    const char *const nearest = count > 0 ? text_nearest(wanted, names, count) : NULL;
    const char *const guess =
        nearest ? arena_printf(arena, " (did you mean \"%s\"?)", text_clean(arena, nearest)) : "";

    return err_set(err, ERR_CONFIG, "nothing was learned of %s \"%s\"%s; there is: %s", what,
        text_clean(arena, wanted), guess, list_names(arena, names, count));
}

static bool
settle_carrier(BaselineQuestion *question, const Bench *bench, Err *err)
{
    const Catalogue *const catalogue = bench->rulebook->catalogue;
    const int known = catalogue_find(catalogue, question->carrier);
    size_t count;
    const char *const *const names =
        normal_names(bench->baselines, NULL, NULL, question->job->arena, &count);
    const char *name = find_name(names, count, question->carrier);

    if (!name && known >= 0)
        name = find_name(names, count, catalogue_carrier(catalogue, (size_t)known)->id);
    if (!name)
        return refuse(question, "carrier", question->carrier, names, count, err);
    question->carrier = name;
    return true;
}

// The service's own spelling of the lane; NULL when it does not have it.
static const char *
lane_of(const BaselineQuestion *question, const Bench *bench, const char *service)
{
    size_t count;
    const char *const *const lanes =
        normal_names(bench->baselines, question->carrier, service, question->job->arena, &count);

    return find_name(lanes, count, question->lane);
}

static bool
find_service_of_lane(BaselineQuestion *question, const Bench *bench, const char *const *services,
    size_t count, Err *err)
{
    Arena *const arena = question->job->arena;
    const char **const having = ARENA_ARRAY(arena, const char *, count);
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        if (lane_of(question, bench, services[i]))
            having[found++] = services[i];
    if (found > 1)
        return err_set(err, ERR_CONFIG,
            "several services of \"%s\" have the lane \"%s\": name one of %s", question->carrier,
            text_clean(arena, question->lane), list_names(arena, having, found));
    if (found == 0)
        return err_set(err, ERR_CONFIG,
            "nothing was learned of lane \"%s\" by any service of \"%s\"; its services are: %s",
            text_clean(arena, question->lane), question->carrier,
            list_names(arena, services, count));
    question->service = having[0];
    return true;
}

static bool
settle_service(BaselineQuestion *question, const Bench *bench, Err *err)
{
    size_t count;
    const char *const *const names =
        normal_names(bench->baselines, question->carrier, NULL, question->job->arena, &count);

    if (!question->service)
        return !question->lane || find_service_of_lane(question, bench, names, count, err);

    const char *const name = find_name(names, count, question->service);

    if (!name)
        return refuse(question,
            arena_printf(question->job->arena, "\"%s\" service", question->carrier),
            question->service, names, count, err);
    question->service = name;
    return true;
}

static bool
settle_lane(BaselineQuestion *question, const Bench *bench, Err *err)
{
    Arena *const arena = question->job->arena;
    const char *const lane = lane_of(question, bench, question->service);
    size_t count;
    const char *const *names;

    if (lane) {
        question->lane = lane;
        split_lane(arena, lane, &question->origin, &question->destination);
        return true;
    }
    names = normal_names(bench->baselines, question->carrier, question->service, arena, &count);
    return refuse(question,
        arena_printf(arena, "\"%s / %s\" lane", question->carrier, question->service),
        question->lane, names, count, err);
}

bool
baseline_settle(BaselineQuestion *question, const Bench *bench, Err *err)
{
    return settle_carrier(question, bench, err) && settle_service(question, bench, err) &&
           (!question->lane || settle_lane(question, bench, err));
}
