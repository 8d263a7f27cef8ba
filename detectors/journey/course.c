#include "detectors/journey/course.h"

#include "detectors/journey/contradictions.h"

// What makes a carrier send a parcel back, or keep it from the recipient.
#define REASONS                                                                                    \
    (OF(MILESTONE_REFUSED) | OF(MILESTONE_ATTEMPT_FAILED) | OF(MILESTONE_ADDRESS_PROBLEM) |        \
        OF(MILESTONE_AVAILABLE_FOR_PICKUP) | OF(MILESTONE_HELD) | OF(MILESTONE_CUSTOMS_HELD) |     \
        OF(MILESTONE_DAMAGED) | OF(MILESTONE_DELIVERED) | OF(MILESTONE_CANCELLED))

bool
course_is(const Scan *scan, Instant as_of, Milestones set)
{
    return (set & OF(scan->milestone)) != 0 && history_knows(scan, as_of);
}

int
course_first(const Shipment *shipment, Instant as_of, int from, Milestones set)
{
    for (int i = from; i < (int)shipment->scan_count; i++)
        if (course_is(&shipment->scans[i], as_of, set))
            return i;
    return -1;
}

int
course_last(const Shipment *shipment, Instant as_of, Milestones set)
{
    int last = (int)shipment->scan_count - 1;

    while (last >= 0 && !course_is(&shipment->scans[last], as_of, set))
        last--;
    return last;
}

int
course_count(const Shipment *shipment, Instant as_of, int from, Milestones set)
{
    int count = 0;

    for (int i = from; i < (int)shipment->scan_count; i++)
        count += course_is(&shipment->scans[i], as_of, set);
    return count;
}

int
course_return(const Shipment *shipment, Instant as_of)
{
    const int settled = course_last(shipment, as_of,
        OF(MILESTONE_DELIVERED) | OF(MILESTONE_RETURNED) | OF(MILESTONE_DESTROYED));

    return course_first(
        shipment, as_of, settled + 1, OF(MILESTONE_RETURNING) | OF(MILESTONE_REFUSED));
}

bool
course_returns_for_nothing(const Shipment *shipment, Instant as_of)
{
    const int back =
        course_first(shipment, as_of, 0, OF(MILESTONE_RETURNING) | OF(MILESTONE_RETURNED));

    for (int i = 0; i < back; i++)
        if (course_is(&shipment->scans[i], as_of, REASONS | OF(MILESTONE_UNMAPPED)))
            return false;
    return back >= 0;
}

bool
course_ended_badly(const Shipment *shipment, Instant as_of, int64_t tolerance_hours)
{
    const Milestones harm = OF(MILESTONE_DAMAGED) | OF(MILESTONE_DESTROYED);

    return course_last(shipment, as_of, harm) >= 0 || course_returns_for_nothing(shipment, as_of) ||
           contradiction_after_delivery(shipment, as_of, tolerance_hours).kind !=
               CONTRADICTION_NONE;
}
