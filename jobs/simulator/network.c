/*
 * Shares, speeds and promises are plausible for a French web merchant; none is a carrier's own figure.
 */
#include "jobs/simulator/network.h"

#include <math.h>

Milestone
step_milestone(Step step)
{
    static const Milestone MILESTONES[STEP_COUNT] = {
        [STEP_ANNOUNCED] = MILESTONE_ANNOUNCED,
        [STEP_ACCEPTED] = MILESTONE_ACCEPTED,
        [STEP_HUB_ARRIVED] = MILESTONE_IN_TRANSIT,
        [STEP_HUB_LEFT] = MILESTONE_IN_TRANSIT,
        [STEP_CUSTOMS] = MILESTONE_CUSTOMS,
        [STEP_CUSTOMS_HELD] = MILESTONE_CUSTOMS_HELD,
        [STEP_CUSTOMS_CLEARED] = MILESTONE_CUSTOMS_CLEARED,
        [STEP_DEPOT] = MILESTONE_DELIVERY_DEPOT,
        [STEP_OUT] = MILESTONE_OUT_FOR_DELIVERY,
        [STEP_NOT_HOME] = MILESTONE_ATTEMPT_FAILED,
        [STEP_REFUSED] = MILESTONE_REFUSED,
        [STEP_AVAILABLE] = MILESTONE_AVAILABLE_FOR_PICKUP,
        [STEP_DELIVERED] = MILESTONE_DELIVERED,
        [STEP_RETURNING] = MILESTONE_RETURNING,
        [STEP_RETURNED] = MILESTONE_RETURNED,
    };

    return MILESTONES[step];
}

// La Poste, "Suivi v2", which Colissimo and Chronopost share. It has no code for a refusal.
static const Wording LAPOSTE[STEP_COUNT] = {
    [STEP_ANNOUNCED] = {"DR1", "Annonce du colis re\303\247ue", "Etiquette \303\251dit\303\251e"},
    [STEP_ACCEPTED] = {"PC1", "Colis pris en charge", "Pris en charge par La Poste"},
    [STEP_HUB_ARRIVED] = {"ET1", "Arriv\303\251 sur la plateforme", "Colis en cours de tri"},
    [STEP_HUB_LEFT] = {"ET1", "Colis en cours d'acheminement", "Parti de la plateforme"},
    [STEP_CUSTOMS] = {"DO1", "Entr\303\251e en douane", "En douane"},
    [STEP_CUSTOMS_HELD] = {"DO3", "Retenu en douane", "Douane : pi\303\250ce demand\303\251e"},
    [STEP_CUSTOMS_CLEARED] = {"DO2", "Sortie de douane", "D\303\251douan\303\251"},
    [STEP_DEPOT] = {"EP1", "Arriv\303\251 sur le site de livraison", "Sur le site de livraison"},
    [STEP_OUT] = {"MD2", "En cours de livraison", "Remis au facteur"},
    [STEP_NOT_HOME] = {"ND1", "Destinataire absent", "N'a pu \303\252tre livr\303\251"},
    [STEP_REFUSED] = {"", "Refus\303\251 par le destinataire", "Colis refus\303\251"},
    [STEP_AVAILABLE] = {"AG1", "Disponible au point de retrait", "A retirer au guichet"},
    [STEP_DELIVERED] = {"DI1", "Colis livr\303\251", "Distribu\303\251"},
    [STEP_RETURNING] = {"RE1", "Retour \303\240 l'exp\303\251diteur", "Colis en retour"},
    [STEP_RETURNED] = {"DI2", "Rendu \303\240 l'exp\303\251diteur", "Retour livr\303\251"},
};

// Mondial Relay, WSI2 "STAT": four states only, the rest is told in words.
static const Wording MONDIALRELAY[STEP_COUNT] = {
    [STEP_ANNOUNCED] = {"80", "Colis enregistr\303\251", "Colis annonc\303\251"},
    [STEP_ACCEPTED] = {"", "Colis remis", "Pris en charge"},
    [STEP_HUB_ARRIVED] = {"81", "Arriv\303\251 en agence", "Colis en traitement"},
    [STEP_HUB_LEFT] = {"81", "Parti de l'agence", "En route"},
    [STEP_CUSTOMS] = {"", "En douane", "Douane"},
    [STEP_CUSTOMS_HELD] = {"", "Retenu en douane", "Attente douane"},
    [STEP_CUSTOMS_CLEARED] = {"", "Sortie de douane", "D\303\251douan\303\251"},
    [STEP_DEPOT] = {"", "Arriv\303\251 en agence de livraison", "A l'agence de livraison"},
    [STEP_OUT] = {"", "En tourn\303\251e", "Dans le camion"},
    [STEP_NOT_HOME] = {"", "Livraison impossible", "Point relais ferm\303\251"},
    [STEP_REFUSED] = {"", "Colis refus\303\251", "Refus"},
    [STEP_AVAILABLE] = {"", "Disponible au Point Relais", "Colis au Point Relais"},
    [STEP_DELIVERED] = {"82", "Colis livr\303\251", "Remis au destinataire"},
    [STEP_RETURNING] = {"", "Retour vers l'exp\303\251diteur", "Non r\303\251clam\303\251"},
    [STEP_RETURNED] = {"", "Retourn\303\251 \303\240 l'exp\303\251diteur", "Retour remis"},
};

static const Wording DPD[STEP_COUNT] = {
    [STEP_ANNOUNCED] = {"", "Order information received", "Parcel data received"},
    [STEP_ACCEPTED] = {"", "Picked up", "Parcel handed to DPD"},
    [STEP_HUB_ARRIVED] = {"", "At parcel center", "Hub scan"},
    [STEP_HUB_LEFT] = {"", "On the road", "Left parcel center"},
    [STEP_CUSTOMS] = {"", "In customs", "Customs clearance"},
    [STEP_CUSTOMS_HELD] = {"", "Held by customs", "Customs: documents missing"},
    [STEP_CUSTOMS_CLEARED] = {"", "Customs cleared", "Released by customs"},
    [STEP_DEPOT] = {"", "At delivery depot", "At parcel delivery center"},
    [STEP_OUT] = {"Courier", "Out for delivery", "With the driver"},
    [STEP_NOT_HOME] = {"DeliveryFailure", "Recipient absent", "Unsuccessful delivery"},
    [STEP_REFUSED] = {"", "Refused by recipient", "Acceptance refused"},
    [STEP_AVAILABLE] = {"ParcelShop", "Ready in the parcel shop", "In pick-up shop"},
    [STEP_DELIVERED] = {"Delivered", "Delivered", "Parcel delivered"},
    [STEP_RETURNING] = {"", "Return to sender", "Back to sender"},
    [STEP_RETURNED] = {"", "Returned to sender", "Sender received return"},
};

static const Wording GLS[STEP_COUNT] = {
    [STEP_ANNOUNCED] = {"PREADVICE", "Parcel data received", "Pre-advice"},
    [STEP_ACCEPTED] = {"", "Handed over to GLS", "Picked up"},
    [STEP_HUB_ARRIVED] = {"INTRANSIT", "Arrived at hub", "Inbound to hub"},
    [STEP_HUB_LEFT] = {"INTRANSIT", "Left the hub", "Outbound from hub"},
    [STEP_CUSTOMS] = {"", "In customs", "Customs clearance"},
    [STEP_CUSTOMS_HELD] = {"", "Held by customs", "Customs hold"},
    [STEP_CUSTOMS_CLEARED] = {"", "Customs cleared", "Released by customs"},
    [STEP_DEPOT] = {"INWAREHOUSE", "At the delivery depot", "Inbound to depot"},
    [STEP_OUT] = {"INDELIVERY", "Out for delivery", "On delivery vehicle"},
    [STEP_NOT_HOME] = {"NOTDELIVERED", "Consignee absent", "Not delivered"},
    [STEP_REFUSED] = {"", "Refused", "Consignee refused"},
    [STEP_AVAILABLE] = {"", "Stored in ParcelShop", "Ready for pick-up"},
    [STEP_DELIVERED] = {"DELIVERED", "Delivered", "Delivered and signed"},
    [STEP_RETURNING] = {"", "Return to sender", "Returning"},
    [STEP_RETURNED] = {"", "Returned to sender", "Return delivered"},
};

// DHL Express, Shipment Tracking - Unified.
static const Wording DHL[STEP_COUNT] = {
    [STEP_ANNOUNCED] = {"", "Shipment information received", "Label created"},
    [STEP_ACCEPTED] = {"PU", "Shipment picked up", "Picked up"},
    [STEP_HUB_ARRIVED] = {"AF", "Arrived at DHL sort facility", "Arrived at facility"},
    [STEP_HUB_LEFT] = {"DF", "Shipment has departed", "Departed facility"},
    [STEP_CUSTOMS] = {"IC", "Processed for clearance", "Clearance processing"},
    [STEP_CUSTOMS_HELD] = {"CD", "Clearance event: more information required", "Clearance delay"},
    [STEP_CUSTOMS_CLEARED] = {"CR", "Clearance processing complete", "Released"},
    [STEP_DEPOT] = {"AR", "Arrived at delivery facility", "At delivery facility"},
    [STEP_OUT] = {"WC", "With delivery courier", "Out with courier"},
    [STEP_NOT_HOME] = {"NH", "Recipient not home", "Delivery attempted; not home"},
    [STEP_REFUSED] = {"RD", "Recipient refused delivery", "Refused"},
    [STEP_AVAILABLE] = {"CC", "Awaiting collection by recipient", "Ready at service point"},
    [STEP_DELIVERED] = {"OK", "Delivered", "Shipment delivered"},
    [STEP_RETURNING] = {"", "Return in progress", "Being returned"},
    [STEP_RETURNED] = {"RT", "Returned to shipper", "Return delivered"},
};

static const Service COLISSIMO_SERVICES[] = {
    {.name = "home", .share = 68, .promised_days = 2, .freight_cents = 690},
    {.name = "relay", .share = 20, .relay = true, .promised_days = 3, .freight_cents = 490},
    {.name = "economy", .share = 12, .abroad = true, .freight_cents = 1350},
};
static const Service CHRONOPOST_SERVICES[] = {
    {.name = "express", .share = 75, .air = true, .promised_days = 1, .freight_cents = 1240},
    {.name = "relay", .share = 25, .relay = true, .promised_days = 3, .freight_cents = 460},
};
static const Service MONDIALRELAY_SERVICES[] = {
    {.name = "relay", .share = 90, .relay = true, .promised_days = 4, .freight_cents = 410},
    {.name = "economy", .share = 10, .abroad = true, .relay = true, .freight_cents = 820},
};
static const Service DPD_SERVICES[] = {
    {.name = "home", .share = 55, .promised_days = 2, .freight_cents = 710},
    {.name = "relay", .share = 30, .relay = true, .promised_days = 3, .freight_cents = 480},
    {.name = "economy", .share = 15, .abroad = true, .freight_cents = 1190},
};
static const Service GLS_SERVICES[] = {
    {.name = "home", .share = 80, .promised_days = 3, .freight_cents = 640},
    {.name = "economy", .share = 20, .abroad = true, .freight_cents = 1090},
};
static const Service DHL_SERVICES[] = {
    {.name = "international", .share = 100, .abroad = true, .air = true, .freight_cents = 3100},
};

#define SERVICES(list) .services = (list), .service_count = sizeof(list) / sizeof *(list)

const Carrier NETWORK_CARRIERS[CARRIER_COUNT] = {
    {.id = "colissimo",
        .spellings = {"Colissimo", "COLISSIMO", "colissimo "},
        .contract = "COL-2024",
        .tracking_prefix = "6A",
        .tracking_suffix = "",
        .tracking_digits = 11,
        .share = 45,
        .wordings = LAPOSTE,
        SERVICES(COLISSIMO_SERVICES),
        .saturday = true,
        .leaves_seconds = CLOCK(22, 0),
        .missed_share = .018,
        .lost_share = .0040,
        .backfilled_share = .03},
    {.id = "mondialrelay",
        .spellings = {"Mondial Relay", "mondial-relay", "MONDIAL RELAY"},
        .contract = "MR-8841",
        .tracking_prefix = "",
        .tracking_suffix = "",
        .tracking_digits = 8,
        .share = 18,
        .wordings = MONDIALRELAY,
        SERVICES(MONDIALRELAY_SERVICES),
        .saturday = true,
        .leaves_seconds = CLOCK(20, 30),
        .missed_share = .060,
        .lost_share = .0070,
        .backfilled_share = .06},
    {.id = "chronopost",
        .spellings = {"Chronopost", "CHRONOPOST", "Chronopost "},
        .contract = "CHR-19",
        .tracking_prefix = "XS",
        .tracking_suffix = "FR",
        .tracking_digits = 9,
        .share = 15,
        .wordings = LAPOSTE,
        SERVICES(CHRONOPOST_SERVICES),
        .leaves_seconds = CLOCK(21, 30),
        .missed_share = .014,
        .lost_share = .0040,
        .backfilled_share = .01},
    {.id = "dpd",
        .spellings = {"DPD", "Dpd", "dpd "},
        .contract = "DPD-77",
        .tracking_prefix = "250",
        .tracking_suffix = "",
        .tracking_digits = 11,
        .share = 10,
        .wordings = DPD,
        SERVICES(DPD_SERVICES),
        .leaves_seconds = CLOCK(21, 0),
        .missed_share = .020,
        .lost_share = .0050,
        .backfilled_share = .02},
    {.id = "gls",
        .spellings = {"GLS", "Gls", "gls "},
        .contract = "GLS-5",
        .tracking_prefix = "00",
        .tracking_suffix = "",
        .tracking_digits = 9,
        .share = 6,
        .wordings = GLS,
        SERVICES(GLS_SERVICES),
        .leaves_seconds = CLOCK(19, 45),
        .missed_share = .045,
        .lost_share = .0060,
        .backfilled_share = .03},
    {.id = "dhl_express",
        .spellings = {"DHL Express", "dhl-express", "DHL EXPRESS"},
        .contract = "DHL-960",
        .tracking_prefix = "10",
        .tracking_suffix = "",
        .tracking_digits = 8,
        .share = 6,
        .wordings = DHL,
        SERVICES(DHL_SERVICES),
        .leaves_seconds = CLOCK(20, 0),
        .missed_share = .014,
        .lost_share = .0030,
        .backfilled_share = .01},
};

const Area NETWORK_AREAS[AREA_COUNT] = {
    {"FR", "IDF", "PAR", "7577789192939495", 3, 0, 0, 200, 0, 0, 0, false, "fr", ""},
    {"FR", "ARA", "LYS", "6901384273742663", 3, 195, -350, 120, 0, 0, 0, false, "fr", ""},
    {"FR", "HDF", "LIL", "5962608002", 3, 35, 205, 90, 0, 0, 0, false, "fr", ""},
    {"FR", "NAQ", "BOD", "334764178624", 3, -220, -450, 90, 0, 0, 0, false, "fr", ""},
    {"FR", "OCC", "TLS", "3134661130", 3, -65, -585, 90, 0, 0, 0, false, "fr", ""},
    {"FR", "PAC", "MRS", "1306838405", 3, 240, -620, 80, 0, 0, 0, false, "fr", ""},
    {"FR", "GES", "SXB", "6768575451", 3, 400, -20, 80, 0, 0, 0, false, "fr", ""},
    {"FR", "PDL", "NTE", "4449857253", 3, -280, -185, 60, 0, 0, 0, false, "fr", ""},
    {"FR", "BRE", "RNS", "35295622", 3, -300, -80, 55, 0, 0, 0, false, "fr", ""},
    {"FR", "NOR", "URO", "7614502761", 3, -90, 65, 50, 0, 0, 0, false, "fr", ""},
    {"FR", "BFC", "DIJ", "2125718970", 3, 200, -165, 40, 0, 0, 0, false, "fr", ""},
    {"FR", "CVL", "ORE", "4537412818", 3, -35, -105, 40, 0, 0, 0, false, "fr", ""},
    {"FR", "COR", "AJA", "20", 3, 490, -770, 5, 1, 0, 0, false, "fr", ""},
    {"BE", "", "BRU", "10405060", 2, 145, 222, 30, 0, 4, 2, false, "fr", "bpost"},
    {"DE", "", "FRA", "1020608050", 3, 460, 140, 25, 0, 4, 2, false, "de", "dhl_parcel_de"},
    {"ES", "", "MAD", "284108", 3, -450, -940, 15, 0, 5, 2, false, "es", "correos"},
    {"IT", "", "MXP", "002010", 3, 520, -380, 15, 0, 5, 2, false, "it", "poste_italiane"},
    {"PT", "", "LIS", "1040", 2, -900, -1000, 6, 0, 5, 3, false, "pt", "ctt"},
    {"CH", "", "ZRH", "801230", 2, 465, -155, 14, 0, 5, 3, true, "de", "swiss_post"},
    {"GB", "", "LHR", "SWNWSELSBS", 1, -190, 290, 12, 0, 6, 3, true, "en", "royal_mail"},
    {"US", "", "JFK", "109033", 3, -5800, 0, 8, 0, 9, 4, true, "en", "usps"},
};

const int NETWORK_ORIGINS[ORIGIN_COUNT] = {0, 1};

double
area_distance_km(const Area *from, const Area *to)
{
    const double x = from->x_km - to->x_km;
    const double y = from->y_km - to->y_km;

    return sqrt(x * x + y * y);
}

uint32_t
network_pick_carrier(Random *random, uint32_t count)
{
    uint32_t shares[CARRIER_COUNT];

    for (uint32_t i = 0; i < count; i++)
        shares[i] = NETWORK_CARRIERS[i].share;
    return random_pick(random, shares, count);
}
