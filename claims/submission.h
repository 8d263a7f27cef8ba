/*
 * submission.h - one message to one carrier with the claims of a night that may be filed: its key, its words, its files.
 */
#ifndef CLAIMS_SUBMISSION_H
#define CLAIMS_SUBMISSION_H

#include "core/dossier.h"
#include "core/err.h"

// A file on its way to the carrier. The name is made from our own numbers.
typedef struct SubmissionFile
{
    const char *name, *type;
    const char *bytes;
    size_t length;
} SubmissionFile;

typedef struct Submission
{
    const char *key;  // the same for the same claims and round: "VS-000012-5f2a9c11ab01de34"
    Instant as_of;    // of its first attempt
    const char *subject, *text;  // in the language of the first claim
    const SubmissionFile *files;
    size_t file_count;
} Submission;

// A key from our own numbers: the first claim's, and a fingerprint of all of them, of the carrier's slug and of the round (0,
// and one more each time a person lets the same claims be sent again). count is at least 1. Owned by the arena.
char *submission_key(
    Arena *arena, const char *carrier_slug, int64_t round, const int64_t *numbers, size_t count);

// The words of a message about claims of one carrier, sorted by number, on a day; those of files are added by the caller.
// Outside text is cleaned and has no line break. ERR_DATA when the claims' amounts are in several currencies or not known.
bool submission_words(
    Arena *arena, const Dossier *dossiers, size_t count, Day day, Submission *out, Err *err);

// The media type of one of our files, by the end of its name: "application/pdf".
const char *submission_type(const char *file_name);

#endif
