#include "tests/harness/learning.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

Instant
learning_instant(const char *text)
{
    Instant at = 0;

    assert_true(instant_parse(text, &at));
    return at;
}

int
learning_setup(void **state)
{
    Arena *const arena = arena_create();
    Learning *const learning = ARENA_NEW(arena, Learning);
    Problems problems = {.arena = arena};
    Err err = {0};

    learning->arena = arena;
    learning->plan = (LearnPlan){.as_of = learning_instant("2026-04-20T22:00:00Z"),
        .landmark = learning_instant("2026-04-20T22:00:00Z"),
        .zone = zone_load(arena, "Europe/Paris", &err),
        .calendar = calendar_load(arena, "FR", &problems, &err),
        .window_days = 60,
        .half_life_days = 20,
        .loss_half_life_days = 40,
        .loss_horizon_days = 10,
        .minimum_events = 50};
    *state = learning;
    return learning->plan.zone && learning->plan.calendar ? 0 : -1;
}

int
learning_teardown(void **state)
{
    arena_destroy(((Learning *)*state)->arena);
    return 0;
}

const OperatingClocks *
learning_clocks(Learning *f, const Shipment *shipments, size_t count)
{
    ClockCounter *const counter = clock_counter_create(f->arena, &f->plan);

    for (size_t i = 0; i < count; i++)
        clock_counter_add(counter, &shipments[i]);
    return clock_counter_finish(f->arena, counter);
}

const Learned *
learning_sums(Learning *f, const OperatingClocks *clocks, const Shipment *shipments, size_t count)
{
    Learner *const learner = learner_create(f->arena, &f->plan, clocks);

    for (size_t i = 0; i < count; i++)
        learner_add(learner, &shipments[i]);
    return learner_finish(f->arena, learner);
}
