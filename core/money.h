/*
 * money.h - integer minor units and an ISO 4217 currency. Money never touches a double, except where a
 * statistic (an expected cost) is turned into minor units by money_expect().
 */
#ifndef CORE_MONEY_H
#define CORE_MONEY_H

#include "core/arena.h"
#include "core/err.h"

#include <stdint.h>

typedef struct Money
{
    int64_t minor;     // cents, pence, yen
    char currency[4];  // "EUR"; empty when there is no amount at all
} Money;

#define MONEY_NONE ((Money){0})

// |minor| stays below this, so that sums of a million amounts cannot overflow.
#define MONEY_MINOR_MAX INT64_C(1000000000000)

// So many minor units of a currency; a code that is not of three letters ("" where nothing is known) gives an amount of no
// currency.
Money money_of(int64_t minor, const char *currency);

// Whether there is an amount at all (0.00 EUR is one, MONEY_NONE is not).
bool money_is_known(Money money);

// Digits after the decimal point: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217). -1 for an unknown currency.
int currency_digits(const char *currency);

// Read "1234.5", "1234,50", "1 234,50", "1,234.50" in a currency. A lone separator followed by exactly three
// digits ("1,234") could mean two amounts and is refused, as are more digits than the currency has (zeros
// excepted), signs other than '-', and anything else. ERR_DATA, out untouched.
bool money_parse(const char *text, const char *currency, Money *out, Err *err);

// "1234.50 EUR".
char *money_print(Arena *arena, Money money);

// "1234.50": the amount alone, for columns that have a currency beside them.
char *money_amount(Arena *arena, Money money);

// Sum of two amounts of one currency; ERR_DATA when the currencies differ or the sum is out of range. An
// unknown amount counts as nothing.
bool money_add(Money a, Money b, Money *out, Err *err);

// The lesser of two amounts of one currency (both known); ERR_DATA when the currencies differ.
bool money_least(Money a, Money b, Money *out, Err *err);

typedef enum Rounding
{
    ROUND_HALF_EVEN = 0,
    ROUND_DOWN,  // toward minus infinity
    ROUND_HALF_UP,
} Rounding;

// money x numerator / denominator (denominator > 0), to a whole minor unit.
Money money_share(Money money, int64_t numerator, int64_t denominator, Rounding rounding);

// probability x money to the nearest minor unit; probability is clamped to 0..1, NaN gives 0.
Money money_expect(Money money, double probability);

#endif
