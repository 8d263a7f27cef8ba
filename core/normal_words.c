#include "core/normal_words.h"

#include "core/text.h"

#include <math.h>

#define TOO_LITTLE .005  // of an answer, to be worth words

static const char *
ground_name(Arena *arena, Language language, const NormalGround *ground)
{
    switch (ground->level) {
    case NORMAL_EVERYBODY:
        return IN_LANGUAGE(language, "all carriers", "tous les transporteurs");
    case NORMAL_LANE:
        return IN_LANGUAGE(language, "this lane", "cette liaison");
    case NORMAL_CARRIER:
        return arena_printf(arena, IN_LANGUAGE(language, "all of %s", "tout %s"), ground->name);
    default:
        return ground->name;
    }
}

const char *
normal_grounds_text(Arena *arena, Language language, const Normal *normal)
{
    Text text = {.arena = arena};

    for (size_t i = normal->ground_count; i-- > 0;) {
        const NormalGround *const ground = &normal->grounds[i];

        if (ground->share >= TOO_LITTLE)
            text_add_format(&text,
                IN_LANGUAGE(language, "%s%.0f%% from %s", "%s%.0f\u00a0%% de %s"),
                text.length > 0 ? ", " : "", 100 * ground->share,
                ground_name(arena, language, ground));
        else if (i + 1 == normal->ground_count)
            text_add_format(&text,
                IN_LANGUAGE(language, "less than 1%% from %s", "moins de 1\u00a0%% de %s"),
                ground_name(arena, language, ground));
    }
    return text_get(&text);
}

static const struct
{
    const char *name, *words;
} ways[LANE_WAYS] = {
    [LANE_AS_SERVICE] = {"none", "lanes as their services"},
    [LANE_FACTOR] = {"factor", "lanes by a factor on the pace"},
    [LANE_STRETCH] = {"stretch", "lanes by a stretch of time"},
    [LANE_CLASS] = {"class", "lanes in classes with curves of their own"},
};

const char *
lane_way_name(LaneWay way)
{
    return ways[way].name;
}

// A choice against doing without is no gain of what was left.
static void
add(Text *text, const char *words, double gain, const char *over)
{
    text_add_format(text, "%s%s", text->length > 0 ? ", " : "", words);
    if (isfinite(gain) && gain != 0)
        text_add_format(text, " (%.3f nats a gap %s)", gain, over);
}

char *
words_choices(Arena *arena, const Normal *normal)
{
    const NormalChoices *const choices = &normal->choices;
    Text text = {.arena = arena};

    add(&text, choices->by_clock ? "operating time" : "plain hours", choices->clock_gain,
        choices->by_clock ? "over plain hours" : "by operating time");
    add(&text, normal->by_start ? "start phases" : "no start phases", choices->start_gain,
        normal->by_start ? "over none" : "by them");
    add(&text, ways[choices->lane_way].words, choices->lane_gain, "over none");
    return arena_printf(arena, "chosen by gaps left out: %s", text_get(&text));
}
