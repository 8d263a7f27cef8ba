#include "core/money.h"

#include "core/text.h"

#include <math.h>
#include <string.h>

// ISO 4217 minor units that are not 2, and the currencies merchants use that have 2. A currency that is not here is
// refused rather than guessed.
static const struct
{
    const char *codes;
    int digits;
} minor_units[] = {
    {"BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF", 0},
    {"BHD IQD JOD KWD LYD OMR TND", 3},
    {"AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD "
     "CAD CDF "
     "CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD "
     "HKD HNL "
     "HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK "
     "MNT MOP "
     "MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB "
     "SAR SBD "
     "SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD "
     "UYU UZS "
     "VES WST XCD YER ZAR ZMW",
        2},
};

Money
money_of(int64_t minor, const char *currency)
{
    Money money = {.minor = minor};

    if (strlen(currency) == 3)
        memcpy(money.currency, currency, 3);
    return money;
}

bool
money_is_known(Money money)
{
    return money.currency[0] != '\0';
}

int
currency_digits(const char *currency)
{
    if (strlen(currency) != 3 || strchr(currency, ' ') != NULL)
        return -1;
    for (size_t i = 0; i < sizeof minor_units / sizeof minor_units[0]; i++)
        if (strstr(minor_units[i].codes, currency) != NULL)
            return minor_units[i].digits;
    return -1;
}

// What the separators of an amount mean, decided before any digit is read.
typedef struct Shape
{
    const char *point;  // the decimal separator, NULL when the amount is whole
    bool doubtful;      // "1,234" could be two amounts
} Shape;

static Shape
amount_shape(const char *text)
{
    const char *last = NULL;
    int separators = 0;
    bool mixed = false, spaced = false;

    for (const char *c = text; *c != '\0'; c++) {
        spaced = spaced || *c == ' ';
        if (*c != '.' && *c != ',')
            continue;
        mixed = mixed || (last != NULL && *last != *c);
        last = c;
        separators++;
    }
    if (last == NULL || (separators > 1 && !mixed))
        return (Shape){NULL, false};  // whole, or grouped like 1,234,567
    const bool three = strspn(last + 1, "0123456789") == 3 && last[4] == '\0';

    return (Shape){last, three && !mixed && !spaced && separators == 1};
}

// Groups are of three digits: "1 234.50" is an amount, "12 34.50" is not.
static bool
grouping_is_sound(const char *text, const char *end)
{
    const char *group = NULL;

    for (const char *c = text; c < end; c++) {
        if (*c >= '0' && *c <= '9')
            continue;
        if (c == text || (group != NULL && c - group != 4) || (group == NULL && c - text > 3))
            return false;
        group = c;
    }
    return group == NULL || end - group == 4;
}

static bool
add_digit(int64_t *minor, char digit)
{
    if (*minor >= MONEY_MINOR_MAX / 10)
        return false;
    *minor = *minor * 10 + (digit - '0');
    return true;
}

static bool
read_fraction(const char *point, int digits, int64_t *minor)
{
    int seen = 0;

    for (const char *c = point == NULL ? "" : point + 1; *c != '\0'; c++, seen++)
        if (*c < '0' || *c > '9' || (seen >= digits && *c != '0') ||
            (seen < digits && !add_digit(minor, *c)))
            return false;
    for (; seen < digits; seen++)
        if (!add_digit(minor, '0'))
            return false;
    return point == NULL || point[1] != '\0';
}

bool
money_parse(const char *text, const char *currency, Money *out, Err *err)
{
    const int digits = currency_digits(currency);
    const bool negative = *text == '-';
    const char *const start = text + (negative ? 1 : 0);
    const Shape shape = amount_shape(start);
    const char *const end = shape.point != NULL ? shape.point : start + strlen(start);
    int64_t minor = 0;
    bool sound = end > start && grouping_is_sound(start, end);

    if (digits < 0)
        return err_set(err, ERR_DATA, "unrecognized currency \"%s\"", currency);
    if (shape.doubtful && digits != 3)
        return err_set(err, ERR_DATA, "amount \"%s\" could mean two amounts", text);
    for (const char *c = start; sound && c < end; c++)
        if (*c >= '0' && *c <= '9')
            sound = add_digit(&minor, *c);
        else
            sound = *c == ' ' || *c == '.' || *c == ',';
    if (!sound || !read_fraction(shape.point, digits, &minor))
        return err_set(err, ERR_DATA, "invalid amount \"%s\" in %s", text, currency);

    *out = (Money){.minor = negative ? -minor : minor};
    memcpy(out->currency, currency, 3);
    return true;
}

char *
money_amount(Arena *arena, Money money)
{
    const int digits = currency_digits(money.currency);
    int64_t scale = 1;

    for (int i = 0; i < digits; i++)
        scale *= 10;

    const int64_t magnitude = money.minor < 0 ? -money.minor : money.minor;
    const char *const sign = money.minor < 0 ? "-" : "";

    if (digits <= 0)
        return arena_printf(arena, "%s%lld", sign, (long long)magnitude);
    return arena_printf(arena, "%s%lld.%0*lld", sign, (long long)(magnitude / scale), digits,
        (long long)(magnitude % scale));
}

char *
money_print(Arena *arena, Money money)
{
    return arena_printf(arena, "%s %s", money_amount(arena, money), money.currency);
}

static bool
same_currency(Money a, Money b, Err *err)
{
    if (memcmp(a.currency, b.currency, sizeof a.currency) == 0)
        return true;
    return err_set(err, ERR_DATA, "cannot combine %s and %s", a.currency, b.currency);
}

bool
money_add(Money a, Money b, Money *out, Err *err)
{
    int64_t sum;

    if (!money_is_known(a) || !money_is_known(b)) {
        *out = money_is_known(a) ? a : b;
        return true;
    }
    if (!same_currency(a, b, err))
        return false;
    if (__builtin_add_overflow(a.minor, b.minor, &sum))
        return err_set(err, ERR_DATA, "a sum in %s is out of range", a.currency);
    *out = a;
    out->minor = sum;
    return true;
}

bool
money_least(Money a, Money b, Money *out, Err *err)
{
    if (!same_currency(a, b, err))
        return false;
    *out = a.minor <= b.minor ? a : b;
    return true;
}

// 128 bits hold any product of two int64; half to even as contracts and IEEE 754 call it.
Money
money_share(Money money, int64_t numerator, int64_t denominator, Rounding rounding)
{
    __extension__ typedef __int128 Wide;
    const Wide product = (Wide)money.minor * numerator;
    Wide quotient = product / denominator, rest = product % denominator;

    if (rest < 0) {
        rest += denominator;
        quotient -= 1;
    }
    const bool half_up = rounding == ROUND_HALF_UP || quotient % 2 != 0;

    if (rounding != ROUND_DOWN && (2 * rest > denominator || (2 * rest == denominator && half_up)))
        quotient += 1;
    money.minor = (int64_t)quotient;
    return money;
}

Money
money_expect(Money money, double probability)
{
    if (isnan(probability) || probability <= 0)
        money.minor = 0;
    else if (probability < 1)
        money.minor = (int64_t)llround((double)money.minor * probability);
    return money;
}
