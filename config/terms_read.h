/*
 * terms_read.h - one file of terms from its bytes; its parts are read in files of their own.
 */
#ifndef CONFIG_TERMS_READ_H
#define CONFIG_TERMS_READ_H

#include "config/reader.h"
#include "config/terms.h"

// What a file holds: terms, or rates of the SDR (rate_count > 0).
typedef struct TermsFile
{
    Terms terms;
    const SdrRate *rates;
    size_t rate_count;
} TermsFile;

// Read one file. False when there was any problem; out is then untouched.
bool terms_read(Arena *arena, const char *file, const char *bytes, size_t length, TermsFile *out,
    Problems *problems);

// How far a source is to be trusted, in the words of a file.
#define CONFIDENCES_COUNT 4
extern const char *const CONFIDENCES[CONFIDENCES_COUNT];

// The date of a rule under a key, without ways when it has none. The rule's own source and confidence stand for a date
// that names none, unless it must (sourced REQUIRED).
TermsDate terms_read_date(
    Reader *reader, const Node *rule, const char *key, Need sourced, const TermsRule *own);

// "liabilities" and "evidence" of a rule, into it.
void terms_read_liabilities(Reader *reader, const Node *node, TermsRule *rule);
void terms_read_evidence(Reader *reader, const Node *node, TermsRule *rule);

// "23.00 EUR" under a key; unknown after a problem, or when it is missing and optional.
Money terms_read_amount(Reader *reader, const Node *node, const char *key, Need need);

// A decimal above 0 and at most `most` under a key, in millionths: "8.33". 0 after a problem.
int64_t terms_read_micros(Reader *reader, const Node *node, const char *key, int64_t most);

#endif
