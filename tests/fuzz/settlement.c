/*
 * Any bytes as a settlement: the readers must neither crash nor let through what the ledger or a terminal could stumble over,
 * and no line may ever book more than was due. The first byte chooses CSV or UBL, and the layout.
 */
#include "claims/settlement/settlement.h"
#include "core/text.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

#define CSV_HEAD "claim_reference,tracking_number,amount,currency,credit_note,date,reason\n"
#define UBL_HEAD                                                                                   \
    "<CreditNote xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2\"><ID>1</ID>"
#define TEXT_MAX 1100  // the longest text that settlement_limit() lets through, with a mended end

static void
check_text(const char *text)
{
    Arena *const arena = arena_create();

    require(text != NULL && strlen(text) <= TEXT_MAX && text_is_utf8(text, strlen(text)));
    require(text_clean(arena, text) == text);  // nothing left to mend
    arena_destroy(arena);
}

static void
check_line(const SettlementLine *line)
{
    check_text(line->reference);
    check_text(line->tracking_number);
    check_text(line->credit_note);
    check_text(line->reason);
    check_text(line->amount_text);
    check_text(line->problem);
    require(llabs((long long)line->amount.minor) < MONEY_MINOR_MAX);
}

static void
book(Arena *arena, const SettlementLines *lines)
{
    SettlementClaim claims[] = {
        {.number = 1, .tracking_number = "6A1", .carrier_slug = "dpd", .state = CLAIM_SUBMITTED},
        {.number = 2, .tracking_number = "6A1", .carrier_slug = "dpd", .state = CLAIM_APPROVED},
    };
    const size_t count = sizeof claims / sizeof claims[0];

    for (size_t i = 0; i < count; i++) {
        claims[i].reference = claim_reference(arena, claims[i].number);
        claims[i].payable = (Money){2760, "EUR"};
    }

    SettlementBook *const with = settlement_book(arena, claims, count, "");

    for (size_t i = 0; i < lines->count; i++) {
        check_line(&lines->items[i]);
        settlement_book_line(with, &lines->items[i]);
        for (size_t k = 0; k < count; k++)
            require(claims[k].credited.minor >= 0 && claims[k].credited.minor <= 2760);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 1)
        return 0;

    Arena *const arena = arena_create();
    const bool ubl = bytes[0] % 2 == 1, headed = bytes[0] % 4 > 1;
    SettlementMap map = SETTLEMENT_MAP_GENERIC;
    Text file = {.arena = arena};
    SettlementLines lines = {0};
    Err err = {0};

    map.separator = bytes[0] % 8 > 3 ? ';' : ',';
    map.decimal = (DecimalStyle)(bytes[0] / 8 % 3);
    map.date = (DateStyle)(bytes[0] / 24 % 3);
    map.encoding = (Encoding)(bytes[0] / 72 % ENCODING_COUNT);
    text_add(&file, !headed ? "" : ubl ? UBL_HEAD : CSV_HEAD);
    text_add_bytes(&file, (const char *)bytes + 1, size - 1);
    if (ubl ? settlement_read_ubl(arena, text_get(&file), file.length, &lines, &err)
            : settlement_read_csv(arena, text_get(&file), file.length, &map, &lines, &err))
        book(arena, &lines);
    else
        require(err.kind == ERR_DATA);
    arena_destroy(arena);
    return 0;
}
