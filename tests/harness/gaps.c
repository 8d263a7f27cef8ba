#include "tests/harness/gaps.h"

#include "tests/harness/oracle.h"

#include <math.h>

// S. H. Embury et al., West. J. Med. 126 (1977) 267-272; R. G. Miller, Survival Analysis, Wiley 1981, p. 49: weeks of
// complete remission of leukaemia with and without maintenance.
const int gaps_maintained[] = {9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161, 0};
const int gaps_not_maintained[] = {5, 5, 8, 8, 12, -16, 23, 27, 30, 33, 43, 45, 0};

// E. A. Gehan, Biometrika 52 (1965) 203-223, after Freireich et al. (1963): weeks of remission, 6-MP against placebo.
const int gaps_six_mp[] = {
    6, 6, 6, 7, 10, 13, 16, 22, 23, -6, -9, -10, -11, -17, -19, -20, -25, -32, -32, -34, -35, 0};
const int gaps_placebo[] = {
    1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23, 0};

size_t
gaps_of(const int *signed_times, CensoredGap *gaps)
{
    size_t n = 0;

    for (; signed_times[n] != 0; n++)
        gaps[n] = (CensoredGap){
            .time = fabs((double)signed_times[n]), .ended = signed_times[n] > 0, .weight = 1};
    return n;
}

CensoredGap *
gaps_from_data(Arena *arena, const char *name, size_t *count)
{
    const double *const time = oracle_column(arena, name, 0, count);
    const double *const status = oracle_column(arena, name, 1, count);
    CensoredGap *const gaps = ARENA_ARRAY(arena, CensoredGap, *count);

    for (size_t i = 0; i < *count; i++)
        gaps[i] = (CensoredGap){.time = time[i], .ended = status[i] > 0, .weight = 1};
    return gaps;
}
