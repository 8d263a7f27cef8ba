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

static const char *
value_detail(Arena *arena, const Shipment *shipment)
{
    const Money value = shipment_value(shipment);

    if (!money_is_known(value))
        return "the value is not known";
    return arena_printf(arena, "%s value %s",
        money_is_known(shipment->declared_value)   ? "declared"
        : money_is_known(shipment->purchase_value) ? "purchase"
                                                   : "sale",
        money_print(arena, value));
}

static ValuationLine
line_proved_value(Reckoning *reckoning)
{
    const Shipment *const shipment = reckoning->shipment;

    return (ValuationLine){
        .name = "proved value",
        .detail = value_detail(reckoning->arena, shipment),
        .amount = reckon_fact(reckoning, shipment_value(shipment), "value"),
    };
}

static ValuationLine
line_freight_refund(Reckoning *reckoning)
{
    const Money charge = reckoning->shipment->freight_charge;

    return (ValuationLine){
        .name = "freight refund",
        .detail = money_is_known(charge) ? arena_printf(reckoning->arena, "carriage charged %s",
                                               money_print(reckoning->arena, charge))
                                         : "the carriage charge is not known",
        .amount = reckon_fact(reckoning, charge, "freight_charge"),
    };
}

static ValuationLine
line_per_kg(Reckoning *reckoning, Money rate)
{
    const int64_t grams = reckoning->shipment->weight_grams;
    const char *const amount = money_amount(reckoning->arena, rate);
    ValuationLine line = {.name = "per kg of gross weight"};

    if (grams > 0 && grams <= GRAMS_MAX) {
        line.detail = arena_printf(
            reckoning->arena, "%" PRId64 " g x %s %s/kg", grams, amount, rate.currency);
        line.amount = money_share(rate, grams, GRAMS_PER_KG);
        return line;
    }
    missing_add(&reckoning->missing, "weight_grams");
    line.detail =
        arena_printf(reckoning->arena, "%s %s/kg; the weight is not known", amount, rate.currency);
    return line;
}

static ValuationLine
line_of(Reckoning *reckoning, const Liability *liability)
{
    const char *const amount = money_print(reckoning->arena, liability->amount);

    switch (liability->kind) {
    case LIABILITY_FLAT:
        return (ValuationLine){
            .name = "flat amount",
            .detail = arena_printf(reckoning->arena, "%s per parcel", amount),
            .amount = liability->amount,
        };
    case LIABILITY_CAP:
        return (ValuationLine){
            .name = "cap",
            .detail = arena_printf(reckoning->arena, "at most %s per parcel", amount),
            .amount = liability->amount,
        };
    case LIABILITY_PER_KG:
        return line_per_kg(reckoning, liability->amount);
    case LIABILITY_FREIGHT_REFUND:
        return line_freight_refund(reckoning);
    default:
        return line_proved_value(reckoning);
    }
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

    for (size_t i = 0; i < rule->liability_count; i++) {
        lines[i] = line_of(&reckoning, &rule->liabilities[i]);
        lines[i].clause = rule->liabilities[i].clause;
    }
    if (rule->liability_count == 0)
        missing_add(&reckoning.missing, "an amount in the terms");
    if (reckoning.missing.length == 0 && !decide(rule, lines, &valuation.payable, &err))
        missing_add(&reckoning.missing, arena_printf(arena, "amounts that agree (%s)", err.text));
    valuation.missing = text_get(&reckoning.missing);
    return valuation;
}
