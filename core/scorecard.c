#include "core/scorecard.h"

#include <string.h>

static const char *const levels[SCORE_LEVEL_COUNT] = {"carrier", "service", "lane"};

const double score_quantiles[SCORE_QUANTILES] = {.5, .9, .95};

const char *
score_level_name(ScoreLevel level)
{
    return levels[level];
}

bool
score_level_parse(const char *name, ScoreLevel *out)
{
    for (ScoreLevel level = SCORE_CARRIER; level < SCORE_LEVEL_COUNT; level++)
        if (strcmp(levels[level], name) == 0) {
            *out = level;
            return true;
        }
    return false;
}

Money
claim_sum_money(const CarrierClaimSums *sums, int64_t minor)
{
    return money_of(minor, sums->currency);
}

const Scorecard *
scorecards_carrier(const Scorecards *cards, const char *carrier)
{
    for (size_t i = 0; i < cards->count && cards->items[i].level == SCORE_CARRIER; i++)
        if (strcmp(cards->items[i].carrier, carrier) == 0)
            return &cards->items[i];
    return NULL;
}
