/*
 * sample_dossier.h - made-up claims as carriers would get them, in both languages, for each ground, with and without an
 * amount.
 */
#ifndef TESTS_HARNESS_SAMPLE_DOSSIER_H
#define TESTS_HARNESS_SAMPLE_DOSSIER_H

#include "core/dossier.h"

// A lost parcel of 1.2 kg worth 180 EUR, claimed in the language ("fr", "en") on the ground, with history and curve.
Dossier sample_dossier(Arena *arena, const char *language, ClaimGround ground);

// The same before its weight is known: a draft without an amount.
Dossier sample_dossier_draft(Arena *arena, const char *language);

#endif
