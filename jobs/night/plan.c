#include "jobs/night/plan.h"

const LearnPlan *
plan_of_job(const Job *job, const Calendar *calendar, Arena *arena)
{
    const Settings *const settings = job->settings;
    LearnPlan *const plan = ARENA_NEW(arena, LearnPlan);

    *plan = (LearnPlan){
        .as_of = job->as_of,
        .zone = job->zone,
        .calendar = calendar,
        .window_days = (int32_t)settings->learn.window_days,
        .half_life_days = (int32_t)settings->learn.half_life_days,
        .loss_half_life_days = (int32_t)settings->learn.loss_half_life_days,
        .loss_horizon_days = (int32_t)settings->learn.loss_horizon_days,
        .minimum_events = settings->learn.minimum_events,
    };
    return plan;
}
