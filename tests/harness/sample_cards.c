#include "tests/harness/sample_cards.h"

#include <math.h>

#define NO_SHARE                                                                                   \
    {                                                                                              \
        .share = NAN, .low = NAN, .high = NAN                                                      \
    }
#define NO_DRIFT                                                                                   \
    {                                                                                              \
        .since = DAY_NONE, .usual = NAN                                                            \
    }

static const Scorecard cards[] = {
    {.level = SCORE_CARRIER,
        .carrier = "=cmd|'/c calc'!A0",
        .service = "",
        .origin = "",
        .destination = "",
        .parcels = 25,
        .presented = 3,
        .transit_hours = {NAN, NAN, NAN},
        .on_time = {NO_SHARE, NO_SHARE},
        .lost = NO_SHARE,
        .drift = NO_DRIFT},
    {.level = SCORE_CARRIER,
        .carrier = "colissimo",
        .service = "",
        .origin = "",
        .destination = "",
        .parcels = 1723,
        .presented = 1663,
        .transit_hours = {46.2, 74.8, 98.8},
        .on_time = {[PROMISE_STATED] = {1574, 1496, .950445, .938584, .960112},
            [PROMISE_DERIVED] = {13, 11, .846154, .577654, .956742}},
        .lost = {1136, 9, .007923, .004174, .014988},
        .drift = {.known = true,
            .on = true,
            .since = 20500,
            .statistic = 5.5,
            .usual = .963788,
            .of = 762,
            .count = 713}},
    {.level = SCORE_CARRIER,
        .carrier = "dpd",
        .service = "",
        .origin = "",
        .destination = "",
        .parcels = 419,
        .presented = 404,
        .transit_hours = {46.5, 113, 119.25},
        .on_time = {[PROMISE_STATED] = {385, 366, .950649, .924213, .968182}, NO_SHARE},
        .lost = {286, 0, 0, 0, .013251},
        .drift = {.known = true, .since = DAY_NONE, .usual = .942085}},
    {.level = SCORE_SERVICE,
        .carrier = "colissimo",
        .service = "<b>home</b>",
        .origin = "",
        .destination = "",
        .parcels = 1176,
        .presented = 1140,
        .transit_hours = {45.6, 72.1, 74.4},
        .on_time = {[PROMISE_STATED] = {1080, 1015, .939815, .923985, .952514}, NO_SHARE},
        .lost = {769, 5, .006502, .002781, .015127},
        .drift = NO_DRIFT},
    {.level = SCORE_LANE,
        .carrier = "colissimo",
        .service = "<b>home</b>",
        .origin = "IDF",
        .destination = "ARA",
        .parcels = 94,
        .presented = 91,
        .transit_hours = {47.5, 70.6, 91.4},
        .on_time = {[PROMISE_STATED] = {86, 82, .953488, .886431, .981788}, NO_SHARE},
        .lost = {60, 0, 0, 0, .060172},
        .drift = NO_DRIFT},
    {.level = SCORE_LANE,
        .carrier = "colissimo",
        .service = "<b>home</b>",
        .origin = "IDF",
        .destination = "PAC",
        .parcels = 69,
        .presented = 66,
        .transit_hours = {48.2, 93.6, 98.4},
        .on_time = {[PROMISE_STATED] = {61, 52, .852459, .743033, .920257}, NO_SHARE},
        .lost = {46, 0, 0, 0, .07707},
        .drift = NO_DRIFT},
    {.level = SCORE_LANE,
        .carrier = "dpd",
        .service = "",
        .origin = "IDF",
        .destination = "ARA",
        .parcels = 31,
        .presented = 31,
        .transit_hours = {44.1, 68.8, 71.9},
        .on_time = {[PROMISE_STATED] = {30, 30, 1, .886502, 1}, NO_SHARE},
        .lost = {20, 1, .05, .008875, .236128},
        .drift = NO_DRIFT},
};

static const CarrierClaimSums claims[] = {
    {"colissimo", "", 2, 0, 0, 2, 0, 0, 0},
    {"colissimo", "EUR", 9, 3, 1, 5, 8280, 2760, 13800},
    {"dpd", "JPY", 1, 0, 1, 0, 0, 4000, 0},
};

static const CarrierReason reasons[] = {
    {"=cmd|'/c calc'!A0", CASE_NOT_HANDED_OVER, 22, 22},
    {"colissimo", CASE_LATE, 31, 4},
    {"colissimo", CASE_LOST, 9, 9},
    {"colissimo", CASE_STUCK, 7, 1},
    {"colissimo", CASE_DAMAGED, 2, 0},
    {"dpd", CASE_AT_RISK, 0, 3},
};

Scorecards
sample_cards(void)
{
    return (Scorecards){.as_of = 0,
        .first_day = 20666,
        .promised_by = 20776,
        .accepted_by = 20742,
        .horizon_days = 30,
        .items = cards,
        .count = sizeof cards / sizeof cards[0],
        .claims = claims,
        .claim_count = sizeof claims / sizeof claims[0],
        .reasons = reasons,
        .reason_count = sizeof reasons / sizeof reasons[0]};
}

Scorecards
sample_no_cards(void)
{
    return (Scorecards){.as_of = INSTANT_NONE, .first_day = DAY_NONE};
}
