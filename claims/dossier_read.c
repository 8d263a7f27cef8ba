#include "claims/dossier.h"

#include "claims/dossier_form.h"
#include "core/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define REFERENCE_PREFIX "VG-"

// The schema has checked every form, so the small readers below cannot meet what they do not know.
static Instant
read_instant(Arena *arena, XmlNode *parent, const char *name)
{
    Instant at = INSTANT_NONE;

    instant_parse(xml_child_text(arena, parent, name), &at);
    return at;
}

static Day
read_day(Arena *arena, XmlNode *parent, const char *name)
{
    Day day = DAY_NONE;

    day_parse(xml_child_text(arena, parent, name), &day);
    return day;
}

static int64_t
read_int(Arena *arena, XmlNode *parent, const char *name)
{
    int64_t number = 0;

    text_parse_int(xml_child_text(arena, parent, name), &number);
    return number;
}

static double
real_of(const char *text)
{
    double number = NAN;

    text_parse_real(text, &number);
    return number;
}

static double
read_hours(Arena *arena, XmlNode *parent, const char *name)
{
    return real_of(xml_child_text(arena, parent, name));
}

// False for an amount that its currency cannot hold; the schema does not know currencies' digits.
static bool
read_amount(Arena *arena, XmlNode *parent, const char *name, Money *out, Err *err)
{
    XmlNode *const node = xml_child(parent, name);

    *out = MONEY_NONE;
    return !node || money_parse(xml_text(arena, node), xml_attribute_text(arena, node, "currency"),
                        out, err);
}

static Party
read_party(Arena *arena, XmlNode *node)
{
    Text address = {.arena = arena};

    for (XmlNode *line = xml_child(node, "address_line"); line;
         line = xml_next(line, "address_line"))
        text_add_format(&address, "%s%s", address.length > 0 ? "\n" : "", xml_text(arena, line));
    return (Party){
        .name = xml_child_text(arena, node, "name"),
        .address = text_get(&address),
        .email = xml_child_text(arena, node, "email"),
        .account = xml_child_text(arena, node, "account"),
    };
}

static bool
read_shipment(Arena *arena, XmlNode *node, Claim *claim, Err *err)
{
    claim->shipment_id = xml_child_text(arena, node, "id");
    claim->tracking_number = xml_child_text(arena, node, "tracking_number");
    claim->carrier = xml_child_text(arena, node, "carrier");
    claim->service = xml_child_text(arena, node, "service");
    claim->origin = xml_child_text(arena, node, "origin");
    claim->destination = xml_child_text(arena, node, "destination");
    claim->destination_postcode = xml_child_text(arena, node, "destination_postcode");
    claim->order_reference = xml_child_text(arena, node, "order_reference");
    claim->invoice_reference = xml_child_text(arena, node, "invoice_reference");
    claim->contents = xml_child_text(arena, node, "contents");
    claim->weight_grams = read_int(arena, node, "weight_grams");
    claim->accepted_at = read_instant(arena, node, "accepted_at");
    claim->promised_at = read_instant(arena, node, "promised_at");
    claim->last_scan_at = read_instant(arena, node, "last_scan_at");
    claim->last_scan = xml_child_text(arena, node, "last_scan");
    return read_amount(arena, node, "value", &claim->value, err);
}

static void
read_enclosures(Arena *arena, XmlNode *basis, Claim *claim)
{
    ClaimEnclosure *const items = ARENA_ARRAY(arena, ClaimEnclosure, xml_count(basis, "enclosure"));

    for (XmlNode *node = xml_child(basis, "enclosure"); node; node = xml_next(node, "enclosure"))
        items[claim->enclosure_count++] = (ClaimEnclosure){
            .name = xml_child_text(arena, node, "name"),
            .required = strcmp(xml_attribute_text(arena, node, "required"), "true") == 0,
            .present = xml_child(node, "reference") != NULL,
            .reference = xml_child_text(arena, node, "reference"),
            .absence = xml_child_text(arena, node, "absence"),
        };
    claim->enclosures = items;
}

static void
read_basis(Arena *arena, XmlNode *node, Claim *claim)
{
    claim->terms = xml_child_text(arena, node, "terms");
    claim->clause = xml_child_text(arena, node, "clause");
    claim->source = xml_child_text(arena, node, "source");
    claim->opens_on = read_day(arena, node, "opens_on");
    claim->opening_clause = xml_attribute_text(arena, xml_child(node, "opens_on"), "clause");
    claim->submit_to = xml_child_text(arena, node, "submit_to");
    read_enclosures(arena, node, claim);
}

static bool
read_line(Arena *arena, XmlNode *node, ValuationLine *line, Err *err)
{
    *line = (ValuationLine){
        .clause = xml_child_text(arena, node, "clause"),
        .decided = strcmp(xml_attribute_text(arena, node, "decided"), "true") == 0,
        .weight_grams = read_int(arena, node, "weight_grams"),
        .percent = read_int(arena, node, "percent"),
        .sdr_micros = read_int(arena, node, "sdr_micros"),
        .sdr_rate_micros = read_int(arena, node, "sdr_rate_micros"),
        .sdr_day = read_day(arena, node, "sdr_day"),
        .sdr_source = xml_child_text(arena, node, "sdr_source"),
    };
    claim_liability_parse(xml_attribute_text(arena, node, "kind"), &line->kind);
    claim_basis_parse(xml_child_text(arena, node, "basis"), &line->basis);
    return read_amount(arena, node, "amount", &line->amount, err) &&
           read_amount(arena, node, "rate", &line->rate, err) &&
           read_amount(arena, node, "fact", &line->fact, err);
}

static bool
read_demand(Arena *arena, XmlNode *demand, Claim *claim, Err *err)
{
    ValuationLine *const lines = ARENA_ARRAY(arena, ValuationLine, xml_count(demand, "line"));

    for (XmlNode *node = xml_child(demand, "line"); node; node = xml_next(node, "line"))
        if (!read_line(arena, node, &lines[claim->line_count++], err))
            return false;
    claim->lines = lines;
    claim->missing = xml_child_text(arena, demand, "missing");
    return read_amount(arena, demand, "payable", &claim->payable, err);
}

static DossierScan
read_scan(Arena *arena, XmlNode *node)
{
    DossierScan scan = {
        .occurred_at = read_instant(arena, node, "occurred_at"),
        .physical = strcmp(xml_attribute_text(arena, node, "physical"), "true") == 0,
        .code = xml_child_text(arena, node, "code"),
        .text = xml_child_text(arena, node, "text"),
        .place = xml_child_text(arena, node, "place"),
        .country = xml_child_text(arena, node, "country"),
    };

    milestone_parse(xml_child_text(arena, node, "milestone"), &scan.milestone);
    return scan;
}

static DossierNormal
read_normal(Arena *arena, XmlNode *node)
{
    DossierPoint *const points = ARENA_ARRAY(arena, DossierPoint, xml_count(node, "point"));
    DossierNormal normal = {
        .segment = xml_child_text(arena, node, "segment"),
        .parcels = read_hours(arena, node, "parcels"),
        .half_hours = read_hours(arena, node, "half_hours"),
        .most_hours = read_hours(arena, node, "most_hours"),
        .nearly_all_hours = read_hours(arena, node, "nearly_all_hours"),
        .silence_hours = read_hours(arena, node, "silence_hours"),
        .curve = points,
    };

    for (XmlNode *point = xml_child(node, "point"); point; point = xml_next(point, "point"))
        points[normal.curve_count++] =
            (DossierPoint){.hours = real_of(xml_attribute_text(arena, point, "hours")),
                .moved = real_of(xml_attribute_text(arena, point, "moved"))};
    return normal;
}

static void
read_history(Arena *arena, XmlNode *history, Dossier *dossier)
{
    DossierScan *const scans = ARENA_ARRAY(arena, DossierScan, xml_count(history, "scan"));

    dossier->as_of = read_instant(arena, history, "as_of");
    dossier->time_zone = xml_child_text(arena, history, "time_zone");
    for (XmlNode *node = xml_child(history, "scan"); node; node = xml_next(node, "scan"))
        scans[dossier->scan_count++] = read_scan(arena, node);
    dossier->scans = scans;
    dossier->normal = read_normal(arena, xml_child(history, "normal"));
}

// What the ledger knows and the paper does not is left empty, not undefined.
static Claim
empty_claim(Arena *arena, XmlNode *root)
{
    Claim claim = {
        .reference = xml_attribute_text(arena, root, "reference"),
        .language = xml_attribute_text(arena, root, "language"),
        .enquiry_by = DAY_NONE,
        .claim_deadline = DAY_NONE,
        .barred_after = DAY_NONE,
        .act_by = DAY_NONE,
        .enquiry_clause = "",
        .deadline_clause = "",
        .bar_clause = "",
        .bar_source = "",
        .caution = "",
    };

    text_parse_int(claim.reference + strlen(REFERENCE_PREFIX), &claim.number);
    claim_ground_parse(xml_attribute_text(arena, root, "ground"), &claim.ground);
    instant_parse(xml_attribute_text(arena, root, "opened_as_of"), &claim.opened_as_of);
    return claim;
}

static bool
read_root(Arena *arena, XmlNode *root, Dossier *out, Err *err)
{
    Dossier dossier = {
        .claim = empty_claim(arena, root),
        .claimant = read_party(arena, xml_child(root, "claimant")),
        .carrier = read_party(arena, xml_child(root, "carrier")),
    };

    if (!read_shipment(arena, xml_child(root, "shipment"), &dossier.claim, err) ||
        !read_demand(arena, xml_child(root, "demand"), &dossier.claim, err))
        return false;
    read_basis(arena, xml_child(root, "basis"), &dossier.claim);
    read_history(arena, xml_child(root, "history"), &dossier);
    *out = dossier;
    return true;
}

bool
dossier_read(Arena *arena, const char *xml, size_t length, Dossier *out, Err *err)
{
    Arena *const work = arena_create();
    XmlDoc *doc = NULL;
    const bool done = xml_read(work, xml, length, XML_OWN, &doc, err) && dossier_check(doc, err) &&
                      read_root(arena, xml_root(doc), out, err);

    arena_destroy(work);
    return done || err_context(err, "dossier");
}
