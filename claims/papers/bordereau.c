#include "claims/papers/bordereau.h"

#include "claims/claims.h"
#include "core/text.h"

#define SLUG_MAX 60

const char *
bordereau_name(Arena *arena, const Bordereau *bordereau, const char *kind, const char *extension)
{
    const char *const slug = text_slug(arena, bordereau->carrier_slug);
    const char *const part =
        bordereau->parts > 0 ? arena_printf(arena, "-%zu", bordereau->part) : "";

    return arena_printf(arena, "%s-%.*s-%s%s.%s", kind, SLUG_MAX, *slug != '\0' ? slug : "carrier",
        day_print(arena, bordereau->day), part, extension);
}

static BordereauTotal *
total_of(BordereauTotal *totals, size_t *count, Money amount)
{
    for (size_t i = 0; i < *count; i++)
        if (text_equal(totals[i].sum.currency, amount.currency))
            return &totals[i];
    totals[*count].sum = amount;
    totals[*count].sum.minor = 0;
    return &totals[(*count)++];
}

size_t
bordereau_totals(Arena *arena, const Bordereau *bordereau, BordereauTotal **totals)
{
    size_t count = 0;

    *totals = ARENA_ARRAY(arena, BordereauTotal, bordereau->count);
    for (size_t i = 0; i < bordereau->count; i++) {
        const Money amount = bordereau->dossiers[i].claim.payable;
        BordereauTotal *const total = total_of(*totals, &count, amount);

        total->sum.minor += amount.minor;
        total->count++;
    }
    return count;
}

static const char *
keep(Arena *arena, const char *text)
{
    return *text == '\0' ? "" : arena_copy(arena, text);
}

static Party
keep_party(Arena *arena, const Party *party, const Party *known)
{
    if (known && text_equal(known->name, party->name) &&
        text_equal(known->address, party->address) && text_equal(known->email, party->email) &&
        text_equal(known->account, party->account))
        return *known;
    return (Party){.name = keep(arena, party->name),
        .address = keep(arena, party->address),
        .email = keep(arena, party->email),
        .account = keep(arena, party->account)};
}

// Only their names are stated.
static const ClaimEnclosure *
keep_enclosures(Arena *arena, const Claim *claim)
{
    ClaimEnclosure *const items = ARENA_ARRAY(arena, ClaimEnclosure, claim->enclosure_count);

    for (size_t i = 0; i < claim->enclosure_count; i++)
        items[i] = (ClaimEnclosure){
            .name = keep(arena, claim->enclosures[i].name), .reference = "", .absence = ""};
    return items;
}

static Claim
keep_claim(Arena *arena, const Claim *claim)
{
    return (Claim){
        .number = claim->number,
        .ground = claim->ground,
        .state = claim->state,
        .reference = keep(arena, claim->reference),
        .shipment_id = keep(arena, claim->shipment_id),
        .tracking_number = keep(arena, claim->tracking_number),
        .carrier = keep(arena, claim->carrier),
        .service = keep(arena, claim->service),
        .origin = keep(arena, claim->origin),
        .destination = keep(arena, claim->destination),
        .destination_postcode = keep(arena, claim->destination_postcode),
        .order_reference = keep(arena, claim->order_reference),
        .invoice_reference = keep(arena, claim->invoice_reference),
        .contents = keep(arena, claim->contents),
        .accepted_at = claim->accepted_at,
        .promised_at = claim->promised_at,
        .last_scan_at = claim->last_scan_at,
        .last_scan = keep(arena, claim->last_scan),
        .weight_grams = claim->weight_grams,
        .value = claim->value,
        .payable = claim->payable,
        .opens_on = claim->opens_on,
        .opening_clause = "",
        .enquiry_clause = "",
        .deadline_clause = "",
        .bar_clause = "",
        .bar_source = "",
        .caution = "",
        .terms = keep(arena, claim->terms),
        .clause = keep(arena, claim->clause),
        .source = keep(arena, claim->source),
        .language = keep(arena, claim->language),
        .submit_to = "",
        .missing = "",
        .enclosures = keep_enclosures(arena, claim),
        .enclosure_count = claim->enclosure_count,
    };
}

Dossier
bordereau_row(Arena *arena, const Dossier *dossier, const Dossier *first)
{
    return (Dossier){
        .claim = keep_claim(arena, &dossier->claim),
        .claimant = keep_party(arena, &dossier->claimant, first ? &first->claimant : NULL),
        .carrier = keep_party(arena, &dossier->carrier, first ? &first->carrier : NULL),
        .time_zone = keep(arena, dossier->time_zone),
        .as_of = dossier->as_of,
        .normal = {.segment = ""},
    };
}

static bool
add_pdfs(Press *press, const Bordereau *bordereau, PaperList *made, Err *err)
{
    const size_t parts = (bordereau->count + BORDEREAU_PART - 1) / BORDEREAU_PART;

    for (size_t i = 0; i < parts; i++) {
        const size_t first = i * BORDEREAU_PART, left = bordereau->count - first;
        Bordereau part = *bordereau;
        Paper paper;

        part.dossiers += first;
        part.count = left < BORDEREAU_PART ? left : BORDEREAU_PART;
        part.part = parts > 1 ? i + 1 : 0;
        part.parts = parts > 1 ? parts : 0;
        if (!paper_bordereau_pdf(press, made->arena, &part, &paper, err))
            return false;
        ARENA_PUSH(made, paper);
    }
    return true;
}

bool
papers_of_bordereau(Press *press, const Bordereau *bordereau, PaperList *list, Err *err)
{
    Arena *const arena = list->arena;
    PaperList made = {.arena = arena};
    BordereauTotal *totals;
    const size_t total_count = bordereau_totals(arena, bordereau, &totals);
    bool has_amounts = false;
    Paper paper;

    if (!paper_bordereau_csv(arena, bordereau, &paper, err))
        return false;
    ARENA_PUSH(&made, paper);
    if (!paper_bordereau_xlsx(press, arena, bordereau, &paper, err))
        return false;
    ARENA_PUSH(&made, paper);
    if (!add_pdfs(press, bordereau, &made, err))
        return false;
    for (size_t i = 0; i < total_count; i++) {
        if (!money_is_known(totals[i].sum))
            continue;
        if (!paper_debit_note(arena, bordereau, totals[i].sum.currency, &paper, err))
            return false;
        ARENA_PUSH(&made, paper);
        has_amounts = true;
    }
    if (has_amounts) {
        if (!paper_claims_x12(arena, bordereau, &paper, err))
            return false;
        ARENA_PUSH(&made, paper);
    }
    for (size_t i = 0; i < made.count; i++)
        ARENA_PUSH(list, made.items[i]);
    return true;
}
