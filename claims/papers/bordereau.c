#include "claims/papers/bordereau.h"

#include "claims/claims.h"
#include "core/text.h"

#define SLUG_MAX 60

static const char *
name_of(Arena *arena, const char *carrier_slug, Day day, const char *kind, const char *extension)
{
    const char *const slug = text_slug(arena, carrier_slug);

    return arena_printf(arena, "%s-%.*s-%s.%s", kind, SLUG_MAX, *slug != '\0' ? slug : "carrier",
        day_print(arena, day), extension);
}

const char *
bordereau_name(Arena *arena, const Bordereau *bordereau, const char *kind, const char *extension)
{
    return name_of(arena, bordereau->carrier_slug, bordereau->day, kind, extension);
}

char *
claims_bordereau_name(Arena *arena, const char *carrier_slug, Day day)
{
    return arena_copy(arena, name_of(arena, carrier_slug, day, "bordereau", "csv"));
}

static BordereauTotal *
total_of(BordereauTotal *totals, size_t *count, Money amount)
{
    for (size_t i = 0; i < *count; i++)
        if (text_equal(totals[i].sum.currency, amount.currency))
            return &totals[i];
    totals[*count].sum = amount;
    totals[*count].sum.minor = 0;
    return &totals[(*count)++];
}

size_t
bordereau_totals(Arena *arena, const Bordereau *bordereau, BordereauTotal **totals)
{
    size_t count = 0;

    *totals = ARENA_ARRAY(arena, BordereauTotal, bordereau->count);
    for (size_t i = 0; i < bordereau->count; i++) {
        const Money amount = bordereau->dossiers[i].claim.payable;
        BordereauTotal *const total = total_of(*totals, &count, amount);

        total->sum.minor += amount.minor;
        total->count++;
    }
    return count;
}

bool
papers_of_bordereau(Press *press, const Bordereau *bordereau, PaperList *list, Err *err)
{
    Arena *const arena = list->arena;
    PaperList made = {.arena = arena};
    BordereauTotal *totals;
    const size_t total_count = bordereau_totals(arena, bordereau, &totals);
    bool has_amounts = false;
    Paper paper;

    if (!paper_bordereau_csv(arena, bordereau, &paper, err))
        return false;
    ARENA_PUSH(&made, paper);
    if (!paper_bordereau_xlsx(press, arena, bordereau, &paper, err))
        return false;
    ARENA_PUSH(&made, paper);
    if (!paper_bordereau_pdf(press, arena, bordereau, &paper, err))
        return false;
    ARENA_PUSH(&made, paper);
    for (size_t i = 0; i < total_count; i++) {
        if (!money_is_known(totals[i].sum))
            continue;
        if (!paper_debit_note(arena, bordereau, totals[i].sum.currency, &paper, err))
            return false;
        ARENA_PUSH(&made, paper);
        has_amounts = true;
    }
    if (has_amounts) {
        if (!paper_claims_x12(arena, bordereau, &paper, err))
            return false;
        ARENA_PUSH(&made, paper);
    }
    for (size_t i = 0; i < made.count; i++)
        ARENA_PUSH(list, made.items[i]);
    return true;
}
