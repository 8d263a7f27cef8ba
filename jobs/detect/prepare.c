#include "jobs/detect/prepare.h"

#include "detectors/journey/history.h"

int
shipment_prepare(const Rulebook *rulebook, Shipment *shipment, Scan *scans)
{
    const int carrier = history_settle_carrier(rulebook->catalogue, shipment);

    shipment->scan_count =
        history_normalise(rulebook->catalogue, carrier, scans, shipment->scan_count);
    promised_derive(&rulebook->promises, carrier, shipment);
    return carrier;
}
