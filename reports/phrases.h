/*
 * phrases.h - the headings and labels of the report, in its language. Sentences with numbers are
 * where they are used.
 */
#ifndef REPORTS_PHRASES_H
#define REPORTS_PHRASES_H

#include "core/words.h"

typedef struct Phrases
{
    const char *title, *as_of, *skip, *skip_main, *tonight, *kind, *now, *opened, *worse, *cleared;
    const char *cases, *cases_caption, *no_case;
    const char *rank, *number, *parcel, *lane, *silence, *p_late, *p_lost, *cost, *evidence, *claim,
        *state;
    const char *until, *file_by, *claims, *claims_caption, *no_claim, *reference, *payable,
        *deadline, *missing, *basis;
    const char *last_day, *day_left, *days_left, *overdue, *right_ends, *enclose;
    const char *bordereaux, *carrier, *file, *count, *total;
    const char *data, *set_aside, *step, *reason, *unmapped, *unknown_carrier, *code, *example,
        *nothing_aside;
    const char *incidents, *incidents_caption, *incident, *what, *since, *pace, *members;
    const char *verify;
    const char *due, *claim_by, *promised_by, *expected_by, *worth, *change, *night_before,
        *kinds_caption, *than_before;
    const char *form_cases, *form_claims, *search, *all, *sort_by, *as_ranked, *clear, *show_more,
        *rows_before, *rows_after, *shown, *further;
    const char *trust, *all_nights, *earlier_night, *later_night, *this_night, *sections, *nights,
        *nights_caption, *night, *judged, *open_cases, *new_cases, *at_stake, *to_file,
        *due_this_week, *no_later_night, *trend, *trend_is;
} Phrases;

// The phrases of a language; they live for ever.
const Phrases *phrases_of(Language language);

#endif
