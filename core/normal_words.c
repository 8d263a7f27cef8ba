#include "core/normal_words.h"

#include "core/text.h"

#define TOO_LITTLE .005  // of an answer, to be worth words

static const char *
ground_name(Arena *arena, const NormalGround *ground)
{
    switch (ground->level) {
    case NORMAL_LANE:
        return "this lane";
    case NORMAL_CARRIER:
        return arena_printf(arena, "all of %s", ground->name);
    default:
        return ground->name;
    }
}

const char *
normal_grounds_text(Arena *arena, const Normal *normal)
{
    Text text = {.arena = arena};

    for (size_t i = normal->ground_count; i-- > 0;) {
        const NormalGround *const ground = &normal->grounds[i];

        if (ground->share >= TOO_LITTLE)
            text_add_format(&text, "%s%.0f%% from %s", text.length > 0 ? ", " : "",
                100 * ground->share, ground_name(arena, ground));
        else if (i + 1 == normal->ground_count)
            text_add_format(&text, "less than 1%% from %s", ground_name(arena, ground));
    }
    return text_get(&text);
}
