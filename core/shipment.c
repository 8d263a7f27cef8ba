#include "core/shipment.h"

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

Money
shipment_value(const Shipment *shipment)
{
    if (money_is_known(shipment->declared_value))
        return shipment->declared_value;
    if (money_is_known(shipment->purchase_value))
        return shipment->purchase_value;
    return shipment->sale_value;
}
