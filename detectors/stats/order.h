/*
 * order.h - numbers in order, for qsort: none of them NAN.
 */
#ifndef DETECTORS_STATS_ORDER_H
#define DETECTORS_STATS_ORDER_H

#include <stddef.h>

// Below, at or above 0 as a is below, at or above b.
static inline int
order_of(double a, double b)
{
    return (a > b) - (a < b);
}

// A value and where it stood.
typedef struct OrderPlace
{
    double value;
    size_t index;
} OrderPlace;

// Sort by value; equal ones by index, rising either way, so that there is but one order.
void order_rising(OrderPlace *places, size_t count);
void order_falling(OrderPlace *places, size_t count);

#endif
