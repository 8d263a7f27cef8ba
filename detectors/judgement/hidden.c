/*
 * What has happened and is not known yet (stats/delay.c), by the clock on the wall. A carrier that reports one scan in two hundred a
 * day late hides as many parcels as it loses: those that were delivered, and have been silent for as long as lost ones.
 */
#include "detectors/judgement/judge.h"

#include <math.h>

// Silence that they could explain to a smaller share is left alone.
#define SHARE_MIN .01

// P(a mover had not moved) so many hours ago.
static double
survival_then(const Place *place, const Curve *curve, int point)
{
    const Ahead *const ahead = place->baselines->ahead;
    const Instant at = place->as_of - (Instant)(DELAY_HOURS[point] * (double)HOUR);

    if (at <= place->since)
        return 1;

    const OperatingStamp then = ahead->as_of == place->as_of
                                    ? ahead->ago[point]
                                    : operating_stamp(place->baselines->days, at);

    return exp(-curve_hazard(curve, operating_wait(curve->rates, &place->from, &then)));
}

double
hidden_movers(const Place *place, Measure measure, const Curve *curve)
{
    const Delays *const delays =
        delays_of(place->group, measure, stage_told(place->baselines, measure, place->stage));
    double hidden = 0;

    if (!delays || !(delays->all > 0))
        return 0;

    const double now =
        exp(-curve_hazard(curve, operating_wait(curve->rates, &place->from, &place->now)));

    if (delays->all * (1 - now) <= SHARE_MIN * now)
        return 0;
    for (int k = 0; k < DELAY_POINTS; k++)
        hidden += delays->share[k] * (survival_then(place, curve, k) - now);
    return fmax(hidden, 0);
}
