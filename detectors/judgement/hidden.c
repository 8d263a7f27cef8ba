/*
 * What has happened and is not known yet (stats/delay.c), by the clock on the wall. A carrier that reports one scan in two hundred a
 * day late hides as many parcels as it loses: those that were delivered, and have been silent for as long as lost ones.
 */
#include "detectors/judgement/judge.h"

// A smaller share of the silence is not looked for.
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

    return curve_left(curve, operating_wait(curve->rates, &place->from, &then));
}

// From the longest delay down: what is hidden by shorter ones is never more than their shares of what a longer one hides, and is
// not asked for once that explains nothing of the silence.
double
hidden_movers(const Place *place, Measure measure, const Curve *curve, double waiting)
{
    const Delays *const delays =
        delays_of(place->group, measure, stage_told(place->baselines, measure, place->stage));
    double silent = waiting + curve->share / (1 - curve->share);
    double left = delays ? delays->all : 0, hidden = 0;

    if (left * (1 - waiting) <= SHARE_MIN * silent)
        return 0;
    for (int k = DELAY_POINTS - 1; k >= 0; k--) {
        const double moved = survival_then(place, curve, k) - waiting;

        if (left * moved <= SHARE_MIN * (silent + hidden))
            break;
        hidden += delays->share[k] * moved;
        left -= delays->share[k];
    }
    return hidden;
}
