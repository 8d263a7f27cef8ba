/*
 * The indemnity of a rule is a short list of amounts:
 *
 *     payable = min(amount_1, ..., amount_n)                        as most contracts and laws say
 *     payable = min(sum of the amounts without caps, cap_1, ...)    when the rule adds them up
 *
 * An amount per kg is rate x grams / 1000 in integers, rounded half to even. A sum is in the
 * currency of the terms; a value in another one is not converted (which rate, of which day, is for
 * the terms or a person to say) but reported as missing, and so is an amount below zero. The first
 * of equal amounts is the one that decides.
 */
#include "claims/valuation.h"

#include <inttypes.h>
#include <string.h>

#define GRAMS_PER_KG 1000
#define GRAMS_MAX    INT64_C(100000000)  // 100 t: more than any parcel; a weight beyond is no fact

void
missing_add(Text *missing, const char *fact)
{
    const char *at = text_get(missing);
    const size_t length = strlen(fact);

    while ((at = strstr(at, fact)) != NULL) {
        const bool starts = at == text_get(missing) || at[-1] == ' ';

        if (starts && (at[length] == '\0' || at[length] == ','))
            return;
        at += length;
    }
    if (missing->length > 0)
        text_add(missing, ", ");
    text_add(missing, fact);
}

// One valuation under way.
typedef struct Reckoning
{
    Arena *arena;
    const Shipment *shipment;
    Money unit;  // zero in the currency in which the rule pays
    Text missing;
} Reckoning;

// The currency in which the rule pays: that of its first amount, else that of what was paid or
// proved.
static Money
rule_unit(const TermsRule *rule, const Shipment *shipment)
{
    Money unit = MONEY_NONE;

    for (size_t i = 0; i < rule->liability_count && !money_is_known(unit); i++)
        unit = rule->liabilities[i].amount;
    if (!money_is_known(unit))
        unit = shipment_value(shipment);
    if (!money_is_known(unit))
        unit = shipment->freight_charge;
    unit.minor = 0;
    return unit;
}

// A fact in money that the shipment brings: as it is, or unknown and noted as missing.
static Money
reckon_fact(Reckoning *reckoning, Money fact, const char *name)
{
    if (!money_is_known(fact) || fact.minor < 0) {
        missing_add(&reckoning->missing, name);
        return MONEY_NONE;
    }
    if (text_equal(fact.currency, reckoning->unit.currency))
        return fact;
    missing_add(&reckoning->missing,
        arena_printf(reckoning->arena, "%s in %s", name, reckoning->unit.currency));
    return MONEY_NONE;
}

// Which of the merchant's figures shipment_value() is.
static ValueBasis
value_basis(const Shipment *shipment)
{
    if (money_is_known(shipment->declared_value))
        return VALUE_DECLARED;
    if (money_is_known(shipment->purchase_value))
        return VALUE_PURCHASE;
    return money_is_known(shipment->sale_value) ? VALUE_SALE : VALUE_UNKNOWN;
}

static void
line_value(Reckoning *reckoning, ValuationLine *line)
{
    line->fact = shipment_value(reckoning->shipment);
    line->basis = value_basis(reckoning->shipment);
    line->amount = reckon_fact(reckoning, line->fact, "value");
}

static void
line_freight_refund(Reckoning *reckoning, ValuationLine *line)
{
    line->percent = 100;
    line->fact = reckoning->shipment->freight_charge;
    line->amount = reckon_fact(reckoning, line->fact, "freight_charge");
}

static void
line_per_kg(Reckoning *reckoning, ValuationLine *line)
{
    const int64_t grams = reckoning->shipment->weight_grams;

    if (grams <= 0 || grams > GRAMS_MAX) {
        missing_add(&reckoning->missing, "weight_grams");
        return;
    }
    line->weight_grams = grams;
    line->amount = money_share(line->rate, grams, GRAMS_PER_KG);
}

static ValuationLine
line_of(Reckoning *reckoning, const Liability *liability)
{
    ValuationLine line = {.kind = liability->kind,
        .clause = liability->clause,
        .rate = liability->amount,
        .sdr_day = DAY_NONE,
        .sdr_source = ""};

    switch (liability->kind) {
    case LIABILITY_FLAT:
    case LIABILITY_CAP:
        line.amount = liability->amount;
        break;
    case LIABILITY_PER_KG:
        line_per_kg(reckoning, &line);
        break;
    case LIABILITY_FREIGHT_REFUND:
        line_freight_refund(reckoning, &line);
        break;
    default:
        line_value(reckoning, &line);
    }
    return line;
}

// Whether an amount competes with the others for the least, rather than being added to them.
static bool
is_limit(const TermsRule *rule, size_t i)
{
    return !rule->sum || rule->liabilities[i].kind == LIABILITY_CAP;
}

// Find what is payable among lines that all have their amount, and mark what decided it. False when
// a sum is out of range or the amounts of the terms disagree in currency.
static bool
decide(const TermsRule *rule, ValuationLine *lines, Money *payable, Err *err)
{
    size_t least = rule->liability_count;
    Money sum = MONEY_NONE;

    for (size_t i = 0; i < rule->liability_count; i++)
        if (!is_limit(rule, i) && !money_add(sum, lines[i].amount, &sum, err))
            return false;

    Money best = sum;

    for (size_t i = 0; i < rule->liability_count; i++) {
        if (!is_limit(rule, i))
            continue;

        Money lesser = lines[i].amount;

        if (money_is_known(best) && !money_least(best, lines[i].amount, &lesser, err))
            return false;
        if (!money_is_known(best) || lesser.minor < best.minor)
            least = i;
        best = lesser;
    }
    for (size_t i = 0; i < rule->liability_count; i++)
        lines[i].decided = least < rule->liability_count ? i == least : !is_limit(rule, i);
    *payable = best;
    return true;
}

Valuation
claim_valuation(Arena *arena, const TermsRule *rule, const Shipment *shipment)
{
    ValuationLine *const lines = ARENA_ARRAY(arena, ValuationLine, rule->liability_count);
    Reckoning reckoning = {
        .arena = arena,
        .shipment = shipment,
        .unit = rule_unit(rule, shipment),
        .missing = {.arena = arena},
    };
    Valuation valuation = {.lines = lines, .line_count = rule->liability_count};
    Err err = {0};

    for (size_t i = 0; i < rule->liability_count; i++)
        lines[i] = line_of(&reckoning, &rule->liabilities[i]);
    if (rule->liability_count == 0)
        missing_add(&reckoning.missing, "an amount in the terms");
    if (reckoning.missing.length == 0 && !decide(rule, lines, &valuation.payable, &err))
        missing_add(&reckoning.missing, arena_printf(arena, "amounts that agree (%s)", err.text));
    valuation.missing = text_get(&reckoning.missing);
    return valuation;
}
