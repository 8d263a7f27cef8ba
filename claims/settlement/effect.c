/*
 * Money that comes makes a claim credited, and reconciled when it is all that was due; less than that was approved in part.
 * A refusal refuses. What the ledger's table of moves does not allow, and money beyond what was due, is set aside: booking
 * it would hide a mistake of somebody's.
 */
#include "claims/settlement/effect.h"

#include "claims/settlement/settlement.h"
#include "core/text.h"

static SettlementAnswer
aside(const char *why)
{
    return (SettlementAnswer){.state = SETTLEMENT_SET_ASIDE, .why = why};
}

static void
go(SettlementAnswer *out, ClaimState state)
{
    out->path[out->path_count++] = state;
}

// The way to CREDITED, by way of APPROVED_IN_PART when the carrier gave less and the ledger allows to say so.
static bool
go_credited(SettlementAnswer *out, bool full)
{
    if (out->from == CLAIM_CREDITED)
        return true;
    if (!full && claim_move_allowed(out->from, CLAIM_APPROVED_IN_PART))
        go(out, CLAIM_APPROVED_IN_PART);
    else if (!claim_move_allowed(out->from, CLAIM_CREDITED))
        return false;
    go(out, CLAIM_CREDITED);
    return true;
}

static SettlementAnswer
refusal(Arena *arena, const SettlementClaim *claim, const SettlementLine *line)
{
    SettlementAnswer out = {.state = SETTLEMENT_MATCHED,
        .why = line->reason,
        .from = claim->state,
        .granted = claim->granted,
        .credited = claim->credited};

    if (!claim_move_allowed(claim->state, CLAIM_REFUSED))
        return aside(arena_printf(arena, "claim %s is %s and cannot be refused any more",
            claim->reference, claim_state_name(claim->state)));
    go(&out, CLAIM_REFUSED);
    if (!money_is_known(out.granted) && money_is_known(settlement_due(claim))) {
        out.granted = settlement_due(claim);
        out.granted.minor = 0;
    }
    return out;
}

// Why an amount cannot be booked on a claim, NULL when it can.
static const char *
objection(Arena *arena, const SettlementClaim *claim, Money amount, Money due)
{
    if (amount.minor == 0)
        return "pays nothing and gives no reason";
    if (amount.minor < 0)
        return "takes money back";
    if (!money_is_known(due))
        return arena_printf(arena, "what claim %s may bring is not known", claim->reference);
    if (!text_equal(amount.currency, due.currency))
        return arena_printf(arena, "pays in %s, but claim %s is in %s", amount.currency,
            claim->reference, due.currency);
    return NULL;
}

static Money
credited_after(const SettlementClaim *claim, Money amount)
{
    amount.minor += money_is_known(claim->credited) ? claim->credited.minor : 0;
    return amount;
}

static SettlementAnswer
credit(Arena *arena, const SettlementClaim *claim, const SettlementLine *line)
{
    const Money due = settlement_due(claim);
    const char *const why = objection(arena, claim, line->amount, due);
    SettlementAnswer out = {.state = SETTLEMENT_MATCHED, .why = line->reason, .from = claim->state};

    if (why != NULL)
        return aside(why);
    out.credited = credited_after(claim, line->amount);
    out.granted = money_is_known(claim->granted) && claim->granted.minor > out.credited.minor
                      ? claim->granted
                      : out.credited;
    if (out.credited.minor > due.minor)
        return aside(arena_printf(arena, "pays too much: claim %s would have brought %s of %s",
            claim->reference, money_print(arena, out.credited), money_print(arena, due)));
    if (!go_credited(&out, out.credited.minor == due.minor))
        return aside(arena_printf(arena, "claim %s is %s: nothing can be credited on it",
            claim->reference, claim_state_name(claim->state)));
    return out;
}

SettlementAnswer
settlement_effect(Arena *arena, const SettlementClaim *claim, const SettlementLine *line)
{
    if (settlement_is_refusal(line))
        return refusal(arena, claim, line);

    SettlementAnswer out = credit(arena, claim, line);

    if (out.state == SETTLEMENT_MATCHED && out.credited.minor == settlement_due(claim).minor)
        go(&out, CLAIM_RECONCILED);
    return out;
}
