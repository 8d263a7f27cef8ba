#include "tests/harness/sample_dossier.h"

#define NOON            (20777 * HOURS_24 + 12 * HOUR)  // 2026-11-20 12:00 UTC
#define AT(days, hours) (NOON - (days)*HOURS_24 + (hours)*HOUR)

static const DossierScan scans[] = {
    {.occurred_at = AT(18, -2),
        .milestone = MILESTONE_ANNOUNCED,
        .code = "COMCFM",
        .text = "Votre colis est pr\u00eat \u00e0 \u00eatre exp\u00e9di\u00e9",
        .place = "",
        .country = ""},
    {.occurred_at = AT(17, 5),
        .milestone = MILESTONE_ACCEPTED,
        .physical = true,
        .code = "PCHCFM",
        .text = "Votre colis est pris en charge par La Poste",
        .place = "LILLE LESQUIN PFC",
        .country = "FR"},
    {.occurred_at = AT(16, 13),
        .milestone = MILESTONE_IN_TRANSIT,
        .physical = true,
        .code = "CHGCFM",
        .text = "Votre colis est en cours d\u2019acheminement",
        .place = "Marseille Saint-Barth\u00e9lemy",
        .country = "FR"},
    {.occurred_at = AT(15, 0),
        .milestone = MILESTONE_DELIVERY_DEPOT,
        .physical = true,
        .code = "AARCFM",
        .text = "Votre colis est arriv\u00e9 sur son site de distribution",
        .place = "MARSEILLE 04",
        .country = "FR"},
    {.occurred_at = AT(12, 0),
        .milestone = MILESTONE_UNMAPPED,
        .code = "X/48",
        .text = "",
        .place = "",
        .country = ""},
};
static const DossierPoint curve[] = {{0, 0}, {2, .08}, {4, .21}, {8, .37}, {12.5, .5}, {16, .64},
    {20, .78}, {24, .84}, {36, .885}, {40, .9}, {48, .941}, {72, .972}, {95.5, .99}, {120, .9931},
    {168, .9958}, {240, .9969}, {336, .9975}, {480, .998}};

static const ValuationLine lines[] = {
    {.kind = LIABILITY_PROVED_VALUE,
        .fact = {18000, "EUR"},
        .basis = VALUE_PURCHASE,
        .sdr_day = DAY_NONE,
        .sdr_source = "",
        .clause = "CPCE R2-1",
        .amount = {18000, "EUR"}},
    {.kind = LIABILITY_PER_KG,
        .rate = {2300, "EUR"},
        .weight_grams = 1200,
        .sdr_day = DAY_NONE,
        .sdr_source = "",
        .clause = "CPCE R2-2",
        .amount = {2760, "EUR"},
        .decided = true},
};
static const ClaimEnclosure enclosures[] = {
    {.name = "invoice of the goods",
        .required = true,
        .present = true,
        .reference = "F-2026-17",
        .absence = ""},
    {.name = "description of the contents",
        .required = true,
        .present = true,
        .reference = "CMD-7000",
        .absence = ""},
    {.name = "proof of deposit", .reference = "", .absence = "not kept by the depot"},
    {.name = "recipient's attestation of non-receipt",
        .required = true,
        .reference = "",
        .absence = "asked for on 2026-11-18, not yet returned"},
};

static Claim
claim_of(const char *language, ClaimGround ground)
{
    return (Claim){
        .number = 123,
        .ground = ground,
        .state = CLAIM_READY,
        .reference = "VG-000123",
        .shipment_id = "S00123",
        .tracking_number = "6A12345678901",
        .carrier = "Colissimo",
        .service = "Domicile sans signature",
        .origin = "Lille",
        .destination = "Marseille",
        .destination_postcode = "13004",
        .order_reference = "CMD-7000",
        .invoice_reference = "F-2026-17",
        .contents = "2 th\u00e9i\u00e8res en gr\u00e8s, 1 bo\u00eete de th\u00e9",
        .accepted_at = AT(17, 5),
        .promised_at = AT(15, 6),
        .last_scan_at = AT(15, 0),
        .last_scan = "AARCFM, MARSEILLE 04",
        .weight_grams = 1200,
        .value = {18000, "EUR"},
        .payable = {2760, "EUR"},
        .opened_as_of = NOON,
        .opens_on = 20770,
        .enquiry_by = DAY_NONE,
        .claim_deadline = 20800,
        .barred_after = 21125,
        .act_by = 20790,
        .opening_clause = "CPCE R2-3",
        .deadline_clause = "not for the carrier",
        .bar_clause = "not for the carrier",
        .bar_source = "not for the carrier",
        .caution = "not for the carrier",
        .enquiry_clause = "",
        .terms = "colissimo",
        .clause = "CPCE R2-1, R2-2",
        .source = "d\u00e9cret 2006-1020 du 11 ao\u00fbt 2006",
        .language = language,
        .submit_to = "",
        .missing = "",
        .lines = lines,
        .line_count = sizeof lines / sizeof lines[0],
        .enclosures = enclosures,
        .enclosure_count = sizeof enclosures / sizeof enclosures[0],
    };
}

Dossier
sample_dossier(Arena *arena, const char *language, ClaimGround ground)
{
    (void)arena;
    return (Dossier){
        .claim = claim_of(language, ground),
        .claimant = {.name = "Caf\u00e9 & Th\u00e9 SARL",
            .address = "1 rue de l\u2019\u00c9glise\n59000 Lille",
            .email = "reclamations@example.org",
            .account = "C-4711"},
        .carrier = {.name = "La Poste Colissimo",
            .address = "Service Clients Colissimo\n33915 Bordeaux Cedex 9",
            .email = "",
            .account = ""},
        .time_zone = "Europe/Paris",
        .as_of = NOON,
        .scans = scans,
        .scan_count = sizeof scans / sizeof scans[0],
        .normal = {.segment = "colissimo / home / IDF>PACA / delivery_depot",
            .parcels = 1234.5,
            .half_hours = 12.5,
            .most_hours = 40,
            .nearly_all_hours = 95.5,
            .silence_hours = 360,
            .curve = curve,
            .curve_count = sizeof curve / sizeof curve[0]},
    };
}

Dossier
sample_dossier_draft(Arena *arena, const char *language)
{
    Dossier dossier = sample_dossier(arena, language, GROUND_LOSS);
    ValuationLine *const unknown = ARENA_ARRAY(arena, ValuationLine, 2);

    unknown[0] = lines[0];
    unknown[0].fact = unknown[0].amount = MONEY_NONE;
    unknown[1] = lines[1];
    unknown[1].weight_grams = 0;
    unknown[1].amount = MONEY_NONE;
    unknown[1].decided = false;
    dossier.claim.state = CLAIM_DRAFT;
    dossier.claim.lines = unknown;
    dossier.claim.payable = dossier.claim.value = MONEY_NONE;
    dossier.claim.weight_grams = 0;
    dossier.claim.missing = "value in EUR, weight_grams";
    return dossier;
}
