#include "alerts/alerts.h"

#include "core/backoff.h"

#define FIRST_SECONDS 60
#define LAST_SECONDS  (6 * 3600)

int64_t
alert_backoff_seconds(int64_t attempt)
{
    return backoff_pause(attempt, FIRST_SECONDS, LAST_SECONDS);
}
