/*
 * --incident of vigie simulate: words separated by colons.
 */
#include "core/text.h"
#include "jobs/source/simulate.h"

#include <string.h>

enum
{
    WORDS_MAX = 6,
};

typedef struct Words
{
    const char *items[WORDS_MAX];
    size_t count;
} Words;

static bool
split(Arena *arena, const char *text, Words *out)
{
    *out = (Words){0};
    for (const char *at = text;; at++) {
        const size_t length = strcspn(at, ":");

        if (out->count == WORDS_MAX)
            return false;
        out->items[out->count++] = arena_copy_bytes(arena, at, length);
        at += length;
        if (*at == '\0')
            return true;
    }
}

static bool
read_days(const char *text, int32_t *out)
{
    int64_t days;

    if (!text_parse_int(text, &days) || days < 1 || days > SIMULATOR_DAYS_MAX)
        return false;
    *out = (int32_t)days;
    return true;
}

// The words after the kind: CARRIER, HUB of a slowdown, DATE, DAYS, and SHARE but for an outage.
static bool
read_wish(const Words *words, SimulatorWish *out)
{
    static const struct
    {
        const char *name;
        SimulatorIncidentKind kind;
        size_t count;
    } kinds[] = {{"slowdown", SIMULATOR_SLOWDOWN, 6}, {"outage", SIMULATOR_OUTAGE, 4},
        {"drift", SIMULATOR_DRIFT, 5}};

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        SimulatorWish wish = {.kind = kinds[i].kind, .place = "", .severity = 1};
        const bool hub = wish.kind == SIMULATOR_SLOWDOWN;
        const char *const *const rest = words->items + (hub ? 3 : 2);

        if (strcmp(words->items[0], kinds[i].name) != 0 || words->count != kinds[i].count)
            continue;
        wish.carrier = words->items[1];
        wish.place = hub ? words->items[2] : "";
        if (!day_parse(rest[0], &wish.first) || !read_days(rest[1], &wish.days) ||
            (wish.kind != SIMULATOR_OUTAGE && !text_parse_real(rest[2], &wish.severity)))
            return false;
        *out = wish;
        return true;
    }
    return false;
}

bool
simulation_read_wishes(const Job *job, SimulatorPlan *plan, Err *err)
{
    const TextList given = job_option_all(job, "incident");
    SimulatorWish *const wishes = ARENA_ARRAY(job->arena, SimulatorWish, given.count);

    for (size_t i = 0; i < given.count; i++) {
        Words words;

        if (!split(job->arena, given.items[i], &words) || !read_wish(&words, &wishes[i]))
            return err_set(err, ERR_CONFIG,
                "option \"--incident\": expected slowdown:CARRIER:HUB:DATE:DAYS:SHARE, "
                "outage:CARRIER:DATE:DAYS or drift:CARRIER:DATE:DAYS:SHARE, not \"%s\"",
                text_clean(job->arena, given.items[i]));
    }
    plan->calm = job_option(job, "calm") != NULL;
    plan->wishes = wishes;
    plan->wish_count = given.count;
    return true;
}
