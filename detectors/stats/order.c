#include "detectors/stats/order.h"

#include <stdlib.h>

static int
by_index(const OrderPlace *a, const OrderPlace *b)
{
    return (a->index > b->index) - (a->index < b->index);
}

static int
rising(const void *left, const void *right)
{
    const OrderPlace *const a = left;
    const OrderPlace *const b = right;

    return a->value != b->value ? order_of(a->value, b->value) : by_index(a, b);
}

static int
falling(const void *left, const void *right)
{
    const OrderPlace *const a = left;
    const OrderPlace *const b = right;

    return a->value != b->value ? order_of(b->value, a->value) : by_index(a, b);
}

// Of nothing qsort must not even be given the address.
static void
sort(OrderPlace *places, size_t count, int (*compare)(const void *, const void *))
{
    if (count > 1)
        qsort(places, count, sizeof *places, compare);
}

void
order_rising(OrderPlace *places, size_t count)
{
    sort(places, count, rising);
}

void
order_falling(OrderPlace *places, size_t count)
{
    sort(places, count, falling);
}
