/*
 * stage.h - where a parcel stands, for learning: its last milestone, and for "in transit", which carriers scan at every
 * hub, the how-manieth time. A parcel at its second hub is nearer than one at its first.
 */
#ifndef CORE_STAGE_H
#define CORE_STAGE_H

#include "core/milestone.h"

// Milestones are stages by their own number; the second to the fourth (and any later) scan in transit follow behind.
typedef int Stage;

#define STAGE_REPEATS 3
#define STAGE_COUNT   (MILESTONE_COUNT + STAGE_REPEATS)

// The stage of a scan of a milestone that is number count (1 or more) among those of its milestone.
Stage stage_of(Milestone milestone, int count);

// The milestone that a stage is a scan of.
Milestone stage_milestone(Stage stage);

// "in_transit", "in_transit_2"; the word in Vigie's own tables.
const char *stage_name(Stage stage);
bool stage_parse(const char *name, Stage *out);

#endif
