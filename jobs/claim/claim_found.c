/*
 * A parcel that turns up must not stay claimed. What was not submitted yet is void the same night. What was is withdrawn once
 * the parcel has arrived, here or there: void too, with a letter to the carrier, or a notice that its money is given back. A
 * parcel that is only seen again may yet be lost, and to withdraw and file anew could cost the deadline: its claim is flagged.
 */
#include "jobs/claim/filing.h"

// Somebody handled the parcel, and not to say that it is gone.
static bool
is_sign_of_life(const Scan *scan)
{
    return scan->physical && scan->milestone != MILESTONE_LOST &&
           scan->milestone != MILESTONE_DESTROYED && scan->milestone != MILESTONE_DAMAGED;
}

// Delivered or back with the sender, whenever that was.
static const Scan *
end_of_journey(const Parcel *parcel, ClaimGround ground)
{
    const int final = parcel->history.final;
    const Scan *const scan = final >= 0 ? &parcel->shipment->scans[final] : NULL;

    if (scan == NULL)
        return NULL;
    if (scan->milestone == MILESTONE_RETURNED)
        return ground == GROUND_LOSS || ground == GROUND_NOT_RECEIVED ? scan : NULL;
    if (scan->milestone == MILESTONE_DELIVERED)
        return ground == GROUND_LOSS || ground == GROUND_UNJUST_RETURN ? scan : NULL;
    return NULL;
}

// The last that was seen of a parcel whose loss is claimed, if somebody handled it. A scan that a carrier added late to an old
// silence has not found a parcel that is held for lost tonight.
static const Scan *
last_sign(const LedgerClaim *item, const Parcel *parcel)
{
    const int last = parcel->history.last_physical;
    const Scan *const scan = last >= 0 ? &parcel->shipment->scans[last] : NULL;
    const bool asked = item->claim.ground == GROUND_LOSS && !item->lost_tonight;

    return asked && scan != NULL && is_sign_of_life(scan) ? scan : NULL;
}

bool
found_by_scan(const LedgerClaim *item, const Parcel *parcel)
{
    return end_of_journey(parcel, item->claim.ground) == NULL && last_sign(item, parcel) != NULL;
}

Found
found_by(const LedgerClaim *item, const Parcel *parcel, Instant last_scan_at)
{
    const Scan *const end = end_of_journey(parcel, item->claim.ground);
    const Scan *const scan = last_sign(item, parcel);

    if (end != NULL)
        return (Found){end, true};
    if (scan == NULL || last_scan_at == INSTANT_NONE || scan->occurred_at <= last_scan_at)
        return (Found){0};
    return (Found){scan, false};
}

static bool
is_submitted(ClaimState state)
{
    return !claim_move_allowed(state, CLAIM_WAIVED) && state != CLAIM_WAIVED;
}

// What stays filed is flagged, and what is flagged already says so already.
static void
flag(Filing *filing, Sheet *sheet, ClaimKey key, const ClaimFound *found)
{
    filing->counts.flagged++;
    ARENA_PUSH(&sheet->found, *found);
    ARENA_PUSH(&sheet->remarks,
        ((ClaimRemark){key, "found", instant_print(sheet->arena, found->at),
            arena_printf(sheet->arena, "the parcel was seen again: %s", found->note)}));
}

void
found_note(Filing *filing, Sheet *sheet, const LedgerClaim *item, const Found *by)
{
    Arena *const arena = sheet->arena;
    const ClaimState state = item->claim.state;
    const ClaimKey key = {item->claim.shipment_id, item->claim.ground};
    const ClaimFound found = {.key = key,
        .note = filing_scan(filing, by->scan, arena),
        .at = by->scan->occurred_at,
        .milestone = by->scan->milestone,
        .place = by->scan->place};

    if (state == CLAIM_VOIDED)
        return;
    if (is_submitted(state) && !by->arrived) {
        if (item->found_as_of == INSTANT_NONE)
            flag(filing, sheet, key, &found);
        return;
    }
    filing->counts.withdrawn += is_submitted(state);
    filing->counts.voided += !is_submitted(state);
    ARENA_PUSH(&sheet->found, found);
    sheet_move(sheet, key, state, CLAIM_VOIDED,
        arena_printf(arena, "the parcel was found: %s", found.note));
}

void
found_undo(Sheet *sheet, const LedgerClaim *item)
{
    const ClaimKey key = {item->claim.shipment_id, item->claim.ground};

    ARENA_PUSH(
        &sheet->found, ((ClaimFound){.key = key, .note = "", .at = INSTANT_NONE, .place = ""}));
    ARENA_PUSH(&sheet->remarks,
        ((ClaimRemark){key, "lost_again", instant_print(sheet->arena, item->found_as_of),
            "the parcel is held for lost again"}));
}
