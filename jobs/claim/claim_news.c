/*
 * Some carriers report on a claim by codes in the parcel's tracking ("investigation opened", "claim paid"). The catalogue says
 * where such a code moves a claim; a code that leaves it open, or a move that the ledger does not allow, is only remembered.
 * That money was paid is not that it arrived: the code for it means "approved", and a settlement credits.
 */
#include "jobs/claim/filing.h"

#include <string.h>

static bool
is_known(const char *const *keys, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(keys[i], key) == 0)
            return true;
    return false;
}

static const CodeRow *
row_of(const Filing *filing, const Parcel *parcel, const Scan *scan)
{
    const Catalogue *const catalogue = filing->run->rulebook.catalogue;
    const char *const carrier =
        text_is_empty(scan->carrier) ? parcel->shipment->carrier : scan->carrier;

    return catalogue_row(catalogue, catalogue_find(catalogue, carrier), scan->code, scan->subcode);
}

static bool
is_news(const LedgerClaim *item, const Scan *scan)
{
    return scan->milestone == MILESTONE_CLAIM_NEWS && scan->occurred_at > item->claim.opened_as_of;
}

// "the carrier reports \"claim paid\" (140) on 2026-11-20 14:05"
static const char *
note_of(const Filing *filing, const Scan *scan, const CodeRow *row, Arena *arena)
{
    const char *const said = row ? code_row_label(row, "en") : scan->text;
    const char *const when = zone_print(arena, filing->run->job->zone, scan->occurred_at);

    return arena_printf(arena, "the carrier reports \"%s\" (%s%s%s) on %s", said, scan->code,
        *scan->subcode ? "/" : "", scan->subcode, when);
}

// Remember a scan, and move the claim where it says; the state after it.
static ClaimState
tell(const Filing *filing, Sheet *sheet, ClaimKey key, ClaimState state, const Scan *scan,
    const CodeRow *row, const char *once)
{
    const char *const note = note_of(filing, scan, row, sheet->arena);
    const ClaimState to = row ? row->claim : 0;

    ARENA_PUSH(&sheet->remarks, ((ClaimRemark){key, "news", once, note}));
    if (to == 0 || to == state || !claim_move_allowed(state, to))
        return state;
    sheet_move(sheet, key, state, to, note);
    return to;
}

static const char *
once_of(const Scan *scan, Arena *arena)
{
    return arena_printf(
        arena, "%s %s/%s", instant_print(arena, scan->occurred_at), scan->code, scan->subcode);
}

static bool
any_news(const LedgerClaim *item, const Shipment *shipment)
{
    for (size_t i = 0; i < shipment->scan_count; i++)
        if (is_news(item, &shipment->scans[i]))
            return true;
    return false;
}

bool
news_read(Filing *filing, Sheet *sheet, const LedgerClaim *item, const Parcel *parcel, Err *err)
{
    const Shipment *const shipment = parcel->shipment;
    const ClaimKey key = {item->claim.shipment_id, item->claim.ground};
    ClaimState state = item->claim.state;
    const char *const *known;
    size_t count;

    if (!any_news(item, shipment))
        return true;
    if (!claims_remarks_known(filing->run->db, sheet->arena, key, "news", &known, &count, err))
        return false;
    for (size_t i = 0; i < shipment->scan_count; i++) {
        const Scan *const scan = &shipment->scans[i];
        const char *const once = once_of(scan, sheet->arena);

        if (!is_news(item, scan) || is_known(known, count, once))
            continue;
        state = tell(filing, sheet, key, state, scan, row_of(filing, parcel, scan), once);
        filing->counts.news++;
    }
    return true;
}
