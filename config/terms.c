#include "config/terms.h"

#include "config/reader.h"
#include "config/terms_read.h"

#include "config/terms_shipped.h"

#include <string.h>

typedef struct Shelf
{
    Arena *arena;
    Terms *items;
    size_t count, capacity;
    size_t shipped;  // the first so many are ours; 0 while they are being read
} Shelf;

static bool
names_carrier(const Terms *terms, const char *slug)
{
    for (size_t i = 0; i < terms->carriers.count; i++)
        if (strcmp(terms->carriers.items[i], slug) == 0)
            return true;
    return false;
}

// Two files of one layer must not govern the same carrier, nor have one id: which one holds would depend on their
// order.
static void
refuse_overlap(const Shelf *shelf, const Terms *terms, Problems *problems)
{
    for (size_t i = shelf->shipped; i < shelf->count; i++) {
        if (strcmp(shelf->items[i].id, terms->id) == 0)
            problem_add(problems, terms->file, 0, 0, "id", "\"%s\" is the id of \"%s\" already",
                terms->id, shelf->items[i].file);
        for (size_t k = 0; k < terms->carriers.count; k++)
            if (names_carrier(&shelf->items[i], terms->carriers.items[k]))
                problem_add(problems, terms->file, 0, 0, "carriers",
                    "carrier \"%s\" is governed by \"%s\" already", terms->carriers.items[k],
                    shelf->items[i].file);
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
    Terms terms;

    if (!terms_read(shelf->arena, file, bytes, length, &terms, problems))
        return;
    refuse_overlap(shelf, &terms, problems);
    remove_shipped(shelf, terms.id);
    ARENA_PUSH(shelf, terms);
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

const TermsBook *
terms_load(Arena *arena, TextList extra, Problems *problems, Err *err)
{
    Shelf shelf = {.arena = arena};
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

    TermsBook *const book = ARENA_NEW(arena, TermsBook);

    *book = (TermsBook){.terms = shelf.items, .count = shelf.count};
    return book;
}

const Terms *
terms_of_carrier(const TermsBook *book, const char *carrier_slug)
{
    for (size_t i = book->count; i > 0; i--)
        if (names_carrier(&book->terms[i - 1], carrier_slug))
            return &book->terms[i - 1];
    return NULL;
}
