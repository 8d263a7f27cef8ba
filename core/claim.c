#include "core/claim.h"

#include <inttypes.h>
#include <string.h>

static const char *const states[CLAIM_STATE_COUNT] = {
    [CLAIM_ENQUIRY] = "enquiry",
    [CLAIM_DRAFT] = "draft",
    [CLAIM_READY] = "ready",
    [CLAIM_SUBMITTED] = "submitted",
    [CLAIM_ACKNOWLEDGED] = "acknowledged",
    [CLAIM_IN_REVIEW] = "in_review",
    [CLAIM_DOCUMENTS_REQUESTED] = "documents_requested",
    [CLAIM_APPROVED] = "approved",
    [CLAIM_APPROVED_IN_PART] = "approved_in_part",
    [CLAIM_REFUSED] = "refused",
    [CLAIM_DISPUTED] = "disputed",
    [CLAIM_CREDITED] = "credited",
    [CLAIM_RECONCILED] = "reconciled",
    [CLAIM_CLOSED] = "closed",
    [CLAIM_VOIDED] = "voided",
    [CLAIM_TIME_BARRED] = "time_barred",
    [CLAIM_WAIVED] = "waived",
};

static const char *const grounds[GROUND_COUNT] = {
    [GROUND_LOSS] = "loss",
    [GROUND_DAMAGE] = "damage",
    [GROUND_DELAY] = "delay",
    [GROUND_NOT_RECEIVED] = "not_received",
    [GROUND_UNJUST_RETURN] = "unjust_return",
};

static const char *const liabilities[LIABILITY_COUNT] = {
    [LIABILITY_PROVED_VALUE] = "proved_value",
    [LIABILITY_DECLARED_VALUE] = "declared_value",
    [LIABILITY_FLAT] = "flat",
    [LIABILITY_PER_KG] = "per_kg",
    [LIABILITY_CAP] = "cap",
    [LIABILITY_SDR_FLAT] = "sdr",
    [LIABILITY_SDR_PER_KG] = "sdr_per_kg",
    [LIABILITY_FREIGHT_REFUND] = "freight_refund",
    [LIABILITY_FREIGHT_CAP] = "freight_cap",
};

static const char *const bases[] = {
    [VALUE_UNKNOWN] = "",
    [VALUE_DECLARED] = "declared",
    [VALUE_PURCHASE] = "purchase",
    [VALUE_SALE] = "sale",
};

#define TO(state) (UINT32_C(1) << CLAIM_##state)

// Row: from; bits: to. sql/migrations holds the same table; a test compares the two.
static const uint32_t moves[CLAIM_STATE_COUNT] = {
    [CLAIM_ENQUIRY] = TO(DRAFT) | TO(READY) | TO(VOIDED) | TO(TIME_BARRED) | TO(WAIVED),
    [CLAIM_DRAFT] = TO(ENQUIRY) | TO(READY) | TO(VOIDED) | TO(TIME_BARRED) | TO(WAIVED),
    [CLAIM_READY] = TO(DRAFT) | TO(SUBMITTED) | TO(VOIDED) | TO(TIME_BARRED) | TO(WAIVED),
    [CLAIM_SUBMITTED] = TO(ACKNOWLEDGED) | TO(IN_REVIEW) | TO(DOCUMENTS_REQUESTED) | TO(APPROVED) |
                        TO(APPROVED_IN_PART) | TO(REFUSED) | TO(CREDITED) | TO(VOIDED) |
                        TO(TIME_BARRED),
    [CLAIM_ACKNOWLEDGED] = TO(IN_REVIEW) | TO(DOCUMENTS_REQUESTED) | TO(APPROVED) |
                           TO(APPROVED_IN_PART) | TO(REFUSED) | TO(CREDITED) | TO(VOIDED),
    [CLAIM_IN_REVIEW] = TO(DOCUMENTS_REQUESTED) | TO(APPROVED) | TO(APPROVED_IN_PART) |
                        TO(REFUSED) | TO(CREDITED) | TO(VOIDED),
    [CLAIM_DOCUMENTS_REQUESTED] = TO(IN_REVIEW) | TO(APPROVED) | TO(APPROVED_IN_PART) |
                                  TO(REFUSED) | TO(CREDITED) | TO(VOIDED) | TO(TIME_BARRED),
    [CLAIM_APPROVED] = TO(CREDITED) | TO(DISPUTED) | TO(VOIDED),
    [CLAIM_APPROVED_IN_PART] = TO(CREDITED) | TO(DISPUTED) | TO(VOIDED),
    [CLAIM_REFUSED] = TO(DISPUTED) | TO(CLOSED) | TO(VOIDED),
    [CLAIM_DISPUTED] = TO(IN_REVIEW) | TO(DOCUMENTS_REQUESTED) | TO(APPROVED) |
                       TO(APPROVED_IN_PART) | TO(REFUSED) | TO(CREDITED) | TO(CLOSED) | TO(VOIDED),
    [CLAIM_CREDITED] = TO(RECONCILED) | TO(DISPUTED) | TO(VOIDED),
    [CLAIM_RECONCILED] = TO(CLOSED) | TO(DISPUTED) | TO(VOIDED),
    [CLAIM_CLOSED] = 0,
    [CLAIM_VOIDED] = TO(DRAFT),  // found, and lost again
    [CLAIM_TIME_BARRED] = 0,
    [CLAIM_WAIVED] = TO(DRAFT),
};

const char *
claim_state_name(ClaimState state)
{
    return states[state];
}

// The place of a name in a table whose first entry is at 1; 0 when it is not there.
static int
find_name(const char *name, const char *const *table, int count)
{
    for (int i = 1; i < count; i++)
        if (strcmp(name, table[i]) == 0)
            return i;
    return 0;
}

bool
claim_state_parse(const char *name, ClaimState *out)
{
    const int found = find_name(name, states, CLAIM_STATE_COUNT);

    if (found > 0)
        *out = (ClaimState)found;
    return found > 0;
}

const char *
claim_ground_name(ClaimGround ground)
{
    return grounds[ground];
}

char *
claim_reference(Arena *arena, int64_t number)
{
    return arena_printf(arena, "VG-%06" PRId64, number);
}

bool
claim_ground_parse(const char *name, ClaimGround *out)
{
    const int found = find_name(name, grounds, GROUND_COUNT);

    if (found > 0)
        *out = (ClaimGround)found;
    return found > 0;
}

const char *
claim_liability_name(LiabilityKind kind)
{
    return liabilities[kind];
}

bool
claim_liability_parse(const char *name, LiabilityKind *out)
{
    const int found = find_name(name, liabilities, LIABILITY_COUNT);

    if (found > 0)
        *out = (LiabilityKind)found;
    return found > 0;
}

const char *
claim_basis_name(ValueBasis basis)
{
    return bases[basis];
}

bool
claim_basis_parse(const char *name, ValueBasis *out)
{
    const int found = find_name(name, bases, VALUE_SALE + 1);

    if (found > 0)
        *out = (ValueBasis)found;
    return found > 0;
}

bool
claim_move_allowed(ClaimState from, ClaimState to)
{
    return (moves[from] >> to & 1) != 0;
}
