#include "core/settlement.h"

#include "core/text.h"

static const char *const names[SETTLEMENT_COUNT] = {
    [SETTLEMENT_MATCHED] = "matched",
    [SETTLEMENT_REPEATED] = "repeated",
    [SETTLEMENT_AMBIGUOUS] = "ambiguous",
    [SETTLEMENT_UNMATCHED] = "unmatched",
    [SETTLEMENT_SET_ASIDE] = "set_aside",
};

bool
settlement_is_refusal(const SettlementLine *line)
{
    return !text_is_empty(line->reason) &&
           (!money_is_known(line->amount) || line->amount.minor == 0);
}

const char *
settlement_state_name(SettlementState state)
{
    return names[state];
}

bool
settlement_state_parse(const char *name, SettlementState *out)
{
    for (int i = SETTLEMENT_MATCHED; i < SETTLEMENT_COUNT; i++)
        if (text_equal(name, names[i])) {
            *out = (SettlementState)i;
            return true;
        }
    return false;
}
