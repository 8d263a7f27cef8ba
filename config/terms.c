#include "config/terms.h"

#include "config/terms_read.h"

#include "config/terms_shipped.h"

#include <stdlib.h>
#include <string.h>

typedef struct Shelf
{
    Arena *arena;
    Terms *items;
    size_t count, capacity;
    size_t shipped;  // the first so many are ours; 0 while they are being read
    struct
    {
        Arena *arena;
        SdrRate *items;
        size_t count, capacity;
    } rates;
} Shelf;

static bool
names_carrier(const Terms *terms, const char *slug)
{
    for (size_t i = 0; i < terms->carriers.count; i++)
        if (strcmp(terms->carriers.items[i], slug) == 0)
            return true;
    return false;
}

// Two files of one layer must not have one id, nor two of a carrier's own terms govern the same carrier: which one holds
// would depend on their order. Regimes may overlap: a rule's scope tells them apart.
static void
refuse_overlap(const Shelf *shelf, const Terms *terms, Problems *problems)
{
    for (size_t i = shelf->shipped; i < shelf->count; i++) {
        const Terms *const other = &shelf->items[i];

        if (strcmp(other->id, terms->id) == 0)
            problem_add(problems, terms->file, 0, 0, "id", "\"%s\" is the id of \"%s\" already",
                terms->id, other->file);
        for (size_t k = 0; k < terms->carriers.count && !terms->regime && !other->regime; k++)
            if (names_carrier(other, terms->carriers.items[k]))
                problem_add(problems, terms->file, 0, 0, "carriers",
                    "carrier \"%s\" is governed by \"%s\" already", terms->carriers.items[k],
                    other->file);
    }
}

static void
remove_shipped(Shelf *shelf, const char *id)
{
    for (size_t i = 0; i < shelf->shipped; i++)
        if (strcmp(shelf->items[i].id, id) == 0) {
            memmove(&shelf->items[i], &shelf->items[i + 1],
                (shelf->count - i - 1) * sizeof shelf->items[0]);
            shelf->count--;
            shelf->shipped--;
            return;
        }
}

static void
add_bytes(Shelf *shelf, const char *file, const char *bytes, size_t length, Problems *problems)
{
    TermsFile read;

    if (!terms_read(shelf->arena, file, bytes, length, &read, problems))
        return;
    for (size_t i = 0; i < read.rate_count; i++)
        ARENA_PUSH(&shelf->rates, read.rates[i]);
    if (read.rate_count > 0)
        return;
    refuse_overlap(shelf, &read.terms, problems);
    remove_shipped(shelf, read.terms.id);
    ARENA_PUSH(shelf, read.terms);
}

static void
add_extra(Shelf *shelf, TextList extra, Problems *problems)
{
    const TextList files = reader_files(shelf->arena, extra, problems);

    for (size_t i = 0; i < files.count; i++) {
        size_t length = 0;
        const char *const bytes = reader_bytes(shelf->arena, files.items[i], &length, problems);

        if (bytes != NULL)
            add_bytes(shelf, files.items[i], bytes, length, problems);
    }
}

static int
compare_ids(const void *left, const void *right)
{
    const Terms *const a = left, *const b = right;

    if (a->regime != b->regime)
        return a->regime ? 1 : -1;
    return strcmp(a->id, b->id);
}

static int
compare_rates(const void *left, const void *right)
{
    const SdrRate *const a = left, *const b = right;
    const int order = strcmp(a->currency, b->currency);

    return order != 0 ? order : (a->day > b->day) - (a->day < b->day);
}

// The user's come first, whatever they are; then the carriers' own, then regimes.
static const TermsBook *
bind(Shelf *shelf)
{
    TermsBook *const book = ARENA_NEW(shelf->arena, TermsBook);
    Terms *const terms = ARENA_ARRAY(shelf->arena, Terms, shelf->count);
    const size_t users = shelf->count - shelf->shipped;

    for (size_t i = 0; i < shelf->count; i++)
        terms[i < shelf->shipped ? users + i : i - shelf->shipped] = shelf->items[i];
    qsort(terms, users, sizeof *terms, compare_ids);
    qsort(terms + users, shelf->shipped, sizeof *terms, compare_ids);
    if (shelf->rates.count > 0)
        qsort(shelf->rates.items, shelf->rates.count, sizeof(SdrRate), compare_rates);
    *book = (TermsBook){.terms = terms,
        .count = shelf->count,
        .rates = shelf->rates.items,
        .rate_count = shelf->rates.count};
    return book;
}

const TermsBook *
terms_load(Arena *arena, TextList extra, Problems *problems, Err *err)
{
    Shelf shelf = {.arena = arena, .rates = {.arena = arena}};
    const size_t before = problems->count;

#define X(name, file)                                                                              \
    add_bytes(                                                                                     \
        &shelf, "config/terms/" file, TERMS_##name, sizeof TERMS_##name##_BYTES - 1, problems);
    TERMS_EACH(X)
#undef X
    shelf.shipped = shelf.count;
    add_extra(&shelf, extra, problems);

    const size_t found = problems->count - before;

    if (found > 0) {
        err_set(err, ERR_CONFIG, "%zu problem%s in the terms", found, found == 1 ? "" : "s");
        return NULL;
    }
    return bind(&shelf);
}

const Terms *
terms_next(const TermsBook *book, const char *carrier_slug, size_t *at)
{
    while (*at < book->count)
        if (names_carrier(&book->terms[(*at)++], carrier_slug))
            return &book->terms[*at - 1];
    return NULL;
}

const Terms *
terms_in(const Terms *terms, const char *language)
{
    return strcmp(language, "fr") == 0 && terms->french != NULL ? terms->french : terms;
}

const SdrRate *
terms_sdr(const TermsBook *book, const char *currency, Day day)
{
    const SdrRate *newest = NULL;

    for (size_t i = 0; i < book->rate_count; i++)
        if (strcmp(book->rates[i].currency, currency) == 0 && book->rates[i].day <= day &&
            day - book->rates[i].day <= SDR_DAYS)
            newest = &book->rates[i];
    return newest;
}
