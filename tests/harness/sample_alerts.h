/*
 * sample_alerts.h - what happened in a made-up night with hostile texts in every outside field, and the rules of
 * tests/alerts/rules.yaml that speak of it.
 */
#ifndef TESTS_HARNESS_SAMPLE_ALERTS_H
#define TESTS_HARNESS_SAMPLE_ALERTS_H

#include "alerts/happening.h"

// The surroundings of the night; the settings are those of a file below the sources.
AlertDesk sample_desk(Arena *arena, const char *settings_file);

// Cases (new and worse, with findings), claims, incidents and a run that failed.
const Happening *sample_happenings(Arena *arena, size_t *count);

#endif
