#include "core/stage.h"

#include <string.h>

static const struct
{
    const char *name, *label;
} repeats[STAGE_REPEATS] = {
    {"in_transit_2", "in transit, 2nd scan"},
    {"in_transit_3", "in transit, 3rd scan"},
    {"in_transit_4", "in transit, 4th scan or later"},
};

Stage
stage_of(Milestone milestone, int count)
{
    const int repeat = count - 2;

    if (milestone != MILESTONE_IN_TRANSIT || repeat < 0)
        return (Stage)milestone;
    return MILESTONE_COUNT + (repeat < STAGE_REPEATS ? repeat : STAGE_REPEATS - 1);
}

Milestone
stage_milestone(Stage stage)
{
    return stage < MILESTONE_COUNT ? (Milestone)stage : MILESTONE_IN_TRANSIT;
}

const char *
stage_name(Stage stage)
{
    return stage < MILESTONE_COUNT ? milestone_name((Milestone)stage)
                                   : repeats[stage - MILESTONE_COUNT].name;
}

bool
stage_parse(const char *name, Stage *out)
{
    Milestone milestone;

    for (int i = 0; i < STAGE_REPEATS; i++)
        if (strcmp(name, repeats[i].name) == 0) {
            *out = MILESTONE_COUNT + i;
            return true;
        }
    if (!milestone_parse(name, &milestone))
        return false;
    *out = (Stage)milestone;
    return true;
}

const char *
stage_label(Stage stage)
{
    return stage < MILESTONE_COUNT ? milestone_label((Milestone)stage)
                                   : repeats[stage - MILESTONE_COUNT].label;
}
