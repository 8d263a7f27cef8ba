/*
 * sample_cards.h - made-up scorecards: two carriers with services and lanes, one of them drifting, among them names as real
 * sources have them.
 */
#ifndef TESTS_HARNESS_SAMPLE_CARDS_H
#define TESTS_HARNESS_SAMPLE_CARDS_H

#include "core/scorecard.h"

Scorecards sample_cards(void);

// Of a night that knows of none.
Scorecards sample_no_cards(void);

#endif
