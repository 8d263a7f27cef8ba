/*
 * What is not over yet is looked at again every night: its parcel may have turned up, its carrier may have spoken of it, and
 * what was not submitted is drafted anew, because a weight or a value may have arrived since.
 *
 * A draft is written only when it says something else than before, and its dossier is read only then: with the as-of of the one
 * that is there, and without what was normal by then, what still differs are facts.
 */
#include "claims/dossier.h"
#include "core/claim_words.h"
#include "core/map.h"
#include "jobs/claim/filing.h"
#include "jobs/frame/signals.h"

#include <string.h>

#define SETTLED_DAYS 7
#define NO_RIGHT     "right"  // what a claim lacks whose right went away

static bool
is_open_to_drafts(ClaimState state)
{
    return claim_move_allowed(state, CLAIM_READY) || claim_move_allowed(state, CLAIM_DRAFT);
}

static ClaimKey
key_of(const LedgerClaim *item)
{
    return (ClaimKey){item->claim.shipment_id, item->claim.ground};
}

static bool
columns_differ(const Claim *a, const Claim *b)
{
    return a->opens_on != b->opens_on || a->enquiry_by != b->enquiry_by ||
           a->claim_deadline != b->claim_deadline || a->barred_after != b->barred_after ||
           a->act_by != b->act_by || strcmp(a->missing, b->missing) != 0 ||
           strcmp(a->terms, b->terms) != 0 || strcmp(a->enquiry_clause, b->enquiry_clause) != 0 ||
           strcmp(a->deadline_clause, b->deadline_clause) != 0 ||
           strcmp(a->bar_clause, b->bar_clause) != 0 || strcmp(a->bar_source, b->bar_source) != 0;
}

static const char *
ready_note(const Claim *before, const Claim *now, Arena *arena)
{
    if (!text_is_empty(before->missing))
        return arena_printf(arena, "nothing is missing any more (it was: %s)", before->missing);
    if (now->opens_on != DAY_NONE)
        return arena_printf(arena, "%s may be asserted from %s",
            words_claim_ground(LANGUAGE_ENGLISH, now->ground), day_print(arena, now->opens_on));
    return "it can be filed";
}

static const char *
move_note(const Filing *filing, const Claim *before, const Claim *now, Arena *arena)
{
    switch (now->state) {
    case CLAIM_READY:
        return ready_note(before, now, arena);
    case CLAIM_ENQUIRY:
        return arena_printf(arena, "enquire by %s (%s), before %s may be asserted",
            day_print(arena, now->enquiry_by), now->enquiry_clause,
            words_claim_ground(LANGUAGE_ENGLISH, now->ground));
    case CLAIM_TIME_BARRED:
        return arena_printf(arena, "the right ended with %s (%s)",
            day_print(arena, now->barred_after), now->bar_clause);
    case CLAIM_WAIVED:
        return arena_printf(arena, "it brings %s, and filing costs %s",
            money_print(arena, now->payable), money_print(arena, filing->cost));
    default:
        return text_is_empty(now->missing) ? "drafted anew"
                                           : arena_printf(arena, "missing: %s", now->missing);
    }
}

static void
move_on(Filing *filing, Sheet *sheet, const LedgerClaim *item, const Claim *now)
{
    const ClaimState from = item->claim.state;

    if (from == now->state || (from == CLAIM_WAIVED && now->state == CLAIM_TIME_BARRED))
        return;
    if (!sheet_move(sheet, key_of(item), from, now->state,
            move_note(filing, &item->claim, now, sheet->arena)))
        return;
    filing->counts.made_ready += now->state == CLAIM_READY;
    filing->counts.waived += now->state == CLAIM_WAIVED;
    filing->counts.barred += now->state == CLAIM_TIME_BARRED;
}

// The right went away: other terms, another service, a label that was resold. The claim waits, and says what it lacks.
static void
lose_right(Filing *filing, Sheet *sheet, const LedgerClaim *item, const char *reason)
{
    Claim *const claim = ARENA_NEW(sheet->arena, Claim);
    const ClaimState from = item->claim.state;

    *claim = item->claim;
    claim->missing = NO_RIGHT;
    if (from == CLAIM_VOIDED || strcmp(item->claim.missing, NO_RIGHT) == 0)
        return;
    filing->counts.redrafted++;
    ARENA_PUSH(
        &sheet->redrafts, ((ClaimDraft){claim, item->carrier_slug, item->dossier, .note = ""}));
    if (from != CLAIM_DRAFT)
        sheet_move(sheet, key_of(item), from, CLAIM_DRAFT,
            arena_printf(sheet->arena, "cannot be claimed any more, because %s", reason));
}

// An approval was of what the dossier said.
static void
note_approval(const Filing *filing, Sheet *sheet, const LedgerClaim *item)
{
    if (item->approved_as_of != INSTANT_NONE)
        ARENA_PUSH(&sheet->remarks, ((ClaimRemark){key_of(item), "approval_void",
                                        instant_print(sheet->arena, filing->run->job->as_of),
                                        "the claim says something else now"}));
}

static bool
write_dossier(Filing *filing, const Parcel *parcel, const Claim *claim, Arena *arena,
    const char **xml, Err *err)
{
    Dossier dossier = filing_dossier(filing, parcel, claim, filing->run->job->as_of, arena);
    size_t length;

    return filing_normal(filing, parcel, arena, &dossier.normal, err) &&
           dossier_write(arena, &dossier, xml, &length, err);
}

// Whether the dossier that is there states it already. The as-of is in the ledger; one from before the ledger had it says it itself.
static bool
is_stated(const Filing *filing, const LedgerClaim *item, const Parcel *parcel, const Claim *claim,
    Arena *arena)
{
    Dossier dossier = filing_dossier(filing, parcel, claim, item->drafted_as_of, arena), before;
    Err damage = {0};

    if (text_is_empty(item->dossier))
        return false;
    if (dossier_states(&dossier, item->dossier))
        return true;
    if (!dossier_read(arena, item->dossier, strlen(item->dossier), &before, &damage) ||
        before.as_of == dossier.as_of)
        return false;
    dossier.as_of = before.as_of;
    return dossier_states(&dossier, item->dossier);
}

static bool
draft_anew(Filing *filing, Sheet *sheet, const LedgerClaim *item, const Parcel *parcel,
    const Drafted *drafted, Err *err)
{
    Arena *const arena = sheet->arena;
    Claim *const claim = ARENA_NEW(arena, Claim);
    const char *xml = item->dossier;

    *claim = drafted->claim;
    claim->number = item->claim.number;
    claim->reference = item->claim.reference;
    claim->opened_as_of = item->claim.opened_as_of;

    const bool same = is_stated(filing, item, parcel, claim, arena);

    if (!same && !write_dossier(filing, parcel, claim, arena, &xml, err))
        return false;
    if (!same)
        note_approval(filing, sheet, item);
    if (!same || columns_differ(&item->claim, claim)) {
        filing->counts.redrafted++;
        ARENA_PUSH(
            &sheet->redrafts, ((ClaimDraft){claim, parcel->facts.carrier_slug, xml, .note = ""}));
    }
    move_on(filing, sheet, item, claim);
    return true;
}

static bool
renew_draft(Filing *filing, Sheet *sheet, const LedgerClaim *item, const Parcel *parcel, Err *err)
{
    const Drafted drafted = filing_draft(filing, parcel, item->claim.ground, sheet->arena);

    ARENA_PUSH(&sheet->conditions,
        ((ClaimConditions){key_of(item), drafted.conditions, drafted.condition_count}));
    if (drafted.granted)
        return draft_anew(filing, sheet, item, parcel, &drafted, err);
    lose_right(filing, sheet, item, drafted.reason);
    return true;
}

// When a claim says that its parcel was last seen. A damaged dossier is written anew where it can be; of a submitted claim it is a
// reason to stop and look.
static bool
read_last_scan(const LedgerClaim *item, Arena *arena, Instant *out, Err *err)
{
    Err damage = {0};
    Dossier dossier;

    if (text_is_empty(item->dossier))
        return true;
    if (dossier_read(arena, item->dossier, strlen(item->dossier), &dossier, &damage)) {
        *out = dossier.claim.last_scan_at;
        return true;
    }
    if (is_open_to_drafts(item->claim.state))
        return true;
    *err = damage;
    return err_context(err, "claim %s", item->claim.reference);
}

static bool
renew_one(Filing *filing, Sheet *sheet, const LedgerClaim *item, const Parcel *parcel, Err *err)
{
    Instant last_scan_at = INSTANT_NONE;

    if (found_by_scan(item, parcel) && !read_last_scan(item, sheet->arena, &last_scan_at, err))
        return false;

    const Found found = found_by(item, parcel, last_scan_at);

    if (found.scan != NULL)
        found_note(filing, sheet, item, &found);
    else if (item->found_as_of != INSTANT_NONE && item->lost_tonight)
        found_undo(sheet, item);
    if (!is_open_to_drafts(item->claim.state))
        return found.arrived || news_read(filing, sheet, item, parcel, err);
    return found.scan != NULL || renew_draft(filing, sheet, item, parcel, err);
}

// Index of each shipment of the page, by its id.
static Map *
index_page(const SourcePage *page, Arena *arena)
{
    Map *const map = map_create(arena);

    for (size_t i = 0; i < page->count; i++)
        map_put(map, page->shipments[i].id, strlen(page->shipments[i].id), (int64_t)i);
    return map;
}

// A shipment that the source does not show any more leaves its claim as it is.
static bool
renew_batch(Filing *filing, Sheet *sheet, const LedgerClaims *batch, Err *err)
{
    Arena *const arena = sheet->arena;
    const char **const ids = ARENA_ARRAY(arena, const char *, batch->count);
    SourcePage page;

    for (size_t i = 0; i < batch->count; i++)
        ids[i] = batch->items[i].claim.shipment_id;
    if (!source_read_ids(
            filing->source, ids, batch->count, filing->run->job->as_of, arena, &page, err))
        return false;

    const Map *const by_id = index_page(&page, arena);
    Parcel *const parcels = ARENA_ARRAY(arena, Parcel, page.count);

    for (size_t i = 0; i < page.count; i++)
        parcels[i] = filing_parcel(filing, &page.shipments[i], source_scans_of(&page, i), arena);
    for (size_t i = 0; i < batch->count; i++) {
        const int64_t index = map_get(by_id, ids[i], strlen(ids[i]), -1);

        if (index >= 0 && !renew_one(filing, sheet, &batch->items[i], &parcels[index], err))
            return false;
    }
    return true;
}

// Settled claims are many in the end, and nothing is to be done about them but when their parcel turns up: of most nights
// those count of which a scan became known within a week. The first night of a month looks at all, for sources that do not
// say when a scan became known.
static bool
find_settled(Filing *filing, ShipmentNames *out, Err *err)
{
    const Job *const job = filing->run->job;
    Map *const changed = map_create(filing->arena);
    const char *const *settled, *const *news;
    size_t settled_count, news_count;
    int year, month, day;

    day_to_civil(job->day, &year, &month, &day);
    *out = (ShipmentNames){.all = day == 1};
    if (out->all)
        return true;
    if (!claims_settled(filing->run->db, filing->arena, &settled, &settled_count, err))
        return false;
    if (settled_count == 0)
        return true;
    if (!source_changed(filing->source, job->as_of - SETTLED_DAYS * HOURS_24, job->as_of,
            filing->arena, &news, &news_count, err))
        return false;
    for (size_t i = 0; i < news_count; i++)
        map_put(changed, news[i], strlen(news[i]), 1);

    const char **const ids = ARENA_ARRAY(filing->arena, const char *, settled_count);

    for (size_t i = 0; i < settled_count; i++)
        if (map_get(changed, settled[i], strlen(settled[i]), 0) != 0)
            ids[out->count++] = settled[i];
    out->ids = ids;
    return true;
}

bool
filing_renew(Filing *filing, Err *err)
{
    const Job *const job = filing->run->job;
    ShipmentNames settled;
    int64_t after = 0;
    size_t count;

    if (!find_settled(filing, &settled, err))
        return false;

    do {
        Arena *const arena = arena_create();
        Sheet sheet = sheet_begin(arena);
        LedgerClaims batch = {.arena = arena};
        const bool done = !interrupted(err) &&
                          claims_unfinished(filing->run->db, job->as_of, job->day, after,
                              FILING_BATCH, &settled, &batch, err) &&
                          renew_batch(filing, &sheet, &batch, err) &&
                          sheet_write(filing, &sheet, err);

        count = batch.count;
        after = count > 0 ? batch.items[count - 1].claim.number : after;
        arena_destroy(arena);
        if (!done)
            return false;
    } while (count == FILING_BATCH);
    return true;
}
