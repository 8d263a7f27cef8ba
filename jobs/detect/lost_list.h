/*
 * lost_list.h - tonight's list of lost parcels, kept as true as the settings ask for.
 */
#ifndef JOBS_DETECT_LOST_LIST_H
#define JOBS_DETECT_LOST_LIST_H

#include "core/case.h"

// Take the likeliest false ones off the list until at most this share of it (detect.lost_false_share) is expected to be
// false: such a finding goes by its next signal, and one without another goes. Findings are changed in place; returns how
// many are left.
size_t lost_list_cut(Finding *findings, size_t count, double false_share, Arena *arena);

#endif
