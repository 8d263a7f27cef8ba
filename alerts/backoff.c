#include "alerts/alerts.h"

#define FIRST_SECONDS 60
#define LAST_SECONDS  (6 * 3600)

int64_t
alert_backoff_seconds(int64_t attempt)
{
    int64_t seconds = FIRST_SECONDS;

    for (int64_t i = 1; i < attempt && seconds < LAST_SECONDS; i++)
        seconds *= 2;
    return seconds < LAST_SECONDS ? seconds : LAST_SECONDS;
}
