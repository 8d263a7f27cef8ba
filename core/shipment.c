#include "core/shipment.h"

#include <string.h>

static const char *const ORIGINS[PROMISE_ORIGIN_COUNT] = {
    [PROMISE_STATED] = "stated",
    [PROMISE_DERIVED] = "derived",
    [PROMISE_LEARNED] = "learned",
    [PROMISE_NONE] = "none",
};

static const char *
first_of(const char *zone, const char *country)
{
    return *zone != '\0' ? zone : *country != '\0' ? country : "?";
}

const char *
shipment_origin(const Shipment *shipment)
{
    return first_of(shipment->origin_zone, shipment->origin_country);
}

const char *
shipment_destination(const Shipment *shipment)
{
    return first_of(shipment->destination_zone, shipment->destination_country);
}

const char *
promise_origin_name(PromiseOrigin origin)
{
    return ORIGINS[origin];
}

PromiseOrigin
promise_origin_from_name(const char *name)
{
    for (int origin = 0; origin < PROMISE_NONE; origin++)
        if (strcmp(ORIGINS[origin], name) == 0)
            return (PromiseOrigin)origin;
    return PROMISE_NONE;
}

PromiseOrigin
shipment_promise_origin(const Shipment *shipment)
{
    return shipment->promised_at == INSTANT_NONE ? PROMISE_NONE : shipment->promise_origin;
}

bool
shipment_promised_by(const Shipment *shipment, Instant at)
{
    switch (shipment_promise_origin(shipment)) {
    case PROMISE_STATED:
        return true;
    case PROMISE_DERIVED:
        return shipment->accepted_at <= at;
    default:
        return false;
    }
}

Money
shipment_value(const Shipment *shipment)
{
    if (money_is_known(shipment->declared_value))
        return shipment->declared_value;
    if (money_is_known(shipment->purchase_value))
        return shipment->purchase_value;
    return shipment->sale_value;
}
