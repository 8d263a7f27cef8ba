/*
 * The ranked cases for spreadsheets and scripts: machine formats, one header, no totals. What came
 * from outside is kept from being read as a formula.
 */
#include "core/csv.h"
#include "core/map.h"
#include "reports/reports.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static const char *const header[] = {
    "rank",
    "case",
    "kind",
    "state",
    "last_event",
    "opened_as_of",
    "judged_as_of",
    "snoozed_until",
    "shipment_id",
    "tracking_number",
    "carrier",
    "service",
    "origin",
    "destination",
    "promised_at",
    "silence_hours",
    "p_late",
    "p_lost",
    "value",
    "value_currency",
    "expected_cost",
    "currency",
    "evidence",
    "claim",
    "claim_state",
    "claim_payable",
    "claim_currency",
    "claim_deadline",
    "incident",
    "promise_origin",
};

static const char *
real_field(Arena *arena, int digits, double value)
{
    return isnan(value) ? "" : arena_printf(arena, "%.*f", digits, value);
}

static void
money_fields(Text *out, Money money)
{
    csv_add(out, money_is_known(money) ? money_amount(out->arena, money) : "");
    csv_add(out, money.currency);
}

static void
claim_fields(Text *out, const Claim *claim)
{
    if (!claim) {
        for (int i = 0; i < 5; i++)
            csv_add(out, "");
        return;
    }
    csv_add(out, claim->reference);
    csv_add(out, claim_state_name(claim->state));
    money_fields(out, claim->payable);
    csv_add_day(out, claim->claim_deadline);
}

static void
case_row(Text *out, const Digest *digest, size_t i, const Claim *claim)
{
    const CaseRecord *const record = &digest->cases[i];
    Arena *const arena = out->arena;

    csv_add(out, arena_printf(arena, "%zu", i + 1));
    csv_add(out, arena_printf(arena, "%" PRId64, record->number));
    csv_add(out, case_kind_name(record->kind));
    csv_add(out, case_state_name(record->state));
    csv_add(out, case_event_name(record->last_event));
    csv_add_instant(out, record->opened_as_of);
    csv_add_instant(out, record->judged_as_of);
    csv_add_day(out, record->snoozed_until);
    csv_add_outside(out, record->shipment_id);
    csv_add_outside(out, record->tracking_number);
    csv_add_outside(out, record->carrier);
    csv_add_outside(out, record->service);
    csv_add_outside(out, record->origin);
    csv_add_outside(out, record->destination);
    csv_add_instant(out, record->promised_at);
    csv_add(out, real_field(arena, 1, record->silence_hours));
    csv_add(out, real_field(arena, 6, record->p_late));
    csv_add(out, real_field(arena, 6, record->p_lost));
    money_fields(out, record->value);
    money_fields(out, money_of(record->expected_cost_minor, digest->currency));
    csv_add_outside(out, record->evidence);
    claim_fields(out, claim);
    csv_add(out, record->incident_number > 0
                     ? arena_printf(arena, "%" PRId64, record->incident_number)
                     : "");
    csv_add(out, promise_origin_name(record->promise_origin));
    csv_end(out);
}

// Of several claims for a shipment the first, which is the most urgent.
static Map *
claims_by_shipment(Arena *arena, const Digest *digest)
{
    Map *const map = map_create(arena);

    for (size_t i = 0; i < digest->claim_count; i++) {
        const char *const id = digest->claims[i].shipment_id;

        map_intern(map, id, strlen(id), (int64_t)i, NULL);
    }
    return map;
}

void
report_csv(FILE *file, const Digest *digest)
{
    Arena *const work = arena_create();
    Arena *const scratch = arena_create();
    const Map *const claims = claims_by_shipment(work, digest);
    Text line = {.arena = work};

    for (size_t i = 0; i < sizeof header / sizeof header[0]; i++)
        csv_add(&line, header[i]);
    csv_end(&line);
    fputs(text_get(&line), file);
    for (size_t i = 0; i < digest->case_count; i++) {
        const char *const id = digest->cases[i].shipment_id;
        const int64_t at = map_get(claims, id, strlen(id), -1);

        line = (Text){.arena = scratch};
        case_row(&line, digest, i, at < 0 ? NULL : &digest->claims[at]);
        fputs(text_get(&line), file);
        arena_reset(scratch);
    }
    arena_destroy(scratch);
    arena_destroy(work);
}
