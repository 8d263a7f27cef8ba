/*
 * At an instant at which d of all n end, group j (n_j at risk) is expected to lose E_j = d n_j / n. Given the margins
 * the d_j are hypergeometric:
 *
 *     V_jk = sum d (n - d) / (n - 1) (n_j / n) ([j = k] - n_k / n),     chi^2 = (O - E)' V^- (O - E)
 *
 * One group is dropped, since the O - E add up to 0, and so are groups that were never at risk.
 *
 * N. Mantel, Cancer Chemother. Rep. 50 (1966) 163-170; R. Peto, J. Peto, J. R. Statist. Soc. A 135 (1972) 185-207.
 */
#include "detectors/stats/log_rank.h"

#include "detectors/stats/order.h"
#include "detectors/stats/special.h"

#include <math.h>
#include <stdlib.h>

typedef struct Member
{
    double time, weight;
    bool ended;
    size_t group;
} Member;

typedef struct Tally
{
    size_t groups;
    double *observed, *expected, *at_risk,
        *ended;        // per group; the last two at the instant looked at
    double *variance;  // groups x groups
} Tally;

static int
later_first(const void *a, const void *b)
{
    return order_of(((const Member *)b)->time, ((const Member *)a)->time);
}

static Member *
sort_members(Arena *arena, const CensoredGap *gaps, const int *groups, size_t count,
    size_t group_count, size_t *kept)
{
    Member *const members = ARENA_ARRAY(arena, Member, count);
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (censored_gap_is_usable(&gaps[i]) && groups[i] >= 0 && (size_t)groups[i] < group_count)
            members[n++] = (Member){.time = gaps[i].time,
                .weight = gaps[i].weight,
                .ended = gaps[i].ended && isfinite(gaps[i].time),
                .group = (size_t)groups[i]};
    if (n > 0)
        qsort(members, n, sizeof *members, later_first);
    *kept = n;
    return members;
}

static void
add_instant(Tally *tally)
{
    double ended = 0;
    double at_risk = 0;

    for (size_t j = 0; j < tally->groups; j++) {
        ended += tally->ended[j];
        at_risk += tally->at_risk[j];
    }
    if (!(ended > 0))
        return;

    const double spread = at_risk > 1 ? ended * fmax(at_risk - ended, 0) / (at_risk - 1) : 0;

    for (size_t j = 0; j < tally->groups; j++) {
        const double share = tally->at_risk[j] / at_risk;

        tally->observed[j] += tally->ended[j];
        tally->expected[j] += ended * share;
        for (size_t k = 0; k < tally->groups; k++)
            tally->variance[j * tally->groups + k] +=
                spread * share * ((j == k ? 1 : 0) - tally->at_risk[k] / at_risk);
    }
}

// Walks back in time, so that whoever is reached has been at risk at all earlier instants.
static void
walk(Tally *tally, const Member *members, size_t count)
{
    for (size_t i = 0; i < count;) {
        const double time = members[i].time;

        for (size_t j = 0; j < tally->groups; j++)
            tally->ended[j] = 0;
        for (; i < count && members[i].time == time; i++) {
            tally->at_risk[members[i].group] += members[i].weight;
            tally->ended[members[i].group] += members[i].ended ? members[i].weight : 0;
        }
        add_instant(tally);
    }
}

static bool
compare(Arena *arena, const Tally *tally, double *chi_squared, size_t *degrees)
{
    size_t *const used = ARENA_ARRAY(arena, size_t, tally->groups);
    size_t n = 0;

    for (size_t j = 0; j < tally->groups; j++)
        if (tally->expected[j] > 0)
            used[n++] = j;
    if (n < 2)
        return false;

    const size_t size = n - 1;
    double *const matrix = ARENA_ARRAY(arena, double, size *size);
    double *const excess = ARENA_ARRAY(arena, double, size);
    double *const solution = ARENA_ARRAY(arena, double, size);

    for (size_t j = 0; j < size; j++) {
        excess[j] = tally->observed[used[j]] - tally->expected[used[j]];
        for (size_t k = 0; k < size; k++)
            matrix[j * size + k] = tally->variance[used[j] * tally->groups + used[k]];
    }
    if (!special_solve(size, matrix, excess, solution))
        return false;
    *degrees = size;
    *chi_squared = 0;
    for (size_t j = 0; j < size; j++)
        *chi_squared += excess[j] * solution[j];
    return true;
}

bool
log_rank(Arena *arena, const CensoredGap *gaps, const int *groups, size_t count, size_t group_count,
    LogRank *out)
{
    size_t kept = 0;
    const Member *const members = sort_members(arena, gaps, groups, count, group_count, &kept);
    Tally tally = {.groups = group_count,
        .observed = ARENA_ARRAY(arena, double, group_count),
        .expected = ARENA_ARRAY(arena, double, group_count),
        .at_risk = ARENA_ARRAY(arena, double, group_count),
        .ended = ARENA_ARRAY(arena, double, group_count),
        .variance = ARENA_ARRAY(arena, double, group_count *group_count)};
    double chi_squared = 0;
    size_t degrees = 0;

    walk(&tally, members, kept);
    if (!compare(arena, &tally, &chi_squared, &degrees))
        return false;
    *out = (LogRank){.chi_squared = chi_squared,
        .degrees = degrees,
        .p = special_chi_squared_above(chi_squared, (double)degrees),
        .observed = tally.observed,
        .expected = tally.expected};
    return true;
}
