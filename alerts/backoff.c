/*
 * Exponential backoff with "equal jitter": half of the pause is certain, the other half is chance (M. Brooker, Exponential
 * Backoff And Jitter, AWS Architecture Blog, 2015).
 */
#include "alerts/alerts.h"

#include "core/backoff.h"
#include "core/text.h"

#include <inttypes.h>
#include <string.h>

#define FIRST_SECONDS 60
#define LAST_SECONDS  (6 * 3600)
#define ASKED_MAX     (24 * 3600)

// 0 to below bound, by key and attempt.
static int64_t
chance(const char *key, int64_t attempt, int64_t bound)
{
    Arena *const arena = arena_create();
    const char *const text = arena_printf(arena, "%" PRId64 " %s", attempt, key);
    const int64_t drawn = (int64_t)(text_hash(text, strlen(text)) >> 20) % bound;

    arena_destroy(arena);
    return drawn;
}

int64_t
alert_backoff_seconds(const char *key, int64_t attempt, int64_t asked)
{
    int64_t seconds = backoff_pause(attempt, FIRST_SECONDS, LAST_SECONDS);

    seconds -= chance(key, attempt, seconds / 2 + 1);
    if (asked > ASKED_MAX)
        asked = ASKED_MAX;
    return seconds > asked ? seconds : asked;
}
