#include "core/claim.h"

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
    [CLAIM_VOIDED] = 0,
    [CLAIM_TIME_BARRED] = 0,
    [CLAIM_WAIVED] = TO(DRAFT),
};

const char *
claim_state_name(ClaimState state)
{
    return states[state];
}

bool
claim_state_parse(const char *name, ClaimState *out)
{
    for (int i = CLAIM_ENQUIRY; i < CLAIM_STATE_COUNT; i++)
        if (strcmp(name, states[i]) == 0) {
            *out = (ClaimState)i;
            return true;
        }
    return false;
}

const char *
claim_ground_name(ClaimGround ground)
{
    return grounds[ground];
}

bool
claim_ground_parse(const char *name, ClaimGround *out)
{
    for (int i = GROUND_LOSS; i < GROUND_COUNT; i++)
        if (strcmp(name, grounds[i]) == 0) {
            *out = (ClaimGround)i;
            return true;
        }
    return false;
}

bool
claim_move_allowed(ClaimState from, ClaimState to)
{
    return (moves[from] >> to & 1) != 0;
}
