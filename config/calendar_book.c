#include "config/calendar_book.h"

#include "core/text.h"

#include <string.h>

struct CalendarBook
{
    const Calendar *own;
    const Calendar *of[26][26];  // by the two letters of the country; NULL for own
};

// 0 to 25; -1 when it is no letter.
static int
letter(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' : -1;
}

static const Calendar **
slot(CalendarBook *book, const char *country)
{
    return &book->of[letter(country[0])][letter(country[1])];
}

const CalendarBook *
calendar_book_load(Arena *arena, const Calendar *own, Problems *problems, Err *err)
{
    CalendarBook *const book = ARENA_NEW(arena, CalendarBook);
    const TextList countries = calendar_countries(arena);

    book->own = own;
    for (size_t i = 0; i < countries.count; i++) {
        if (text_starts_with(calendar_id(own), countries.items[i]))
            continue;

        const Calendar *const calendar = calendar_load(arena, countries.items[i], problems, err);

        if (calendar == NULL)
            return NULL;
        *slot(book, countries.items[i]) = calendar;
    }
    return book;
}

const Calendar *
calendar_book_of(const CalendarBook *book, const char *country)
{
    if (text_is_empty(country) || strlen(country) != 2 || letter(country[0]) < 0 ||
        letter(country[1]) < 0)
        return book->own;

    const Calendar *const found = book->of[letter(country[0])][letter(country[1])];

    return found == NULL ? book->own : found;
}
