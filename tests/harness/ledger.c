#include "tests/harness/ledger.h"

#include "tests/harness/database.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

Claim
claim_for(const char *shipment_id)
{
    return (Claim){
        .ground = GROUND_LOSS,
        .state = CLAIM_DRAFT,
        .shipment_id = shipment_id,
        .tracking_number = "6A1",
        .carrier = "Post",
        .service = "",
        .origin = "",
        .destination = "",
        .destination_postcode = "",
        .order_reference = "",
        .invoice_reference = "",
        .contents = "",
        .accepted_at = NIGHT(-10),
        .promised_at = INSTANT_NONE,
        .last_scan_at = NIGHT(-9),
        .last_scan = "in transit",
        .payable = {2500, "EUR"},
        .opens_on = FIRST + 5,
        .claim_deadline = FIRST + 8,
        .barred_after = FIRST + 20,
        .opening_clause = "art. 1",
        .deadline_clause = "art. 2",
        .bar_clause = "art. 3",
        .bar_source = "a law (official)",
        .terms = "post",
        .clause = "art. 1",
        .source = "terms of the post",
        .enquiry_by = FIRST + 6,
        .act_by = FIRST + 7,
        .enquiry_clause = "art. 4",
        .value = {9900, "USD"},
        .missing = "",
    };
}

ClaimPen
pen_of(int number)
{
    return (ClaimPen){.as_of = NIGHT(number), .recorded_at = NIGHT(1000), .actor = "vigie"};
}

const char *
ledger(Arena *arena, const char *shipment_id)
{
    char *const text = test_database_value(arena_printf(arena,
        "select string_agg(concat_ws(' ', position, coalesce(state_from, '-'), state_to, note), "
        "'|' order by position) from claim_move where shipment_id = '%s'",
        shipment_id));
    const char *const kept = arena_copy(arena, text ? text : "");

    free(text);
    return kept;
}

void
judge_nights(Arena *arena, int last)
{
    test_database_run(arena_printf(arena,
        "insert into night (as_of, judged, abstained) select '%s'::timestamptz - n * interval '1 "
        "day', 0, 0 from generate_series(0, %d) n on conflict do nothing",
        instant_print(arena, NIGHT(last)), last));
}
