/*
 * words.h - what people read, in their language. Machine names (case_kind_name and the like) never
 * change with it.
 */
#ifndef CORE_WORDS_H
#define CORE_WORDS_H

#include "core/case.h"
#include "core/money.h"

typedef enum Language
{
    LANGUAGE_ENGLISH,
    LANGUAGE_FRENCH,
    LANGUAGE_COUNT,
} Language;

// The one of two texts that is in the language. Both may be formats for the same values.
#define IN_LANGUAGE(language, english, french)                                                     \
    ((language) == LANGUAGE_FRENCH ? (french) : (english))

// "fr" is French; anything else English.
Language language_of(const char *code);
const char *language_code(Language language);  // "fr", as in the lang attribute

// A milestone as people say it: "out for delivery".
const char *words_milestone(Language language, Milestone milestone);

const char *words_case_kind(Language language, CaseKind kind);     // "not handed over"
const char *words_case_state(Language language, CaseState state);  // "acknowledged"
// The state of a case, and until when it is out of sight: "snoozed until 2026-11-25". Owned by the arena.
const char *
words_case_standing(Arena *arena, Language language, CaseState state, Day snoozed_until);
const char *
words_case_event(Language language, CaseEvent event);  // "new", "worse"; "" when unremarkable

// What happened to a case, in its history: "opened", "snoozed".
const char *words_case_deed(Language language, CaseEvent event);

// "1,234.50 EUR", in French "1 234,50 EUR" with no-break spaces; "-" when unknown.
char *words_money(Arena *arena, Language language, Money money);

// "1,234", in French "1 234".
char *words_count(Arena *arena, Language language, int64_t count);

// An expected number (0 or more), for people: "about 21", "fewer than 1" below a half; in French "environ 21".
char *words_about(Arena *arena, Language language, double expected);

// "20 November 2026"; "1er novembre 2026".
char *words_day(Arena *arena, Language language, Day day);

// "97 %", "0.4 %", "<0.1 %", ">99.9 %"; "-" when NaN.
char *words_share(Arena *arena, Language language, double share);

// A number with so many decimals: "2.4", in French "2,4".
char *words_decimals(Arena *arena, Language language, double value, int decimals);

// A number with so many digits that count: "0.1234", in French "0,1234".
char *words_digits(Arena *arena, Language language, double value, int digits);

// A duration: "61 h" up to four days, then "12 d" ("12 j"); "-" when NaN.
char *words_hours(Arena *arena, Language language, double hours);

// A number of days: "1.9 d", in French "1,9 j"; "-" when not finite.
char *words_days(Arena *arena, Language language, double days);

#endif
