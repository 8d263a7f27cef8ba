/*
 * Learned states as sums: two sorted lists walked side by side, like the merging of two ledgers.
 */
#include "core/cohort.h"

#include <math.h>
#include <string.h>

static int
by_number(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

int
cohort_compare(const void *left, const void *right)
{
    const Cohort *const a = left;
    const Cohort *const b = right;
    const char *const names_a[] = {a->carrier, a->service, a->origin, a->destination};
    const char *const names_b[] = {b->carrier, b->service, b->origin, b->destination};
    int order = by_number((int64_t)a->kind, (int64_t)b->kind);

    if (order == 0)
        order = by_number((int64_t)a->measure, (int64_t)b->measure);
    if (order == 0)
        order = by_number((int64_t)a->stage, (int64_t)b->stage);
    for (size_t i = 0; i < 4 && order == 0; i++)
        order = strcmp(names_a[i], names_b[i]);
    return order != 0 ? order : by_number(a->part, b->part);
}

int
cohort_day_compare(const void *left, const void *right)
{
    const CohortDay *const a = left;
    const CohortDay *const b = right;
    int order = by_number((int64_t)a->measure, (int64_t)b->measure);

    if (order == 0)
        order = by_number((int64_t)a->stage, (int64_t)b->stage);
    if (order == 0)
        order = strcmp(a->carrier, b->carrier);
    return order != 0 ? order : by_number(a->day, b->day);
}

int
cohort_clock_compare(const void *left, const void *right)
{
    const CohortClock *const a = left;
    const CohortClock *const b = right;
    int order = by_number((int64_t)a->measure, (int64_t)b->measure);

    if (order == 0)
        order = by_number((int64_t)a->stage, (int64_t)b->stage);
    return order != 0 ? order : strcmp(a->carrier, b->carrier);
}

// a + sign b bin by bin; empty bins go. False when a bin would become negative.
static bool
add_bins(Arena *arena, const Cohort *a, const Cohort *b, int sign, Cohort *out)
{
    const size_t most = a->bin_count + b->bin_count;
    int16_t *const bins = ARENA_ARRAY(arena, int16_t, most);
    int64_t *const ended = ARENA_ARRAY(arena, int64_t, most);
    int64_t *const waited = ARENA_ARRAY(arena, int64_t, most);
    size_t count = 0;

    for (size_t i = 0, j = 0; i < a->bin_count || j < b->bin_count;) {
        const bool left = i < a->bin_count && (j >= b->bin_count || a->bins[i] <= b->bins[j]);
        const bool right = j < b->bin_count && (i >= a->bin_count || b->bins[j] <= a->bins[i]);

        bins[count] = left ? a->bins[i] : b->bins[j];
        ended[count] = (left ? a->ended[i] : 0) + (right ? sign * b->ended[j] : 0);
        waited[count] = (left ? a->waited[i] : 0) + (right ? sign * b->waited[j] : 0);
        if (ended[count] < 0 || waited[count] < 0)
            return false;
        count += ended[count] > 0 || waited[count] > 0;
        i += left;
        j += right;
    }
    *out = *a;
    out->bin_count = count;
    out->bins = bins;
    out->ended = ended;
    out->waited = waited;
    return true;
}

static bool
combine_cohorts(Arena *arena, const Learned *a, const Learned *b, int sign, Learned *out)
{
    Cohort *const items = ARENA_ARRAY(arena, Cohort, a->cohort_count + b->cohort_count);
    size_t count = 0;

    for (size_t i = 0, j = 0; i < a->cohort_count || j < b->cohort_count;) {
        const int order = i == a->cohort_count   ? 1
                          : j == b->cohort_count ? -1
                                                 : cohort_compare(&a->cohorts[i], &b->cohorts[j]);

        if (order > 0 && sign < 0)
            return false;
        if (order < 0)
            items[count] = a->cohorts[i];
        else if (order > 0)
            items[count] = b->cohorts[j];
        else if (!add_bins(arena, &a->cohorts[i], &b->cohorts[j], sign, &items[count]))
            return false;
        count += items[count].bin_count > 0;
        i += order <= 0;
        j += order >= 0;
    }
    out->cohorts = items;
    out->cohort_count = count;
    return true;
}

static bool
combine_days(Arena *arena, const Learned *a, const Learned *b, int sign, Learned *out)
{
    CohortDay *const items = ARENA_ARRAY(arena, CohortDay, a->day_count + b->day_count);
    size_t count = 0;

    for (size_t i = 0, j = 0; i < a->day_count || j < b->day_count;) {
        const int order = i == a->day_count   ? 1
                          : j == b->day_count ? -1
                                              : cohort_day_compare(&a->days[i], &b->days[j]);
        CohortDay day = order <= 0 ? a->days[i] : b->days[j];

        if (order > 0)
            day.closed = day.open = 0;
        if (order >= 0) {
            day.closed += sign * b->days[j].closed;
            day.open += sign * b->days[j].open;
        }
        if (day.closed < 0 || day.open < 0)
            return false;
        if (day.closed > 0 || day.open > 0)
            items[count++] = day;
        i += order <= 0;
        j += order >= 0;
    }
    out->days = items;
    out->day_count = count;
    return true;
}

bool
learned_combine(Arena *arena, const Learned *a, const Learned *b, int sign, const Learned **out)
{
    Learned *const sum = ARENA_NEW(arena, Learned);

    *sum = *a;
    if (b->as_of > a->as_of)
        sum->as_of = b->as_of;
    sum->shipments += sign * b->shipments;
    sum->scans += sign * b->scans;
    sum->gaps += sign * b->gaps;
    if (a->landmark != b->landmark || sum->shipments < 0 || sum->scans < 0 || sum->gaps < 0 ||
        !combine_cohorts(arena, a, b, sign, sum) || !combine_days(arena, a, b, sign, sum))
        return false;
    *out = sum;
    return true;
}

static bool
cohorts_equal(const Cohort *a, const Cohort *b)
{
    return cohort_compare(a, b) == 0 && a->bin_count == b->bin_count &&
           memcmp(a->bins, b->bins, a->bin_count * sizeof *a->bins) == 0 &&
           memcmp(a->ended, b->ended, a->bin_count * sizeof *a->ended) == 0 &&
           memcmp(a->waited, b->waited, a->bin_count * sizeof *a->waited) == 0;
}

static bool
clocks_equal(const CohortClock *a, const CohortClock *b)
{
    return cohort_clock_compare(a, b) == 0 && memcmp(a->events, b->events, sizeof a->events) == 0 &&
           memcmp(a->exposure_hours, b->exposure_hours, sizeof a->exposure_hours) == 0;
}

double
learned_weight_of_parcel(const Learned *learned)
{
    int64_t sum = 0;

    for (size_t i = 0; i < learned->day_count; i++)
        sum += learned->days[i].closed + learned->days[i].open;
    return learned->gaps > 0 ? fmax((double)sum / COHORT_UNIT / (double)learned->gaps, 1) : 1;
}

size_t
cohort_same_place(const Learned *learned, size_t first)
{
    const Cohort *const head = &learned->cohorts[first];
    size_t end = first + 1;

    while (end < learned->cohort_count && learned->cohorts[end].kind == head->kind &&
           learned->cohorts[end].measure == head->measure &&
           learned->cohorts[end].stage == head->stage)
        end++;
    return end;
}

bool
learned_equal(const Learned *a, const Learned *b)
{
    bool equal = a->as_of == b->as_of && a->landmark == b->landmark &&
                 a->shipments == b->shipments && a->scans == b->scans && a->gaps == b->gaps &&
                 a->cohort_count == b->cohort_count && a->day_count == b->day_count &&
                 a->clock_count == b->clock_count;

    for (size_t i = 0; equal && i < a->cohort_count; i++)
        equal = cohorts_equal(&a->cohorts[i], &b->cohorts[i]);
    for (size_t i = 0; equal && i < a->day_count; i++)
        equal = cohort_day_compare(&a->days[i], &b->days[i]) == 0 &&
                a->days[i].closed == b->days[i].closed && a->days[i].open == b->days[i].open;
    for (size_t i = 0; equal && i < a->clock_count; i++)
        equal = clocks_equal(&a->clocks[i], &b->clocks[i]);
    return equal;
}
