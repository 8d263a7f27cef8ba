/*
 * recalibration.h - correcting tonight's probabilities by what became of the last nights' (statistics 7).
 */
#ifndef DETECTORS_JUDGEMENT_RECALIBRATION_H
#define DETECTORS_JUDGEMENT_RECALIBRATION_H

#include "core/arena.h"
#include "core/forecast.h"

typedef enum RecalibrationKind
{
    RECALIBRATION_LATE,
    RECALIBRATION_LOST,
    RECALIBRATION_KINDS,
} RecalibrationKind;

// A matured statement: what the baselines said (before recalibration) and what became of it. carrier may be NULL.
typedef struct Matured
{
    Instant as_of;  // the night that said it
    const char *carrier;
    double probability;
    bool happened;
    double weight;  // how many parcels it stands for in a sample; 0 means 1
} Matured;

typedef struct Recalibration Recalibration;

// A kind is corrected only if that would have helped: a map fitted to the earlier two thirds of the span of nights must beat no
// map on the last third, by log loss. Where all was said in one night, nobody can tell, and nothing is corrected.
//
// Fit a map per kind, each carrier's shrunk to that of all, all shrunk to the identity. Few or no items: close to, or
// exactly, the identity. Items may come in any order and give the same bits. Owned by the arena. Never fails.
const Recalibration *recalibration_fit(Arena *arena, const Matured *items[RECALIBRATION_KINDS],
    const size_t counts[RECALIBRATION_KINDS]);

// The recalibrated probability: monotone in the given one, 0 and 1 stay, NAN stays NAN.
double recalibration_apply(const Recalibration *recalibration, RecalibrationKind kind,
    const char *carrier, double probability);

// How many matured statements are behind a kind; those said without doubt (0 or 1) or without sense (NAN) are not.
size_t recalibration_count(const Recalibration *recalibration, RecalibrationKind kind);

#endif
