#include "tests/harness/sample_digest.h"

#include "core/claim_words.h"
#include "tests/harness/sample_cards.h"

#include <math.h>

#define CASE_COUNT 30
#define NOON       (20777 * HOURS_24 + 12 * HOUR)  // 2026-11-20 12:00 UTC

typedef struct Template
{
    CaseKind kind;
    CaseState state;
    CaseEvent event;
    const char *tracking_number, *carrier, *service, *origin, *destination, *evidence;
    double p_late, p_lost, silence_hours;
    int64_t value_minor, cost_minor;
} Template;

static const Template stories[] = {
    {CASE_LOST, CASE_OPEN, CASE_EVENT_OPENED, "6A12345678901", "Colissimo", "Domicile", "IDF",
        "PACA", "silent 374 h after arrival at LIL; 99 of 100 such parcels moved on within 31 h",
        1.0, 0.97, 374, 18000, 17840},
    {CASE_LOST, CASE_ACKNOWLEDGED, CASE_EVENT_WORSE, "<script>alert(1)</script>", "Mondial Relay",
        "", "IDF", "OCC", "the carrier says lost: \"colis <b>introuvable</b> & perdu\"", NAN,
        0.9996, 402.5, 7990, 7211},
    {CASE_LOST, CASE_OPEN, CASE_EVENT_CONFIRMED, "=1+1", "Chronopost", "Chrono 13", "IDF", "BRE",
        "silent 219 h after sorting at @SUM(A1:A9)", 0.99, 0.93, 219, 12345, 6512},
    {CASE_STUCK, CASE_OPEN, CASE_EVENT_OPENED,
        "XR\xEF\xBF\xBD"
        "987654321FR",
        "Colis Priv\xC3\xA9", "", "HDF", "NAQ",
        "silent 61 h after arrival at Amp\xC3\xA8re-les-Bains", 0.81, 0.12, 61, 4500, 986},
    {CASE_STUCK, CASE_OPEN, CASE_EVENT_CONFIRMED,
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "GLS",
        "Business", "IDF", "GES", "silent 55 h in transit", 0.71, 0.08, 55, 0, 512},
    {CASE_NOT_HANDED_OVER, CASE_OPEN, CASE_EVENT_OPENED, "JVGL0001", "DPD", "Predict", "ARA", "ARA",
        "announced 52 h ago and never scanned; 99 of 100 are handed over within 26 h", NAN, NAN, 52,
        2599, 410},
    {CASE_LATE, CASE_OPEN, CASE_EVENT_OPENED, "6A00000000042", "Colissimo", "Relais", "IDF", "COR",
        "promised for 2026-11-18, not presented", 1.0, 0.02, 26, 5999, 380},
    {CASE_AT_RISK, CASE_OPEN, CASE_EVENT_EASED, "6A00000000043", "Colissimo", "Domicile", "IDF",
        "GUF", "due 2026-11-21; 84 of 100 such parcels come later", 0.84, 0.004, 12, 3100, 262},
};

static Money
eur(int64_t minor)
{
    return minor == 0 ? MONEY_NONE : (Money){.minor = minor, .currency = "EUR"};
}

static CaseRecord
case_of(Arena *arena, size_t i)
{
    const size_t story_count = sizeof stories / sizeof stories[0];
    const Template *const story = &stories[i < story_count ? i : 3 + i % 5];
    const bool first = i < story_count;

    return (CaseRecord){
        .number = (int64_t)(1000 + i),
        .kind = story->kind,
        .state = i == CASE_COUNT - 1 ? CASE_SNOOZED : story->state,
        .opened_as_of = NOON - (Instant)(i % 4) * HOURS_24,
        .judged_as_of = NOON,
        .snoozed_until = i == CASE_COUNT - 1 ? 20780 : DAY_NONE,
        .shipment_id = arena_printf(arena, "S%05zu", i),
        .tracking_number = first ? story->tracking_number : arena_printf(arena, "8R%011zu", 41 * i),
        .carrier = story->carrier,
        .service = story->service,
        .origin = story->origin,
        .destination = story->destination,
        .promised_at = i % 3 == 0 ? INSTANT_NONE : NOON - HOURS_24,
        .promise_origin = i % 3 == 0   ? PROMISE_NONE
                          : i % 3 == 1 ? PROMISE_STATED
                                       : PROMISE_DERIVED,
        .p_late = story->p_late,
        .p_lost = story->p_lost,
        .silence_hours = story->silence_hours,
        .value = eur(story->value_minor),
        .expected_cost_minor = first ? story->cost_minor : (int64_t)(250 - 7 * i),
        .evidence = story->evidence,
        .last_event = first ? story->event : CASE_EVENT_CONFIRMED,
    };
}

static const ValuationLine lines[] = {
    {.kind = LIABILITY_PROVED_VALUE,
        .fact = {18000, "EUR"},
        .basis = VALUE_DECLARED,
        .sdr_day = DAY_NONE,
        .sdr_source = "",
        .clause = "CPCE R.2-1",
        .amount = {18000, "EUR"}},
    {.kind = LIABILITY_PER_KG,
        .rate = {2300, "EUR"},
        .weight_grams = 1200,
        .sdr_day = DAY_NONE,
        .sdr_source = "",
        .clause = "CPCE R.2-2",
        .amount = {2760, "EUR"},
        .decided = true},
};
static const ClaimEnclosure enclosures[] = {
    {.name = "invoice of the goods",
        .required = true,
        .present = true,
        .reference = "invoice F-2026-17",
        .absence = ""},
    {.name = "proof of deposit", .reference = "", .absence = "not kept by the depot"},
};

static Claim
claim_of(Arena *arena, size_t i, ClaimState state, Money payable, Day deadline)
{
    const CaseRecord record = case_of(arena, i);

    return (Claim){
        .number = (int64_t)(12 + i),
        .ground = GROUND_LOSS,
        .state = state,
        .reference = arena_printf(arena, "VG-%06zu", 12 + i),
        .shipment_id = record.shipment_id,
        .tracking_number = record.tracking_number,
        .carrier = record.carrier,
        .service = record.service,
        .origin = record.origin,
        .destination = record.destination,
        .destination_postcode = "13001",
        .order_reference = arena_printf(arena, "CMD-%zu", 7000 + i),
        .invoice_reference = "",
        .contents = "",
        .accepted_at = NOON - 17 * HOURS_24,
        .promised_at = record.promised_at,
        .last_scan_at = NOON - 15 * HOURS_24,
        .last_scan = "in transit at LIL",
        .weight_grams = 1200,
        .value = record.value,
        .payable = payable,
        .opened_as_of = NOON,
        .opens_on = 20770,
        .claim_deadline = deadline,
        .barred_after = 21125,
        .opening_clause = "promise and some days",
        .deadline_clause = deadline == DAY_NONE ? "" : "within 30 days of sending",
        .bar_clause = "CPCE L10: one year",
        .bar_source = "postal code (secondary)",
        .caution = "",
        .enquiry_by = DAY_NONE,
        .act_by = deadline == DAY_NONE ? 21125 : deadline,
        .enquiry_clause = "",
        .language = "en",
        .submit_to = "",
        .enclosures = enclosures,
        .enclosure_count = sizeof enclosures / sizeof enclosures[0],
        .terms = "colissimo",
        .clause = "CPCE R.2-2",
        .source = "decree 2006-1020",
        .missing = money_is_known(payable) ? "" : "weight_grams",
        .lines = lines,
        .line_count = money_is_known(payable) ? 2 : 0,
    };
}

static const CarrierClaims bordereaux[] = {
    {.carrier = "Colissimo",
        .bordereau = "bordereau-colissimo-2026-11-20.csv",
        .count = 1,
        .total = {2760, "EUR"}},
};
static const AsideCount set_aside[] = {
    {.step = "detect", .reason = "scan is later than the run by 30 d", .count = 4},
    {.step = "learn", .reason = "scan names an unknown shipment", .count = 1203},
};
static const UnmappedCode unmapped[] = {
    {.carrier = "Colis Priv\xC3\xA9",
        .code = "<X9>",
        .example = "+33 appeler le client",
        .count = 17},
};

static const Incident incidents[] = {
    {.number = 7,
        .kind = INCIDENT_FEED,
        .carrier = "Colis Priv\xC3\xA9",
        .name = "",
        .since = NOON - 38 * HOUR,
        .opened_as_of = NOON - HOURS_24,
        .judged_as_of = NOON,
        .closed_as_of = INSTANT_NONE,
        .expected = 212.25,
        .p_value = 1e-40,
        .members = 1203,
        .event = INCIDENT_CONFIRMED,
        .evidence = "no scan since 2026-11-18 22:00, 212 parcels should have moved on since"},
    {.number = 9,
        .kind = INCIDENT_HUB,
        .carrier = "Colissimo",
        .name = "LIL <NORD> & CO",
        .since = NOON - HOURS_24,
        .opened_as_of = NOON,
        .judged_as_of = NOON,
        .closed_as_of = INSTANT_NONE,
        .observed = 31,
        .expected = 64.5,
        .p_value = 4.2e-6,
        .pace = 31 / 64.5,
        .members = 88,
        .event = INCIDENT_OPENED,
        .evidence = "31 parcels moved on from LIL <NORD> & CO since 2026-11-19 13:00, 65 should "
                    "have: 48 % of the pace"},
    {.number = 5,
        .kind = INCIDENT_LANE,
        .carrier = "GLS",
        .name = "IDF>GES",
        .since = NOON - 6 * HOURS_24,
        .opened_as_of = NOON - 5 * HOURS_24,
        .judged_as_of = NOON,
        .closed_as_of = NOON,
        .observed = 160,
        .expected = 221.5,
        .p_value = NAN,
        .pace = 160 / 221.5,
        .calm_nights = 3,
        .event = INCIDENT_CLOSED,
        .evidence = "back at its pace, or too few parcels to tell, for 3 nights"},
};

static const NightCount nights[] = {
    {.as_of = NOON - 2 * HOURS_24,
        .folder = "2026-11-18T120000Z",
        .judged = 12001,
        .kinds = {[CASE_LOST] = {.tonight = 40, .cost_minor = 300000}}},
    {.as_of = NOON - HOURS_24,
        .folder = "2026-11-19T120000Z",
        .judged = 12100,
        .abstained = 70,
        .kinds = {[CASE_LOST] = {.tonight = 40, .opened = 1, .cost_minor = 310000},
            [CASE_LATE] = {.tonight = 1210, .opened = 14, .cost_minor = 120000}}},
    {.as_of = NOON,
        .folder = "2026-11-20T120000Z",
        .judged = 12345,
        .abstained = 67,
        .kinds = {[CASE_LOST] = {.tonight = 41, .opened = 3, .worse = 1, .cleared = 2},
            [CASE_LATE] = {.tonight = 1200, .opened = 1, .cleared = 11}}},
};

static const CoursePoint feed_course[] = {
    {20773, 40, 41.5}, {20774, 44, 42}, {20775, 39, 40}, {20776, 2, 41}, {20777, 0, 40.2}};
static const CoursePoint hub_course[] = {{20776, 60, 61}, {20777, 31, 64.5}};
static const Course courses[] = {{feed_course, 5}, {hub_course, 2}, {NULL, 0}};
static const Flow carriers[] = {{.kind = INCIDENT_CARRIER,
                                    .carrier = "<b>GLS</b>",
                                    .name = "",
                                    .observed = 812,
                                    .expected = 799.6,
                                    .newest_at = NOON - 3 * HOUR},
    {.kind = INCIDENT_CARRIER, .carrier = "nobody", .name = "", .newest_at = INSTANT_NONE}};
static const ClaimStateCount claim_states[] = {{CLAIM_CREDITED, 4, {9000, "EUR"}, {8000, "EUR"}},
    {CLAIM_READY, 2, {5260, "EUR"}, {0, "EUR"}}, {CLAIM_WAIVED, 11, {900, "EUR"}, {0, "EUR"}}};
static const ClaimEnd claim_ends[] = {
    {CLAIM_WAIVED, "worth less than filing costs <2.00 EUR>", 11}};
static const Underpaid underpaid[] = {
    {"gls", "VG-000007", "<i>11</i>", 7, CLAIM_CREDITED, {4000, "EUR"}, {3000, "EUR"}}};
static const CaseFate fates[] = {{CASE_LATE, 90, 70, 3, 7}, {CASE_LOST, 12, 1, 1, 4}};

const Digest *
sample_digest(Arena *arena)
{
    Digest *const digest = ARENA_NEW(arena, Digest);
    CaseRecord *const cases = ARENA_ARRAY(arena, CaseRecord, CASE_COUNT);
    Claim *const claims = ARENA_ARRAY(arena, Claim, 3);

    for (size_t i = 0; i < CASE_COUNT; i++)
        cases[i] = case_of(arena, i);
    cases[3].incident_number = 7;
    cases[6].incident_number = cases[7].incident_number = 9;
    claims[0] = claim_of(arena, 0, CLAIM_READY, eur(2760), 20790);
    claims[1] = claim_of(arena, 1, CLAIM_DRAFT, MONEY_NONE, DAY_NONE);
    claims[2] = claim_of(arena, 2, CLAIM_READY, eur(2500), 20767);
    claims[2].caution = words_claim_caution(arena, LANGUAGE_ENGLISH, &claims[2], 20777);
    *digest = (Digest){
        .as_of = NOON,
        .day = 20777,
        .merchant = "Caf\xC3\xA9 & Th\xC3\xA9 <SARL>",
        .time_zone = "Europe/Paris",
        .currency = "EUR",
        .judged = 12345,
        .abstained = 67,
        .promises = {[PROMISE_STATED] = 9000,
            [PROMISE_DERIVED] = 2900,
            [PROMISE_LEARNED] = 345,
            [PROMISE_NONE] = 100},
        .lost_false_share = 0.05,
        .stuck_false_expected = 1.0,
        .kinds =
            {
                [CASE_LOST] =
                    {.tonight = 41, .opened = 3, .worse = 1, .cleared = 2, .cost_minor = 321098},
                [CASE_STUCK] = {.tonight = 9, .opened = 2, .cleared = 5},
                [CASE_NOT_HANDED_OVER] = {.tonight = 5, .opened = 1},
                [CASE_LATE] = {.tonight = 1200, .opened = 1, .cleared = 11},
                [CASE_AT_RISK] = {.tonight = 5},
            },
        .incidents = incidents,
        .incident_count = sizeof incidents / sizeof incidents[0],
        .cases = cases,
        .case_count = CASE_COUNT,
        .claims = claims,
        .claim_count = 3,
        .bordereaux = bordereaux,
        .bordereau_count = 1,
        .set_aside = set_aside,
        .set_aside_count = 2,
        .unmapped = unmapped,
        .unmapped_count = 1,
        .data_first = NOON - 180 * HOURS_24,
        .data_last = NOON - HOUR,
        .learned_gaps = 2345678,
        .trust = {.days = 28,
            .late = {.nights = 31,
                .parcels = 310,
                .count = 1204,
                .stated = .23,
                .happened = .22,
                .ece = .012,
                .log_loss = .389,
                .auc = .806,
                .bins = {{900, .04, .05, .04, .07}, [5] = {304, .55, .5, .44, .56}}},
            .listed = 52,
            .listed_parcels = 21,
            .false_stated = .06,
            .false_happened = .04,
            .dismissed = 1,
            .confirmed = 3},
        .nights = nights,
        .night_count = sizeof nights / sizeof nights[0],
        .courses = courses,
        .carriers = carriers,
        .carrier_count = 2,
        .claim_states = claim_states,
        .claim_state_count = 3,
        .claim_ends = claim_ends,
        .claim_end_count = 1,
        .underpaid = underpaid,
        .underpaid_count = 1,
        .fates = fates,
        .fate_count = 2,
        .cards = sample_cards(),
    };
    return digest;
}

const Digest *
sample_quiet_digest(Arena *arena)
{
    Digest *const digest = ARENA_NEW(arena, Digest);

    *digest = (Digest){
        .as_of = NOON,
        .day = 20777,
        .merchant = "Quiet",
        .time_zone = "UTC",
        .currency = "EUR",
        .lost_false_share = NAN,
        .stuck_false_expected = NAN,
        .data_first = INSTANT_NONE,
        .data_last = INSTANT_NONE,
        .cards = sample_no_cards(),
    };
    return digest;
}
