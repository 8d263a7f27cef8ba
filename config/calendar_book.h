/*
 * calendar_book.h - the calendar that counts for a parcel: that of the country it goes to, else the configured one.
 */
#ifndef CONFIG_CALENDAR_BOOK_H
#define CONFIG_CALENDAR_BOOK_H

#include "config/calendar.h"

typedef struct CalendarBook CalendarBook;

// Load all shipped calendars; own (configured, "FR" or "FR-57") serves its whole country and every country without one.
// It must outlive the book. NULL with ERR_CONFIG or problems. Owned by the arena.
const CalendarBook *
calendar_book_load(Arena *arena, const Calendar *own, Problems *problems, Err *err);

// The calendar of a country of destination, an ISO 3166 code of two letters in any case; own when it is NULL, empty or
// has none.
const Calendar *calendar_book_of(const CalendarBook *book, const char *country);

#endif
