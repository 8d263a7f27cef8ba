#include "core/stage.h"

#include <string.h>

static const char *const repeats[STAGE_REPEATS] = {"in_transit_2", "in_transit_3", "in_transit_4"};

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
                                   : repeats[stage - MILESTONE_COUNT];
}

bool
stage_parse(const char *name, Stage *out)
{
    Milestone milestone;

    for (int i = 0; i < STAGE_REPEATS; i++)
        if (strcmp(name, repeats[i]) == 0) {
            *out = MILESTONE_COUNT + i;
            return true;
        }
    if (!milestone_parse(name, &milestone))
        return false;
    *out = (Stage)milestone;
    return true;
}
