/*
 * A parcel that turns up must not stay claimed. What was not submitted yet is void the same night. What was is flagged: to
 * withdraw it is a letter to the carrier, and perhaps money to give back, so a person does it (vigie claims withdraw).
 */
#include "jobs/night/filing.h"

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

const Scan *
found_by(const LedgerClaim *item, const Parcel *parcel, Instant last_scan_at)
{
    const int last = parcel->history.last_physical;
    const Scan *const scan = last >= 0 ? &parcel->shipment->scans[last] : NULL;
    const Scan *const end = end_of_journey(parcel, item->claim.ground);

    if (end != NULL)
        return end;
    // A scan that a carrier added late to an old silence has not found a parcel that is held for lost tonight.
    if (item->claim.ground != GROUND_LOSS || item->lost_tonight || scan == NULL ||
        !is_sign_of_life(scan) || last_scan_at == INSTANT_NONE || scan->occurred_at <= last_scan_at)
        return NULL;
    return scan;
}

static bool
is_submitted(ClaimState state)
{
    return !claim_move_allowed(state, CLAIM_WAIVED) && state != CLAIM_WAIVED;
}

void
found_note(Filing *filing, Sheet *sheet, const LedgerClaim *item, const Scan *scan)
{
    Arena *const arena = sheet->arena;
    const ClaimKey key = {item->claim.shipment_id, item->claim.ground};
    const char *const words = filing_scan(filing, scan, arena);
    const char *const note = arena_printf(arena, "the parcel was found: %s", words);

    if (item->claim.state == CLAIM_VOIDED || item->found_as_of != INSTANT_NONE)
        return;
    ARENA_PUSH(&sheet->found, ((ClaimFound){key, words}));
    if (is_submitted(item->claim.state)) {
        filing->counts.flagged++;
        ARENA_PUSH(&sheet->remarks,
            ((ClaimRemark){key, "found", instant_print(arena, scan->occurred_at), note}));
        return;
    }
    filing->counts.voided++;
    sheet_move(sheet, key, item->claim.state, CLAIM_VOIDED, note);
}

void
found_undo(Sheet *sheet, const LedgerClaim *item)
{
    const ClaimKey key = {item->claim.shipment_id, item->claim.ground};

    ARENA_PUSH(&sheet->found, ((ClaimFound){key, ""}));
    ARENA_PUSH(&sheet->remarks,
        ((ClaimRemark){key, "lost_again", instant_print(sheet->arena, item->found_as_of),
            "the parcel is held for lost again"}));
}
