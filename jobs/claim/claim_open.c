/*
 * Every shipment that a night gives a ground to claim on gets an answer: a claim, or the reason why there is none.
 */
#include "claims/dossier.h"
#include "jobs/claim/filing.h"
#include "jobs/frame/signals.h"

#include <string.h>

// Which kind of case is a ground. That nothing came is only for people to say; a delay is known when the parcel has come.
static const CaseGround grounds[] = {
    {"lost", GROUND_LOSS},
    {"damaged", GROUND_DAMAGE},
    {"return_stalled", GROUND_UNJUST_RETURN},
};

static bool
came_late(const Parcel *parcel)
{
    const int first = parcel->history.first_presentation;

    return first >= 0 && parcel->shipment->promised_at != INSTANT_NONE &&
           parcel->shipment->scans[first].occurred_at > parcel->shipment->promised_at;
}

// The first line of a claim's ledger says why it waits, hurries, or comes too late.
static const char *
note_of(const Claim *claim, const char *why, Arena *arena)
{
    return *claim->caution ? arena_printf(arena, "%s; %s", why, claim->caution) : why;
}

static void
count_opened(Filing *filing, ClaimState state)
{
    filing->counts.opened++;
    filing->counts.ready += state == CLAIM_READY;
    filing->counts.draft += state == CLAIM_DRAFT || state == CLAIM_ENQUIRY;
    filing->counts.too_late += state == CLAIM_TIME_BARRED;
    filing->counts.waived += state == CLAIM_WAIVED;
}

static bool
open_one(Filing *filing, Sheet *sheet, const Parcel *parcel, const Drafted *drafted,
    const char *why, Err *err)
{
    Arena *const arena = sheet->arena;
    Claim *const claim = ARENA_NEW(arena, Claim);
    DossierNormal normal;
    const char *xml;
    size_t length;

    *claim = drafted->claim;
    claim->number = filing->last_number + 1;
    claim->reference = claim_reference(arena, claim->number);
    if (!filing_normal(filing, parcel, arena, &normal, err))
        return false;

    Dossier dossier = filing_dossier(filing, parcel, claim, filing->run->job->as_of, arena);

    dossier.normal = normal;
    if (!dossier_write(arena, &dossier, &xml, &length, err))
        return false;
    filing->last_number++;
    count_opened(filing, claim->state);
    ARENA_PUSH(&sheet->openings, ((ClaimDraft){
                                     .claim = claim,
                                     .carrier_slug = parcel->facts.carrier_slug,
                                     .note = note_of(claim, why, arena),
                                     .dossier = xml,
                                 }));
    return true;
}

bool
filing_answer(Filing *filing, Sheet *sheet, const Parcel *parcel, ClaimGround ground,
    const char *why, Drafted *drafted, Err *err)
{
    const ClaimKey key = {arena_copy(sheet->arena, parcel->shipment->id), ground};

    *drafted = filing_draft(filing, parcel, ground, sheet->arena);
    ARENA_PUSH(&sheet->conditions,
        ((ClaimConditions){key, drafted->conditions, drafted->condition_count}));
    if (drafted->granted)
        return open_one(filing, sheet, parcel, drafted, why, err);
    filing->counts.refused++;
    ARENA_PUSH(&sheet->refusals, ((ClaimRefusal){.key = key, .reason = drafted->reason}));
    return true;
}

static bool
answer_one(
    Filing *filing, Sheet *sheet, const Parcel *parcel, const ClaimCandidate *asked, Err *err)
{
    Drafted drafted;

    return (asked->ground == GROUND_DELAY && !came_late(parcel)) ||
           filing_answer(
               filing, sheet, parcel, asked->ground, filing_why(asked->ground), &drafted, err);
}

// A shipment may be asked for on two grounds; its scans are made ready once.
static bool
answer_shipment(Filing *filing, Sheet *sheet, SourcePage *page, size_t index,
    const ClaimCandidate *asked, size_t count, Err *err)
{
    Shipment *const shipment = &page->shipments[index];
    const Parcel parcel =
        filing_parcel(filing, shipment, source_scans_of(page, index), sheet->arena);

    for (size_t i = 0; i < count; i++)
        if (strcmp(asked[i].shipment_id, shipment->id) == 0 &&
            !answer_one(filing, sheet, &parcel, &asked[i], err))
            return false;
    return true;
}

static bool
answer_batch(Filing *filing, const ClaimCandidate *asked, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    Sheet sheet = sheet_begin(arena);
    const char **const ids = ARENA_ARRAY(arena, const char *, count);
    SourcePage page;

    for (size_t i = 0; i < count; i++)
        ids[i] = asked[i].shipment_id;

    bool done = !interrupted(err) && source_read_ids(filing->source, ids, count,
                                         filing->run->job->as_of, arena, &page, err);

    for (size_t i = 0; done && i < page.count; i++)
        done = answer_shipment(filing, &sheet, &page, i, asked, count, err);
    done = done && sheet_write(filing, &sheet, err);
    arena_destroy(arena);
    return done;
}

bool
filing_open(Filing *filing, Err *err)
{
    Run *const run = filing->run;
    const ClaimCandidate *asked;
    size_t count;

    if (!claims_candidates(run->db, filing->arena, run->job->as_of, grounds,
            sizeof grounds / sizeof grounds[0], &asked, &count, err) ||
        !claims_last_number(run->db, &filing->last_number, err))
        return false;
    for (size_t i = 0; i < count; i += FILING_BATCH)
        if (!answer_batch(
                filing, asked + i, count - i < FILING_BATCH ? count - i : FILING_BATCH, err))
            return false;
    return true;
}
