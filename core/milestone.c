#include "core/milestone.h"

#include <string.h>

static const struct
{
    const char *name, *label;
} words[MILESTONE_COUNT] = {
    [MILESTONE_UNMAPPED] = {"unmapped", "unmapped code"},
    [MILESTONE_ANNOUNCED] = {"announced", "announced"},
    [MILESTONE_ACCEPTED] = {"accepted", "accepted"},
    [MILESTONE_IN_TRANSIT] = {"in_transit", "in transit"},
    [MILESTONE_DELIVERY_DEPOT] = {"delivery_depot", "at the delivery depot"},
    [MILESTONE_CUSTOMS] = {"customs", "in customs"},
    [MILESTONE_CUSTOMS_HELD] = {"customs_held", "held by customs"},
    [MILESTONE_CUSTOMS_CLEARED] = {"customs_cleared", "cleared by customs"},
    [MILESTONE_OUT_FOR_DELIVERY] = {"out_for_delivery", "out for delivery"},
    [MILESTONE_ATTEMPT_FAILED] = {"attempt_failed", "failed delivery attempt"},
    [MILESTONE_ADDRESS_PROBLEM] = {"address_problem", "address problem"},
    [MILESTONE_REFUSED] = {"refused", "refused"},
    [MILESTONE_AVAILABLE_FOR_PICKUP] = {"available_for_pickup", "available for pick-up"},
    [MILESTONE_HELD] = {"held", "held"},
    [MILESTONE_DELAYED] = {"delayed", "delay announced"},
    [MILESTONE_DAMAGED] = {"damaged", "damaged"},
    [MILESTONE_LOST] = {"lost", "lost"},
    [MILESTONE_DESTROYED] = {"destroyed", "destroyed"},
    [MILESTONE_RETURNING] = {"returning", "returning"},
    [MILESTONE_RETURNED] = {"returned", "returned"},
    [MILESTONE_DELIVERED] = {"delivered", "delivered"},
    [MILESTONE_CANCELLED] = {"cancelled", "cancelled"},
    [MILESTONE_CLAIM_NEWS] = {"claim_news", "claim news"},
    [MILESTONE_INFORMATION] = {"information", "information"},
};

const char *
milestone_name(Milestone milestone)
{
    return words[milestone].name;
}

const char *
milestone_label(Milestone milestone)
{
    return words[milestone].label;
}

bool
milestone_parse(const char *name, Milestone *out)
{
    for (int i = MILESTONE_UNMAPPED + 1; i < MILESTONE_COUNT; i++)
        if (strcmp(name, words[i].name) == 0) {
            *out = (Milestone)i;
            return true;
        }
    return false;
}

bool
milestone_is_physical(Milestone milestone)
{
    switch (milestone) {
    case MILESTONE_UNMAPPED:
    case MILESTONE_ANNOUNCED:
    case MILESTONE_DELAYED:
    case MILESTONE_LOST:
    case MILESTONE_CANCELLED:
    case MILESTONE_CLAIM_NEWS:
    case MILESTONE_INFORMATION:
        return false;
    default:
        return true;
    }
}
