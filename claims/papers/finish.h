/*
 * finish.h - what a PDF needs besides what cairo says. The one door to qpdf.
 */
#ifndef CLAIMS_PAPERS_FINISH_H
#define CLAIMS_PAPERS_FINISH_H

#include "core/arena.h"
#include "core/err.h"

#include <stddef.h>

typedef struct PdfWords
{
    const char *language;             // "fr"
    const char *const *alternatives;  // of the figures, in order of reading
    size_t alternative_count;
} PdfWords;

// Set a PDF's language, have readers show its title, give its figures their words, and an identity that depends on nothing
// but its content. The result belongs to the arena. ERR_FAILED with qpdf's reason.
bool pdf_finish(Arena *arena, const char *pdf, size_t size, const PdfWords *words,
    const char **bytes, size_t *length, Err *err);

#endif
