/*
 * What is payable, from the liabilities of a rule:
 *
 *     payable = min(amount_1, amount_2, ...)                          when the rule pays the least
 *     payable = min(sum of the amounts without caps, cap_1, ...)      when the rule adds them up
 *             + what the rule pays on top
 *
 * Amounts per kg are rate x grams / 1000, shares of the carriage charge x percent / 100, SDR amounts micros x rate / 10^6,
 * each one product of integers rounded once, as the rule says (half to even unless it does). A sum is in the currency of
 * the terms; a value in another one is not converted (which rate, of which day, is for the terms or a person to say) but
 * reported as missing, and so is an amount below zero. The first of equal amounts is the one that decides.
 */
#include "claims/valuation.h"

#include <inttypes.h>
#include <string.h>

#define GRAMS_PER_KG 1000
#define GRAMS_MAX    INT64_C(100000000)  // 100 t: more than any parcel; a weight beyond is no fact
#define MICROS       INT64_C(1000000)

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
    const TermsBook *book;
    const TermsRule *rule;
    const Shipment *shipment;
    Day day;
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

// Which of the merchant's figures proves the value: what the regime wants, else what there is.
static ValueBasis
value_basis(const Shipment *shipment, ValueBasis wanted)
{
    if (wanted != VALUE_UNKNOWN)
        return wanted;
    if (money_is_known(shipment->declared_value))
        return VALUE_DECLARED;
    if (money_is_known(shipment->purchase_value))
        return VALUE_PURCHASE;
    return money_is_known(shipment->sale_value) ? VALUE_SALE : VALUE_UNKNOWN;
}

static void
line_value(Reckoning *reckoning, ValuationLine *line, ValueBasis wanted)
{
    static const char *const NAMES[] = {"value", "declared_value", "purchase_value", "sale_value"};
    const Shipment *const shipment = reckoning->shipment;
    const Money values[] = {
        MONEY_NONE, shipment->declared_value, shipment->purchase_value, shipment->sale_value};

    line->basis = value_basis(shipment, wanted);
    line->fact = values[line->basis];
    line->amount = reckon_fact(reckoning, line->fact, NAMES[wanted]);
}

static void
line_freight(Reckoning *reckoning, ValuationLine *line)
{
    line->fact = reckoning->shipment->freight_charge;
    line->amount = reckon_fact(reckoning, line->fact, "freight_charge");
    if (money_is_known(line->amount))
        line->amount = money_share(line->amount, line->percent, 100, reckoning->rule->rounding);
}

// The weight as a fact; 0 and noted as missing when it is none.
static int64_t
reckon_weight(Reckoning *reckoning)
{
    const int64_t grams = reckoning->shipment->weight_grams;

    if (grams > 0 && grams <= GRAMS_MAX)
        return grams;
    missing_add(&reckoning->missing, "weight_grams");
    return 0;
}

static void
line_per_kg(Reckoning *reckoning, ValuationLine *line)
{
    line->weight_grams = reckon_weight(reckoning);
    if (line->weight_grams > 0)
        line->amount =
            money_share(line->rate, line->weight_grams, GRAMS_PER_KG, reckoning->rule->rounding);
}

// Minor units of one unit of the currency.
static int64_t
minor_units(const char *currency)
{
    int64_t units = 1;

    for (int digits = currency_digits(currency); digits > 0; digits--)
        units *= 10;
    return units;
}

static void
line_sdr(Reckoning *reckoning, ValuationLine *line)
{
    const char *const currency = line->rate.currency;
    const SdrRate *const rate = terms_sdr(reckoning->book, currency, reckoning->day);
    const bool by_weight = line->kind == LIABILITY_SDR_PER_KG;

    if (by_weight)
        line->weight_grams = reckon_weight(reckoning);
    if (!rate) {
        missing_add(
            &reckoning->missing, arena_printf(reckoning->arena, "rate of the SDR in %s", currency));
        return;
    }
    line->sdr_rate_micros = rate->micros;
    line->sdr_day = rate->day;
    line->sdr_source = rate->source;
    if (by_weight && line->weight_grams == 0)
        return;

    const int64_t grams = by_weight ? line->weight_grams : GRAMS_PER_KG;
    Money unit = line->rate;

    // Files hold at most 10^10 millionths of an SDR, so the product with 10^8 g fits.
    unit.minor = rate->micros * minor_units(currency);
    line->amount = money_share(
        unit, line->sdr_micros * grams, MICROS * MICROS * GRAMS_PER_KG, reckoning->rule->rounding);
}

static ValuationLine
line_of(Reckoning *reckoning, const Liability *liability)
{
    ValuationLine line = {.kind = liability->kind,
        .clause = liability->clause,
        .rate = liability->amount,
        .percent = liability->percent,
        .sdr_micros = liability->sdr_micros,
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
    case LIABILITY_SDR_FLAT:
    case LIABILITY_SDR_PER_KG:
        line_sdr(reckoning, &line);
        break;
    case LIABILITY_FREIGHT_REFUND:
    case LIABILITY_FREIGHT_CAP:
        line_freight(reckoning, &line);
        break;
    case LIABILITY_DECLARED_VALUE:
        line_value(reckoning, &line, VALUE_DECLARED);
        break;
    default:
        line_value(reckoning, &line, liability->basis);
    }
    return line;
}

static bool
is_cap(LiabilityKind kind)
{
    return kind == LIABILITY_CAP || kind == LIABILITY_FREIGHT_CAP;
}

// Whether an amount competes with the others for the least, rather than being added to them.
static bool
is_limit(const TermsRule *rule, size_t i)
{
    const Liability *const liability = &rule->liabilities[i];

    return !liability->on_top && (!rule->sum || is_cap(liability->kind));
}

// The sum of the lines that limit nothing: the parts of the indemnity, or what is paid on top of it.
static bool
add_up(const TermsRule *rule, const ValuationLine *lines, bool on_top, Money *sum, Err *err)
{
    *sum = MONEY_NONE;
    for (size_t i = 0; i < rule->liability_count; i++)
        if (!is_limit(rule, i) && rule->liabilities[i].on_top == on_top &&
            !money_add(*sum, lines[i].amount, sum, err))
            return false;
    return true;
}

// Find what is payable among lines that all have their amount, and mark what decided it. False when
// a sum is out of range or the amounts of the terms disagree in currency.
static bool
decide(const TermsRule *rule, ValuationLine *lines, Money *payable, Err *err)
{
    size_t least = rule->liability_count;
    Money best, extra;

    if (!add_up(rule, lines, false, &best, err) || !add_up(rule, lines, true, &extra, err))
        return false;
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
        lines[i].decided = rule->liabilities[i].on_top || i == least ||
                           (least == rule->liability_count && !is_limit(rule, i));
    return money_add(best, extra, payable, err);
}

Valuation
claim_valuation(
    Arena *arena, const TermsBook *book, const TermsRule *rule, const Shipment *shipment, Day day)
{
    ValuationLine *const lines = ARENA_ARRAY(arena, ValuationLine, rule->liability_count);
    Reckoning reckoning = {
        .arena = arena,
        .book = book,
        .rule = rule,
        .shipment = shipment,
        .day = day,
        .unit = rule_unit(rule, shipment),
        .missing = {.arena = arena},
    };
    Valuation valuation = {.lines = lines, .line_count = rule->liability_count};
    Money payable = MONEY_NONE;
    Err err = {0};

    for (size_t i = 0; i < rule->liability_count; i++)
        lines[i] = line_of(&reckoning, &rule->liabilities[i]);
    if (rule->liability_count == 0)
        missing_add(&reckoning.missing, "an amount in the terms");
    if (reckoning.missing.length == 0 && !decide(rule, lines, &payable, &err))
        missing_add(&reckoning.missing, arena_printf(arena, "amounts that agree (%s)", err.text));
    if (reckoning.missing.length == 0)
        valuation.payable = payable;
    valuation.missing = text_get(&reckoning.missing);
    return valuation;
}
