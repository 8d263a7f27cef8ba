/*
 * Operating time: tau(a, b) = integral from a to b of w(class of day(u)) du.
 *
 * Parcels rest on Sundays, so a gap over a weekend is not a slow gap. Counting only working days is wrong too:
 * sorting centres run on Saturdays. So w is learned, as events per hour waited on that class of day relative to
 * working days. With the time passed in each class summed up per day beforehand, any tau is one subtraction per
 * class, whatever the weights.
 *
 * A ratio above .35 means that operations run: the rest of the difference is a matter of schedules, and w = 1 keeps
 * the clock steady. A slower day lasts a whole number of hours by this clock, none when less than half of one is worth
 * counting, so that full hours after a rest are full hours of the clock on the wall. A wait is counted from the full hour (of
 * this clock) before it began, because departures and rounds are at hours of the day. Bins that are an hour wide from a minute
 * that nobody knows smear a departure over two of them, and parcels then seem to arrive after lorries have left. Ratios rest
 * on counts, so thin ones lean on a prior: (O + a) / (E + a / prior), the posterior mean of a Gamma-Poisson rate with a
 * pseudo-events.
 */
#include "detectors/stats/operating.h"

#include <math.h>

#define RATE_SCORED .01  // a clock that stands still would be infinitely wrong once

typedef struct OperatingDay
{
    Instant start;
    OperatingStamp before;  // at its first instant
} OperatingDay;

struct OperatingDays
{
    size_t count;  // days; one more entry marks the end
    OperatingDay *day;
};

const OperatingDays *
operating_days_create(Arena *arena, const Instant *starts, const int *classes, size_t count)
{
    OperatingDays *const days = ARENA_NEW(arena, OperatingDays);
    OperatingStamp sum = {0};

    days->count = count;
    days->day = ARENA_ARRAY(arena, OperatingDay, count + 1);
    for (size_t i = 0; i < count; i++) {
        sum.day_class = classes[i];
        sum.day = (int)i;
        sum.phase = phase_of_day(classes, count, i) * PHASE_HOURS;
        days->day[i] = (OperatingDay){.start = starts[i], .before = sum};
        sum.micros[classes[i]] += starts[i + 1] - starts[i];
    }
    days->day[count] = (OperatingDay){.start = starts[count], .before = sum};
    return days;
}

// The day that holds an instant within the table. Days are about 24 h long, so the guess is off by one at most.
static size_t
day_index(const OperatingDays *days, Instant at)
{
    size_t i = (size_t)((at - days->day[0].start) / HOURS_24);

    if (i >= days->count)
        i = days->count - 1;
    while (i > 0 && days->day[i].start > at)
        i--;
    while (i + 1 < days->count && days->day[i + 1].start <= at)
        i++;
    return i;
}

static const OperatingDay *
day_of(const OperatingDays *days, Instant at)
{
    return at >= days->day[days->count].start ? &days->day[days->count]
           : at <= days->day[0].start         ? &days->day[0]
                                              : &days->day[day_index(days, at)];
}

int
operating_day(const OperatingDays *days, Instant at)
{
    return day_of(days, at)->before.day;
}

// Every field is written once: whoever copies a stamp of which a word was changed right before waits for it.
void
operating_stamp_put(const OperatingDays *days, Instant at, OperatingStamp *stamp)
{
    const OperatingDay *const day = day_of(days, at);
    const OperatingStamp *const before = &day->before;
    const bool within = at > days->day[0].start && at < days->day[days->count].start;
    const Instant since = within ? at - day->start : 0;
    const int class = before->day_class;

    stamp->micros[0] = before->micros[0] + (class == 0 ? since : 0);
    stamp->micros[1] = before->micros[1] + (class == 1 ? since : 0);
    stamp->micros[2] = before->micros[2] + (class == 2 ? since : 0);
    stamp->micros[3] = before->micros[3] + (class == 3 ? since : 0);
    stamp->day_class = class;
    stamp->phase = before->phase + phase_hour(since);
    stamp->day = before->day;
    stamp->into = since % HOUR;
}

OperatingStamp
operating_stamp(const OperatingDays *days, Instant at)
{
    OperatingStamp stamp;

    operating_stamp_put(days, at, &stamp);
    return stamp;
}

OperatingSpan
operating_span(const OperatingStamp *from, const OperatingStamp *to)
{
    OperatingSpan span;

    for (int i = 0; i < OPERATING_CLASSES; i++)
        span.hours[i] = (double)(to->micros[i] - from->micros[i]) / (double)HOUR;
    return span;
}

Instant
operating_advance(
    const OperatingDays *days, const double rates[OPERATING_CLASSES], Instant from, double hours)
{
    if (!isfinite(hours) || from < days->day[0].start || from >= days->day[days->count].start)
        return INSTANT_NONE;

    double left = hours * (double)HOUR;
    Instant at = from;

    for (size_t i = day_index(days, from); i < days->count; i++) {
        const Instant end = days->day[i + 1].start;
        const double rate = rates[days->day[i].before.day_class];
        const double gain = rate * (double)(end - at);

        if (left <= gain)
            return rate > 0 ? at + (Instant)(left / rate) : at;
        left -= gain;
        at = end;
    }
    return INSTANT_NONE;
}

// Half an hour more, for waits of an hour and longer.
double
operating_told(double hours)
{
    return hours + fmin(hours, 1) / 2;
}

double
operating_untold(double told)
{
    return told < 1.5 ? told / 1.5 : told - .5;
}

Instant
operating_wait_end(
    const OperatingDays *days, const double rates[OPERATING_CLASSES], Instant from, double hours)
{
    const OperatingStamp stamp = operating_stamp(days, from);
    const double first = 1 - operating_begun(rates[stamp.day_class], operating_hour(&stamp));
    const double rest = hours < first ? hours : fmax(hours - 1 + first, first);

    return operating_advance(days, rates, from, rest);
}

static double
ratio_of(int64_t events, double expected, double prior)
{
    const double mean = prior > .01 ? prior : .01;

    return ((double)events + OPERATING_PSEUDO_EVENTS) / (expected + OPERATING_PSEUDO_EVENTS / mean);
}

void
operating_ratios(const int64_t events[OPERATING_CLASSES],
    const int64_t exposure_hours[OPERATING_CLASSES], const double *prior,
    double ratios[OPERATING_CLASSES])
{
    const bool known = events[0] > 0 && exposure_hours[0] > 0;
    const double rate = known ? (double)events[0] / (double)exposure_hours[0] : 0;

    ratios[0] = 1;
    for (int i = 1; i < OPERATING_CLASSES; i++) {
        const double own = i == OPERATING_CLASSES - 1 ? ratios[i - 1] : prior ? prior[i] : 1;
        const double hours = (double)(exposure_hours[i] > 0 ? exposure_hours[i] : 0);

        ratios[i] = known ? ratio_of(events[i], rate * hours, own) : own;
    }
}

void
operating_rates(const double ratios[OPERATING_CLASSES], double rates[OPERATING_CLASSES])
{
    for (int i = 0; i < OPERATING_CLASSES; i++)
        rates[i] = ratios[i] > .35 ? 1 : round(ratios[i] * 24) / 24;
}

// Log of the share of all operating hours, waited by everybody, that one hour waited on a day of a class is.
static double
score_of_hour(const double rates[OPERATING_CLASSES],
    const int64_t exposure_hours[OPERATING_CLASSES], int day_class)
{
    double all = 0;

    for (int i = 0; i < OPERATING_CLASSES; i++)
        all += fmax(rates[i], RATE_SCORED) * (double)exposure_hours[i];
    return log(fmax(rates[day_class], RATE_SCORED) / all);
}

double
operating_gain(const int64_t events[OPERATING_CLASSES],
    const int64_t exposure_hours[OPERATING_CLASSES], const double *prior)
{
    static const double plain[OPERATING_CLASSES] = {1, 1, 1, 1};
    double gain = 0;
    int64_t all = 0;

    for (int class = 0; class < OPERATING_CLASSES; class ++) {
        int64_t others[OPERATING_CLASSES];
        double ratios[OPERATING_CLASSES], rates[OPERATING_CLASSES];

        if (events[class] <= 0 || exposure_hours[class] <= 0)
            continue;
        for (int i = 0; i < OPERATING_CLASSES; i++)
            others[i] = events[i] - (i == class);
        operating_ratios(others, exposure_hours, prior, ratios);
        operating_rates(ratios, rates);
        gain += (double)events[class] * (score_of_hour(rates, exposure_hours, class) -
                                            score_of_hour(plain, exposure_hours, class));
        all += events[class];
    }
    return all > 0 ? gain / (double)all : (double)NAN;
}
