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

// The stretch that holds a duration; the first one for none.
static const Stretch *
stretch_of(double hours)
{
    int row = hours >= 96 ? 3 : 0;

    while (row + 1 < STRETCHES && hours >= stretches[row + 1].start)
        row++;
    return &stretches[row];
}

int
bin_of_any(double hours)
{
    if (!(hours >= .25))  // NaN too
        return 0;
    if (hours >= 2160)
        return BIN_COUNT - 1;

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

BinSpot
bin_place(double hours)
{
    const Stretch *const stretch = stretch_of(hours);
    const double steps = hours > 0 ? (hours - stretch->start) / stretch->width : 0;
    const int whole =
        stretch->first + steps < BIN_COUNT - 1 ? (int)steps : BIN_COUNT - 1 - stretch->first;

    return (BinSpot){.bin = stretch->first + whole, .part = steps - whole};
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

float
bin_within(const float at_edges[BIN_COUNT + 1], BinSpot spot)
{
    return bin_value_single(at_edges, spot) - at_edges[coarse_starts[coarse_of[spot.bin]]];
}

double
bin_bent(const float rises[BIN_COARSE_COUNT], const float factor[BIN_COARSE_COUNT], int coarse,
    double within)
{
    return sum_products(rises, factor, coarse) + (double)factor[coarse] * within;
}

// Where the line through two neighbouring edges reaches a value.
static double
reached_within(int bin, double begin, double end, double value)
{
    const double width = bin_edge(bin + 1) - bin_edge(bin);

    return end > begin ? bin_edge(bin) + width * (value - begin) / (end - begin) : INFINITY;
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
    return reached_within(low, at_edges[low], at_edges[high], value);
}

// The same between two edges of a curve in single precision; the first one when that reaches it.
static double
single_inverse(const float *at_edges, int low, int high, double value)
{
    if ((double)at_edges[low] >= value)
        return bin_edge(low);
    while (high - low > 1) {
        const int middle = (low + high) / 2;

        if ((double)at_edges[middle] >= value)
            high = middle;
        else
            low = middle;
    }
    return reached_within(low, (double)at_edges[low], (double)at_edges[high], value);
}

double
bin_inverse_single(const float at_edges[BIN_COUNT + 1], double value)
{
    return single_inverse(at_edges, 0, BIN_COUNT, value);
}

// Coarse bins one after the other, as most waits end early. Rounding must not look behind one for what is reached in it.
double
bin_inverse_bent(const float at_edges[BIN_COUNT + 1], const float rises[BIN_COARSE_COUNT],
    const float factor[BIN_COARSE_COUNT], double value)
{
    double before = 0;
    int coarse = 0;

    while (coarse + 1 < BIN_COARSE_COUNT &&
           before + (double)(rises[coarse] * factor[coarse]) < value) {
        before += (double)(rises[coarse] * factor[coarse]);
        coarse++;
    }

    const int first = coarse_starts[coarse], end = coarse_starts[coarse + 1];
    const double wanted = (double)at_edges[first] + (value - before) / (double)factor[coarse];

    return single_inverse(at_edges, first, end,
        coarse + 1 < BIN_COARSE_COUNT ? fmin(wanted, (double)at_edges[end]) : wanted);
}
