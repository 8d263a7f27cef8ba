#include "jobs/detect/plan.h"

LearnPlan *
plan_at(const Job *job, const Calendar *calendar, Instant as_of, Arena *arena)
{
    const Settings *const settings = job->settings;
    LearnPlan *const plan = ARENA_NEW(arena, LearnPlan);

    *plan = (LearnPlan){
        .as_of = as_of,
        .landmark = learn_landmark(job->zone, as_of),
        .zone = job->zone,
        .calendar = calendar,
        .window_days = (int32_t)settings->learn.window_days,
        .half_life_days = (int32_t)settings->learn.half_life_days,
        .loss_half_life_days = (int32_t)settings->learn.loss_half_life_days,
        .loss_horizon_days = (int32_t)settings->learn.loss_horizon_days,
        .minimum_events = settings->learn.minimum_events,
        .language = language_of(settings->language),
    };
    return plan;
}
