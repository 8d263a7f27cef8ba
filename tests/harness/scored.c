#include "tests/harness/scored.h"

#include "detectors/stats/random.h"
#include "tests/harness/oracle.h"

#include <math.h>

Scored *
scored_made_up(Arena *arena, size_t count, size_t groups, uint64_t seed)
{
    Scored *const items = ARENA_ARRAY(arena, Scored, count);
    Random random = {seed};

    for (size_t i = 0; i < count; i++) {
        const double p = floor(random_unit(&random) * 41) / 40;

        items[i] = (Scored){.probability = p,
            .happened = random_unit(&random) < p,
            .weight = 1 + (double)random_index(&random, 3),
            .group = (int)random_index(&random, groups)};
    }
    return items;
}

Scored *
scored_from_oracle(Arena *arena, size_t *count)
{
    const double *const p = oracle_column(arena, "pred400", 0, count);
    const double *const y = oracle_column(arena, "pred400", 1, count);

    if (!p)
        return NULL;

    Scored *const items = ARENA_ARRAY(arena, Scored, *count);

    for (size_t i = 0; i < *count; i++)
        items[i] = (Scored){.probability = p[i], .happened = y[i] > 0, .weight = 1};
    return items;
}
