#include "detectors/judgement/routes.h"

#define SHARE_MIN        .002  // rarer next stages do not pay
#define KNOWN_MIN        .5    // of the mix; with less there is no telling
#define ALWAYS_PRESENTED .995

void
routes_find(const Place *place, Routes *routes)
{
    const LaneStage *const lane = lane_stage(place->lane, MEASURE_MOVE, place->stage);
    const Mix *const mix = mix_of(place->group, place->stage);

    routes->mix = mix;
    routes->count = 0;
    routes->presented = routes->known = 0;
    for (size_t i = 0; mix && i < mix->next_count; i++) {
        const Stage next = mix->next[i];
        const double here = lane && lane->next ? (double)lane->next[next] : 1;
        const double share = mix->all[next] * here;
        Route *const route = &routes->items[routes->count];

        if (share < SHARE_MIN)
            continue;
        route->presented = milestone_is_presentation(stage_milestone(next));
        route->never = !route->presented && milestone_is_final(stage_milestone(next));
        if (!route->presented && !route->never &&
            !curve_of(place, MEASURE_ARRIVE, next, &place->now, &route->rest))
            continue;
        route->stage = next;
        route->column = i;
        route->share = share;
        route->here = here;
        routes->presented += route->presented ? share : 0;
        routes->known += share;
        routes->count++;
    }
}

bool
routes_end_here(const Routes *routes)
{
    return routes->presented >= ALWAYS_PRESENTED;
}

bool
routes_are_known(const Routes *routes)
{
    return routes->known >= KNOWN_MIN;
}
