#include "core/clock.h"

#include <time.h>

static int64_t
micros(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * SECOND + now.tv_nsec / 1000;
}

Instant
clock_now(void)
{
    return micros(CLOCK_REALTIME);
}

int64_t
clock_monotonic_micros(void)
{
    return micros(CLOCK_MONOTONIC);
}

void
clock_sleep_micros(int64_t wait)
{
    const struct timespec length = {.tv_sec = wait / SECOND, .tv_nsec = wait % SECOND * 1000};

    nanosleep(&length, NULL);
}
