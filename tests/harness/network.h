/*
 * network.h - a small parcel network with known habits, for stories: what is normal in it can be reckoned by hand.
 *
 * Carrier "swift", service "home", lane north>south. From the label a parcel is accepted after 4 to 24 h, in transit after
 * 6 to 26 h more, out for delivery after 10 to 40 h more and delivered after 3 to 13 h more, each evenly spread, day and
 * night. One in 125 rests 1 to 6 days more before it is out for delivery, one in 500 vanishes there. One label in fifty is
 * never handed over.
 *
 * Carrier "ferry", service "home", lane north>island, a tenth as many parcels. From the label a parcel is accepted after 4 to
 * 24 h, in customs after 6 to 26 h more, cleared after 10 to 40 h more and out for delivery after 6 to 20 h more. One in ten
 * is refused 3 to 9 h later, is on its way back after 5 to 20 h more and back after 60 to 120 h more; of the others one in
 * three meets nobody 3 to 9 h later and is out again after 12 to 36 h more; they are delivered after 3 to 13 h more.
 */
#ifndef TESTS_HARNESS_NETWORK_H
#define TESTS_HARNESS_NETWORK_H

#include "detectors/baseline/baseline.h"
#include "detectors/baseline/learner.h"
#include "tests/harness/histories.h"

// The plan that learns from it: Europe/Paris, French holidays, 60 days. NULL when time zone or calendar are missing. Owned
// by the arena.
const LearnPlan *network_plan(Arena *arena, Instant as_of);

// What one learns from `count` of swift's shipments, labelled evenly over the 60 days before as-of; and, the second, from a
// tenth as many of ferry's besides.
const Learned *network_learned(Arena *arena, const LearnPlan *plan, size_t count);
const Learned *network_and_sea_learned(Arena *arena, const LearnPlan *plan, size_t count);

// One of swift's shipments, labelled at `created`, with all that happens to it. Owned by the arena.
Shipment network_shipment(Arena *arena, Dice *dice, Instant created);

#endif
