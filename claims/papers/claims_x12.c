/*
 * ASC X12 920 "Loss or Damage Claim - General Commodities", release 005050, functional group GC: one
 * transaction set for each claim, because F01 identifies one (https://www.stedi.com/x12-005050/920).
 *
 *   F01    date, claimant's number, amount in hundredths (N2), carrier, documents sent separately (D), currency
 *   L11    ground, clause and source in words, at most 5; 80 characters each
 *   CUR    currency
 *   N1/N3  the claimant as shipper (SH), the carrier (CA); addresses are lines, so N4 (city, postcode) is not used
 *   F02    day of taking over; tracking number (2I) and order (PO)
 *   L11    invoice (IK), shipment (SI), contents, destination
 *   G62    shipped (11), estimated delivery (17)
 *   Q7     all short (A) for loss and non-receipt, damaged (D)
 *
 * A Standard Carrier Alpha Code is mandatory, but European carriers have none: the first four letters
 * of the slug stand for it, to be mapped by the partner as X12 does with what is "mutually defined".
 * F09 is left out: its nature of claim is a code of an outside list that we have not seen.
 */
#include "claims/papers/bordereau.h"

#include "claims/papers/ascii.h"
#include "claims/papers/x12.h"

#include <inttypes.h>
#include <string.h>

#define CONTROL_MODULUS INT64_C(1000000000)  // control numbers have 9 digits
#define REFERENCE_MAX   80
#define WORDS_MAX       80
#define NAME_MAX        60
#define LINE_MAX        55
#define LINES_MAX       4
#define PARTNER_WIDTH   15
#define SCAC_MAX        4
#define SCAC_MIN        2

typedef struct Filing
{
    X12 x12;
    Arena *arena;
    const Bordereau *bordereau;
    const char *control, *scac, *sender, *receiver;
} Filing;

static const char *
compact_day(Arena *arena, Day day)
{
    int year, month, of_month;

    day_to_civil(day, &year, &month, &of_month);
    return arena_printf(arena, "%04d%02d%02d", year, month, of_month);
}

// Days are those of UTC: an instant of X12 has no zone.
static Day
day_of(Instant at)
{
    return (Day)((at - (at % HOURS_24 + HOURS_24) % HOURS_24) / HOURS_24);
}

static const char *
clock_of(Arena *arena, Instant at)
{
    const int64_t minutes = (at % HOURS_24 + HOURS_24) % HOURS_24 / MINUTE;

    return arena_printf(arena, "%02d%02d", (int)(minutes / 60), (int)(minutes % 60));
}

// Upper-case letters and digits of a name, at most so many; filled up with X.
static const char *
code_of(Arena *arena, const char *name, size_t min, size_t max)
{
    const char *const slug = text_slug(arena, ascii_text(arena, name));
    Text out = {.arena = arena};

    for (const char *c = slug; *c != '\0' && out.length < max; c++)
        if (*c != '_') {
            const char upper = *c >= 'a' ? (char)(*c - 'a' + 'A') : *c;

            text_add_bytes(&out, &upper, 1);
        }
    while (out.length < min)
        text_add(&out, "X");
    return text_get(&out);
}

// X12's N2 has two decimals whatever the currency; a third one is dropped rather than claimed too high.
static const char *
hundredths(Arena *arena, Money money)
{
    static const int64_t factors[] = {100, 10, 1};
    const int digits = currency_digits(money.currency);
    const int64_t minor = digits >= 0 && digits <= 2 ? money.minor * factors[digits]
                                                     : money_share(money, 1, 10, ROUND_DOWN).minor;

    return arena_printf(arena, "%" PRId64, minor);
}

static void
words_add(Filing *filing, const char *text)
{
    const char *const words = x12_text(filing->arena, text, WORDS_MAX);

    if (*words != '\0')
        x12_add(&filing->x12, "L11", "", "", words, NULL);
}

static void
reference_add(Filing *filing, const char *reference, const char *qualifier)
{
    const char *const text = x12_text(filing->arena, reference, REFERENCE_MAX);

    if (*text != '\0')
        x12_add(&filing->x12, "L11", text, qualifier, NULL);
}

static void
address_add(Filing *filing, const char *address)
{
    const char *lines[LINES_MAX] = {"", "", "", ""};
    size_t count = 0;

    while (*address != '\0' && count < LINES_MAX) {
        const size_t length = strcspn(address, "\n");
        const char *const line =
            x12_text(filing->arena, arena_copy_bytes(filing->arena, address, length), LINE_MAX);

        if (*line != '\0')
            lines[count++] = line;
        address += length + (address[length] == '\n' ? 1 : 0);
    }
    for (size_t i = 0; i < count; i += 2)
        x12_add(&filing->x12, "N3", lines[i], lines[i + 1], NULL);
}

static void
party_add(Filing *filing, const char *role, const Party *party, const char *name)
{
    const char *const text =
        x12_text(filing->arena, text_is_empty(party->name) ? name : party->name, NAME_MAX);
    const char *const account = x12_text(filing->arena, party->account, REFERENCE_MAX);

    if (*text == '\0' && *account == '\0')
        return;
    x12_add(&filing->x12, "N1", role, text, *account != '\0' ? "ZZ" : "", account, NULL);
    address_add(filing, party->address);
}

static void
date_add(Filing *filing, const char *qualifier, Instant at)
{
    if (at != INSTANT_NONE)
        x12_add(&filing->x12, "G62", qualifier, compact_day(filing->arena, day_of(at)), NULL);
}

static void
shipment_add(Filing *filing, const Claim *claim)
{
    Arena *const arena = filing->arena;
    const char *const tracking = x12_text(arena, claim->tracking_number, REFERENCE_MAX);
    const char *const order = x12_text(arena, claim->order_reference, REFERENCE_MAX);
    const char *const accepted =
        claim->accepted_at == INSTANT_NONE ? "" : compact_day(arena, day_of(claim->accepted_at));
    const bool short_all = claim->ground == GROUND_LOSS || claim->ground == GROUND_NOT_RECEIVED;

    x12_add(&filing->x12, "F02", accepted, "", "", *tracking != '\0' ? "2I" : "", tracking,
        *order != '\0' ? "PO" : "", order, NULL);
    reference_add(filing, claim->invoice_reference, "IK");
    reference_add(filing, claim->shipment_id, "SI");
    words_add(filing, claim->contents);
    words_add(
        filing, arena_printf(arena, "%s %s", claim->destination, claim->destination_postcode));
    date_add(filing, "11", claim->accepted_at);
    date_add(filing, "17", claim->promised_at);
    if (short_all || claim->ground == GROUND_DAMAGE)
        x12_add(&filing->x12, "Q7", short_all ? "A" : "D", NULL);
}

static void
claim_add(Filing *filing, const Dossier *dossier, size_t number)
{
    Arena *const arena = filing->arena;
    const Claim *const claim = &dossier->claim;
    const char *const set = arena_printf(arena, "%04zu", number);

    filing->x12.segments = 0;
    x12_add(&filing->x12, "ST", "920", set, NULL);
    x12_add(&filing->x12, "F01", compact_day(arena, filing->bordereau->day),
        claim_reference(arena, claim->number), hundredths(arena, claim->payable), filing->scac, "D",
        claim->payable.currency, NULL);
    words_add(filing, claim_ground_name(claim->ground));
    words_add(filing, claim->clause);
    words_add(filing, claim->source);
    x12_add(&filing->x12, "CUR", "SH", claim->payable.currency, NULL);
    party_add(filing, "SH", &dossier->claimant, "");
    party_add(filing, "CA", &dossier->carrier, claim->carrier);
    shipment_add(filing, claim);
    x12_add(&filing->x12, "SE", arena_printf(arena, "%zu", filing->x12.segments + 1), set, NULL);
}

static void
envelope_open(Filing *filing)
{
    Arena *const arena = filing->arena;
    const Instant as_of = filing->bordereau->dossiers[0].as_of;
    const char *const day = compact_day(arena, day_of(as_of));
    const char repetition[] = {X12_REPETITION, '\0'}, component[] = {X12_COMPONENT, '\0'};

    x12_add(&filing->x12, "ISA", "00", x12_fixed(arena, "", 10), "00", x12_fixed(arena, "", 10),
        "ZZ", x12_fixed(arena, filing->sender, PARTNER_WIDTH), "ZZ",
        x12_fixed(arena, filing->receiver, PARTNER_WIDTH), day + 2, clock_of(arena, as_of),
        repetition, "00505", filing->control, "0", "P", component, NULL);
    x12_add(&filing->x12, "GS", "GC", filing->sender, filing->receiver, day, clock_of(arena, as_of),
        filing->control, "X", "005050", NULL);
}

static Filing
filing_of(Arena *arena, const Bordereau *bordereau)
{
    const Dossier *const first = &bordereau->dossiers[0];

    return (Filing){
        .x12 = {.text = {.arena = arena}},
        .arena = arena,
        .bordereau = bordereau,
        .control = arena_printf(arena, "%09" PRId64, first->claim.number % CONTROL_MODULUS),
        .scac = code_of(arena, bordereau->carrier_slug, SCAC_MIN, SCAC_MAX),
        .sender = code_of(arena, first->claimant.name, SCAC_MIN, PARTNER_WIDTH),
        .receiver = code_of(arena, bordereau->carrier_slug, SCAC_MIN, PARTNER_WIDTH),
    };
}

bool
paper_claims_x12(Arena *arena, const Bordereau *bordereau, Paper *out, Err *err)
{
    Filing filing = filing_of(arena, bordereau);
    const char *const name = bordereau_name(arena, bordereau, "bordereau", "x12");
    size_t sets = 0;

    envelope_open(&filing);
    for (size_t i = 0; i < bordereau->count; i++)
        if (money_is_known(bordereau->dossiers[i].claim.payable))
            claim_add(&filing, &bordereau->dossiers[i], ++sets);
    if (sets == 0)
        return err_set(err, ERR_DATA, "%s: no claim has an amount", name);
    x12_add(&filing.x12, "GE", arena_printf(arena, "%zu", sets), filing.control, NULL);
    x12_add(&filing.x12, "IEA", "1", filing.control, NULL);
    *out = (Paper){name, text_get(&filing.x12.text), filing.x12.text.length};
    return true;
}
