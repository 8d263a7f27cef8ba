// Any text as an amount, a number, a day, an instant, a clock: what was understood, printed again, means the same.
#include "core/instant.h"
#include "core/money.h"
#include "core/text.h"
#include "core/zone.h"
#include "tests/fuzz/fuzz.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static void
check_money(Arena *arena, const char *text)
{
    static const char *const currencies[] = {"EUR", "JPY", "KWD", "XXQ"};

    for (size_t i = 0; i < 4; i++) {
        Money money = MONEY_NONE, again = MONEY_NONE;
        Err err = {0};

        if (!money_parse(text, currencies[i], &money, &err)) {
            require(err.kind == ERR_DATA && !money_is_known(money));
            continue;
        }
        require(llabs((long long)money.minor) < MONEY_MINOR_MAX);
        require(money_parse(money_amount(arena, money), currencies[i], &again, &err));
        require(again.minor == money.minor && strcmp(again.currency, money.currency) == 0);
    }
}

static void
check_times(Arena *arena, const char *text)
{
    Instant at, at_again;
    Day day, day_again;
    int64_t wall;
    int minutes;

    if (day_parse(text, &day))
        require(strcmp(day_print(arena, day), text) == 0 && day_parse(text, &day_again));
    if (instant_parse(text, &at))
        require(instant_parse(instant_print(arena, at), &at_again) && at_again == at);
    if (wall_parse(text, &wall))
        require(wall >= day_from_civil(YEAR_MIN, 1, 1) * HOURS_24);
    if (clock_parse(text, &minutes))
        require(minutes >= 0 && minutes <= 1440);
}

static void
check_numbers(Arena *arena, const char *text)
{
    int64_t whole, again;
    double real;

    if (text_parse_int(text, &whole))
        require(text_parse_int(arena_printf(arena, "%" PRId64, whole), &again) && again == whole);
    if (text_parse_real(text, &real))
        require(isfinite(real));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Arena *const arena = arena_create();
    const char *const text = arena_copy_bytes(arena, (const char *)bytes, length);

    check_money(arena, text);
    check_times(arena, text);
    check_numbers(arena, text);
    arena_destroy(arena);
    return 0;
}
