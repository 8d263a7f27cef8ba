#include "core/forecast.h"

Fate
fate_lost_on(Fate lost, Instant moved_at, Instant night)
{
    return lost == FATE_YES && moved_at != INSTANT_NONE && moved_at > night ? FATE_NO : lost;
}
