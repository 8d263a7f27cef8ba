/*
 * The next scan comes after a time T with survival S, and is known after a further delay L, independent of it. Silence of s
 * is then no longer T > s, but T + L > s:
 *
 *     P(T + L > s) = S(s) + P(T <= s < T + L) = S(s) + sum_k P(L = h_k) [S(s - h_k) - S(s)]
 *
 * for delays of h_1, h_2, ... hours. Others are given to the two points beside them so that their mean stays what it is, which is
 * exact where S is straight between the points. (Occurred and not reported: J. F. Lawless, Canadian Journal of Statistics 22
 * (1994) 15-31; reporting delays as a second, convolved wait: R. Brookmeyer, J. Damiano, Statistics in Medicine 8 (1989) 23-34.)
 */
#include "detectors/stats/delay.h"

const double DELAY_HOURS[DELAY_POINTS] = {2, 6, 12, 24, 36, 48, 72, DELAY_HOURS_MAX};

int
delay_week(Instant at)
{
    const int week = (int)(at / (7 * HOURS_24) % DELAY_WEEKS);

    return week < 0 ? week + DELAY_WEEKS : week;
}

void
delay_counts(const double by_bin[BIN_COUNT], double counts[DELAY_POINTS + 1])
{
    int point = 0;

    for (int k = 0; k <= DELAY_POINTS; k++)
        counts[k] = 0;
    for (int bin = 0; bin < BIN_COUNT; bin++) {
        const double hours = (bin_edge(bin) + bin_edge(bin + 1)) / 2;

        while (point < DELAY_POINTS && DELAY_HOURS[point] <= hours)
            point++;
        if (point == DELAY_POINTS)
            break;
        if (point == 0) {
            counts[0] += by_bin[bin];
            continue;
        }

        const double before = DELAY_HOURS[point - 1];
        const double part = (hours - before) / (DELAY_HOURS[point] - before);

        counts[point] += (1 - part) * by_bin[bin];
        counts[point + 1] += part * by_bin[bin];
    }
}
