#include "core/backoff.h"

int64_t
backoff_pause(int64_t attempt, int64_t first, int64_t last)
{
    int64_t pause = first;

    for (int64_t i = 1; i < attempt && pause < last; i++)
        pause *= 2;
    return pause < last ? pause : last;
}
