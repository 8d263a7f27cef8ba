#include "claims/settlement/lines.h"

#include "core/text.h"

#include <string.h>

#define AMOUNT_MAX 40   // bytes
#define NAME_MAX   200  // bytes of a reference, which an index must hold
#define REASON_MAX 1000

// A text of at most so many bytes; *cut is set when it was longer.
static const char *
within(Arena *arena, const char *text, size_t most, bool *cut)
{
    if (strlen(text) <= most)
        return text;
    *cut = true;
    return text_clean(arena, arena_copy_bytes(arena, text, most));
}

void
settlement_limit(Arena *arena, SettlementLine *line)
{
    bool cut = false, shortened = false;

    line->reference = within(arena, line->reference, NAME_MAX, &cut);
    line->tracking_number = within(arena, line->tracking_number, NAME_MAX, &cut);
    line->credit_note = within(arena, line->credit_note, NAME_MAX, &cut);
    line->amount_text = within(arena, line->amount_text, NAME_MAX, &cut);
    line->reason = within(arena, line->reason, REASON_MAX, &shortened);
    if (cut && *line->problem == '\0')
        line->problem = "a text is longer than 200 bytes";
}

// The separators of a style: at most one decimal one, after all of the groups.
static bool
follows_style(const char *text, char decimal, char group)
{
    const char *const point = strchr(text, decimal);

    return point == NULL || (strchr(point + 1, decimal) == NULL && strchr(point, group) == NULL);
}

// money_parse() tells the separators by the text and refuses what could mean two amounts. Where the style is known, a whole
// amount gets its decimals, and then there is no doubt left.
bool
settlement_amount(const char *text, DecimalStyle style, const char *currency, Money *out, Err *err)
{
    const char decimal = style == DECIMAL_POINT ? '.' : ',';
    Arena *const arena = arena_create();
    const char *full = text;

    if (style != DECIMAL_EITHER && strchr(text, decimal) == NULL && *text != '\0')
        full = arena_printf(arena, "%s%c00", text, decimal);

    const bool sound =
        strlen(text) <= AMOUNT_MAX &&
        (style == DECIMAL_EITHER || follows_style(text, decimal, decimal == '.' ? ',' : '.'));
    const bool done =
        sound ? money_parse(full, currency, out, err)
              : err_set(err, ERR_DATA, "amount \"%s\" is not written as the layout says",
                    within(arena, text, AMOUNT_MAX, &(bool){false}));

    arena_destroy(arena);
    return done;
}
