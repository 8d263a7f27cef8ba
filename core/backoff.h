/*
 * backoff.h - how long to wait before trying again what failed for a while.
 */
#ifndef CORE_BACKOFF_H
#define CORE_BACKOFF_H

#include <stdint.h>

// The pause after attempt number `attempt` (from 1): first, then twice as long each time, never longer than last. The unit is
// the caller's.
int64_t backoff_pause(int64_t attempt, int64_t first, int64_t last);

#endif
