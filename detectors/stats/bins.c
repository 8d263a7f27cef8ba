/*
 * Bins by arithmetic: each stretch of equal widths is one row, so both directions cost a few comparisons.
 */
#include "detectors/stats/bins.h"

#include <math.h>
#include <string.h>

typedef struct Stretch
{
    int first;            // fine bin at its start
    double start, width;  // hours
} Stretch;

static const Stretch stretches[] = {
    {.first = 0, .start = 0, .width = .25}, {.first = 2, .start = .5, .width = .5},
    {.first = BIN_HOURLY_FIRST, .start = 1, .width = 1}, {.first = 98, .start = 96, .width = 2},
    {.first = 170, .start = 240, .width = 12}, {.first = 192, .start = 504, .width = 48},
    {.first = 201, .start = 936, .width = 24}, {.first = 202, .start = 960, .width = 240},
    {.first = 207, .start = 2160, .width = 720},  // the open bin, at a nominal width
};

enum
{
    STRETCHES = sizeof stretches / sizeof stretches[0],
};

static const uint8_t coarse_starts[BIN_COARSE_COUNT + 1] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    10,                                                       // to 8 h
    12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 34, 38, 42, 46,   // 10 h to 44 h
    50, 54, 58, 66, 74, 82, 90, 98, 104, 110, 116, 122, 128,  // 48 h to 156 h
    134, 146, 158, 170, 174, 178, 182, 186, 192, 194, 197, 201, 203, 205, 207, BIN_COUNT};

#define TWO(n)    n, n
#define FOUR(n)   TWO(n), TWO(n)
#define SIX(n)    FOUR(n), TWO(n)
#define EIGHT(n)  FOUR(n), FOUR(n)
#define TWELVE(n) EIGHT(n), FOUR(n)

// The coarse bin of each fine one.
static const uint8_t coarse_of[BIN_COUNT] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, TWO(10), TWO(11),
    TWO(12), TWO(13), TWO(14), TWO(15), TWO(16), TWO(17), TWO(18), TWO(19), FOUR(20), FOUR(21),
    FOUR(22), FOUR(23), FOUR(24), FOUR(25), FOUR(26), EIGHT(27), EIGHT(28), EIGHT(29), EIGHT(30),
    EIGHT(31), SIX(32), SIX(33), SIX(34), SIX(35), SIX(36), SIX(37), TWELVE(38), TWELVE(39),
    TWELVE(40), FOUR(41), FOUR(42), FOUR(43), FOUR(44), SIX(45), TWO(46), TWO(47), 47, FOUR(48),
    TWO(49), TWO(50), TWO(51), 52};

// Four products at once.
typedef float Four __attribute__((vector_size(4 * sizeof(float))));

// The stretch that holds a duration of at least .25 h.
static const Stretch *
stretch_of(double hours)
{
    int row = hours >= 96 ? 3 : 0;

    while (row + 1 < STRETCHES && hours >= stretches[row + 1].start)
        row++;
    return &stretches[row];
}

int
bin_of(double hours)
{
    if (!(hours >= .25))  // NaN too
        return 0;
    if (hours >= 2160)
        return BIN_COUNT - 1;

    if (hours >= 1 && hours < BIN_HOURLY_END)  // most of them
        return BIN_HOURLY_FIRST - 1 + (int)hours;

    const Stretch *const stretch = stretch_of(hours);

    return stretch->first + (int)((hours - stretch->start) / stretch->width);
}

double
bin_edge(int bin)
{
    int row = bin >= stretches[2].first ? 2 : 0;  // most of them

    while (row + 1 < STRETCHES && bin >= stretches[row + 1].first)
        row++;
    return stretches[row].start + (bin - stretches[row].first) * stretches[row].width;
}

int
bin_coarse(int bin)
{
    return coarse_of[bin];
}

int
bin_coarse_start(int coarse)
{
    return coarse_starts[coarse];
}

// Within a stretch a bin's width is the same, so its start need not be looked up.
int
bin_place(double hours, double *part)
{
    const int bin = bin_of(hours);
    const Stretch *const stretch = stretch_of(hours);
    const double start = stretch->start + (bin - stretch->first) * stretch->width;

    *part = hours > 0 ? (hours - start) / stretch->width : 0;
    return bin;
}

void
bin_rises(const float at_edges[BIN_COUNT + 1], float rises[BIN_COARSE_COUNT])
{
    for (int i = 0; i < BIN_COARSE_COUNT; i++)
        rises[i] = at_edges[coarse_starts[i + 1]] - at_edges[coarse_starts[i]];
}

static double
sum_products(const float *a, const float *b, int count)
{
    Four sums = {0};
    double rest = 0;
    int i = 0;

    for (; i + 4 <= count; i += 4) {
        Four left, right;

        memcpy(&left, a + i, sizeof left);
        memcpy(&right, b + i, sizeof right);
        sums += left * right;
    }
    for (; i < count; i++)
        rest += (double)(a[i] * b[i]);
    return rest + (double)(sums[0] + sums[1] + sums[2] + sums[3]);
}

double
bin_interpolate_bent(const float at_edges[BIN_COUNT + 1], const float rises[BIN_COARSE_COUNT],
    const float factor[BIN_COARSE_COUNT], double hours)
{
    double part;
    const int bin = bin_find(hours, &part);
    const int coarse = coarse_of[bin];
    const float *const at = &at_edges[bin];
    const double within =
        (double)(at[0] - at_edges[coarse_starts[coarse]]) + (double)(at[1] - at[0]) * part;

    return sum_products(rises, factor, coarse) + (double)factor[coarse] * within;
}

double
bin_inverse(const double at_edges[BIN_COUNT + 1], double value)
{
    int low = 0, high = BIN_COUNT;  // the first edge that reaches value is in low..high

    if (at_edges[0] >= value)
        return 0;
    while (high - low > 1) {
        const int middle = (low + high) / 2;

        if (at_edges[middle] >= value)
            high = middle;
        else
            low = middle;
    }

    const double rise = at_edges[high] - at_edges[low];
    const double width = bin_edge(high) - bin_edge(low);

    if (!(rise > 0))
        return INFINITY;
    return bin_edge(low) + width * (value - at_edges[low]) / rise;
}
