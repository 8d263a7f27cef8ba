/*
 * Which claim a line means, and what it does to it. A line is booked on exactly one claim or on none: what fits two
 * claims, or fits one and disagrees with it, is for a person.
 */
#include "claims/settlement/settlement.h"

#include "claims/settlement/effect.h"
#include "core/map.h"
#include "core/text.h"

#include <string.h>
#include <strings.h>

#define NOBODY (-1)

struct SettlementBook
{
    Arena *arena;
    SettlementClaim *claims;
    size_t count;
    const char *carrier_slug;
    Map *by_number, *by_tracking, *by_note;  // to the first claim
    int64_t *next_of_tracking;               // the next claim of the same tracking number
};

// by_note: a credit note that credited several claims names none of them.
#define SEVERAL (-2)

int64_t
settlement_reference_number(const char *text)
{
    int64_t number = 0;

    if (strncasecmp(text, "VG-", 3) != 0 || text[3] < '0' || text[3] > '9')
        return 0;
    return text_parse_int(text + 3, &number) && number > 0 ? number : 0;
}

char *
settlement_tracking_key(Arena *arena, const char *tracking_number)
{
    char *const key = arena_copy(arena, tracking_number);
    size_t length = 0;

    for (const char *c = tracking_number; *c != '\0'; c++)
        if (*c != ' ')
            key[length++] = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
    key[length] = '\0';
    return key;
}

static void
note_claim(SettlementBook *book, const char *credit_note, size_t claim)
{
    const int64_t known = map_get(book->by_note, credit_note, strlen(credit_note), NOBODY);

    map_put(book->by_note, credit_note, strlen(credit_note),
        known == NOBODY || known == (int64_t)claim ? (int64_t)claim : SEVERAL);
}

static void
enter(SettlementBook *book, size_t claim)
{
    const SettlementClaim *const known = &book->claims[claim];
    const char *const key = settlement_tracking_key(book->arena, known->tracking_number);

    map_put(book->by_number, &known->number, sizeof known->number, (int64_t)claim);
    book->next_of_tracking[claim] = map_get(book->by_tracking, key, strlen(key), NOBODY);
    map_put(book->by_tracking, key, strlen(key), (int64_t)claim);
    for (size_t i = 0; i < known->credit_note_count; i++)
        note_claim(book, known->credit_notes[i], claim);
}

SettlementBook *
settlement_book(Arena *arena, SettlementClaim *claims, size_t count, const char *carrier_slug)
{
    SettlementBook *const book = ARENA_NEW(arena, SettlementBook);

    *book = (SettlementBook){
        .arena = arena,
        .claims = claims,
        .count = count,
        .carrier_slug = carrier_slug,
        .by_number = map_create(arena),
        .by_tracking = map_create(arena),
        .by_note = map_create(arena),
        .next_of_tracking = ARENA_ARRAY(arena, int64_t, count),
    };
    for (size_t i = 0; i < count; i++)
        enter(book, i);
    return book;
}

Money
settlement_due(const SettlementClaim *claim)
{
    Money due = claim->claimed;
    Err ignored = {0};

    if (!money_is_known(due))
        return claim->payable;
    if (money_is_known(claim->payable))
        money_least(due, claim->payable, &due, &ignored);
    return due;
}

static SettlementAnswer
answer(SettlementState state, const char *why)
{
    return (SettlementAnswer){.state = state, .why = why};
}

// What is still missing; unknown when nothing can be said.
static Money
outstanding(const SettlementClaim *claim)
{
    Money due = settlement_due(claim);

    if (money_is_known(due) && money_is_known(claim->credited))
        due.minor -= claim->credited.minor;
    return due;
}

static bool
same_amount(Money a, Money b)
{
    return a.minor == b.minor && text_equal(a.currency, b.currency);
}

// Whether the line says nothing against this claim.
static bool
agrees(const SettlementBook *book, const SettlementClaim *claim, const SettlementLine *line,
    const char **why)
{
    Arena *const arena = book->arena;
    const char *const key = settlement_tracking_key(arena, line->tracking_number);

    if (*key != '\0' && !text_equal(key, settlement_tracking_key(arena, claim->tracking_number))) {
        *why = arena_printf(arena, "claim %s is for parcel \"%s\", but the line is for \"%s\"",
            claim->reference, text_clean(arena, claim->tracking_number), line->tracking_number);
        return false;
    }
    if (*book->carrier_slug != '\0' && !text_equal(book->carrier_slug, claim->carrier_slug)) {
        *why = arena_printf(arena, "claim %s is against %s, not %s", claim->reference,
            claim->carrier_slug, book->carrier_slug);
        return false;
    }
    return true;
}

static SettlementAnswer
by_reference(SettlementBook *book, const SettlementLine *line, int64_t number)
{
    const int64_t claim = map_get(book->by_number, &number, sizeof number, NOBODY);
    const char *why;

    if (claim == NOBODY)
        return answer(SETTLEMENT_UNMATCHED,
            arena_printf(book->arena, "there is no claim \"%s\"", line->reference));
    if (!agrees(book, &book->claims[claim], line, &why))
        return answer(SETTLEMENT_AMBIGUOUS, why);
    return settlement_book_on(book, (size_t)claim, line);
}

static bool
has_note(const SettlementClaim *claim, const char *credit_note)
{
    for (size_t i = 0; i < claim->credit_note_count; i++)
        if (strcmp(claim->credit_notes[i], credit_note) == 0)
            return true;
    return false;
}

// A refusal has no amount to compare; a credit must be what is still missing, or already credited by the same note.
static bool
fits(const SettlementClaim *claim, const SettlementLine *line)
{
    return settlement_is_refusal(line) || has_note(claim, line->credit_note) ||
           same_amount(outstanding(claim), line->amount);
}

static SettlementAnswer
by_tracking(SettlementBook *book, const SettlementLine *line, int64_t first)
{
    Arena *const arena = book->arena;
    int64_t found = NOBODY, known = NOBODY;
    size_t fitting = 0;

    for (int64_t i = first; i != NOBODY; i = book->next_of_tracking[i]) {
        const char *why;

        if (!agrees(book, &book->claims[i], line, &why))
            continue;
        known = i;
        if (fits(&book->claims[i], line)) {
            found = i;
            fitting++;
        }
    }
    if (fitting == 1)
        return settlement_book_on(book, (size_t)found, line);
    if (fitting > 1)
        return answer(SETTLEMENT_AMBIGUOUS,
            arena_printf(arena, "%zu claims have that tracking number and fit the line", fitting));
    if (known == NOBODY)
        return answer(SETTLEMENT_UNMATCHED,
            arena_printf(
                arena, "no claim against %s has that tracking number", book->carrier_slug));

    const Money missing = outstanding(&book->claims[known]);

    return answer(SETTLEMENT_AMBIGUOUS,
        arena_printf(arena, "claim %s has that tracking number, but %s is still missing, not %s",
            book->claims[known].reference,
            money_is_known(missing) ? money_print(arena, missing) : "an unknown amount",
            money_print(arena, line->amount)));
}

static SettlementAnswer
by_note(SettlementBook *book, const SettlementLine *line)
{
    const char *const note = line->credit_note;
    const int64_t claim =
        *note == '\0' ? NOBODY : map_get(book->by_note, note, strlen(note), NOBODY);
    const char *why;

    if (claim == SEVERAL)
        return answer(SETTLEMENT_AMBIGUOUS,
            arena_printf(book->arena, "credit note \"%s\" concerns several claims", note));
    if (claim == NOBODY)
        return answer(
            SETTLEMENT_UNMATCHED, "no claim has that reference, tracking number or credit note");
    if (!agrees(book, &book->claims[claim], line, &why))
        return answer(SETTLEMENT_AMBIGUOUS, why);
    return settlement_book_on(book, (size_t)claim, line);
}

SettlementAnswer
settlement_book_line(SettlementBook *book, const SettlementLine *line)
{
    const int64_t number = settlement_reference_number(line->reference);
    const char *const key = settlement_tracking_key(book->arena, line->tracking_number);
    const int64_t first =
        *key == '\0' ? NOBODY : map_get(book->by_tracking, key, strlen(key), NOBODY);

    if (*line->problem != '\0')
        return answer(SETTLEMENT_SET_ASIDE, line->problem);
    if (number > 0)
        return by_reference(book, line, number);
    return first != NOBODY ? by_tracking(book, line, first) : by_note(book, line);
}

static void
remember_note(SettlementBook *book, size_t index, const char *credit_note)
{
    SettlementClaim *const claim = &book->claims[index];

    if (*credit_note == '\0' || has_note(claim, credit_note))
        return;

    const char **const notes = arena_grow_array(book->arena, claim->credit_notes,
        sizeof *claim->credit_notes, claim->credit_note_count, claim->credit_note_count + 1);

    notes[claim->credit_note_count++] = credit_note;
    claim->credit_notes = notes;
    note_claim(book, credit_note, index);
}

SettlementAnswer
settlement_book_on(SettlementBook *book, size_t index, const SettlementLine *line)
{
    SettlementClaim *const claim = &book->claims[index];

    if (*line->problem != '\0')
        return answer(SETTLEMENT_SET_ASIDE, line->problem);
    if (*line->credit_note != '\0' && has_note(claim, line->credit_note))
        return (SettlementAnswer){.state = SETTLEMENT_REPEATED,
            .claim = index,
            .why = arena_printf(book->arena, "credit note \"%s\" was booked on claim %s before",
                line->credit_note, claim->reference)};

    SettlementAnswer out = settlement_effect(book->arena, claim, line);

    out.claim = index;
    if (out.state != SETTLEMENT_MATCHED)
        return out;
    claim->state = out.path_count > 0 ? out.path[out.path_count - 1] : claim->state;
    claim->granted = out.granted;
    claim->credited = out.credited;
    remember_note(book, index, line->credit_note);
    return out;
}
