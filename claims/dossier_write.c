/*
 * The dossier is built as a tree, printed, read back from the printed bytes and validated: what is checked is what
 * leaves.
 *
 * The opening grounds the claim. Deadlines, doubts and conditions are for the claimant's eyes only: a paper that states
 * them hands the carrier its refusal.
 */
#include "claims/dossier.h"

#include "claims/dossier_form.h"
#include "core/claim_words.h"
#include "core/text.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#define NAMESPACE "urn:vigie:claim:1"
#define INDENT    "  "  // of an element within another, as xml_print() has it

static void
address_add(Arena *arena, XmlNode *parent, const char *address)
{
    while (!text_is_empty(address)) {
        const size_t length = strcspn(address, "\r\n");

        xml_add(arena, parent, "address_line", arena_copy_bytes(arena, address, length));
        address += length + strspn(address + length, "\r\n");
    }
}

static void
party_add(Arena *arena, XmlNode *root, const char *name, const Party *party)
{
    XmlNode *const node = xml_add_group(root, name);

    xml_add(arena, node, "name", party->name);
    address_add(arena, node, party->address);
    xml_add(arena, node, "email", party->email);
    xml_add(arena, node, "account", party->account);
}

static void
shipment_add(Arena *arena, XmlNode *root, const Claim *claim)
{
    XmlNode *const node = xml_add_group(root, "shipment");

    xml_add(arena, node, "id", claim->shipment_id);
    xml_add(arena, node, "tracking_number", claim->tracking_number);
    xml_add(arena, node, "carrier", claim->carrier);
    xml_add(arena, node, "service", claim->service);
    xml_add(arena, node, "origin", claim->origin);
    xml_add(arena, node, "destination", claim->destination);
    xml_add(arena, node, "destination_postcode", claim->destination_postcode);
    xml_add(arena, node, "order_reference", claim->order_reference);
    xml_add(arena, node, "invoice_reference", claim->invoice_reference);
    xml_add(arena, node, "contents", claim->contents);
    if (claim->weight_grams > 0)
        xml_add_int(arena, node, "weight_grams", claim->weight_grams);
    xml_add_amount(arena, node, "value", claim->value);
    xml_add_instant(arena, node, "accepted_at", claim->accepted_at);
    xml_add_instant(arena, node, "promised_at", claim->promised_at);
    xml_add_instant(arena, node, "last_scan_at", claim->last_scan_at);
    xml_add(arena, node, "last_scan", claim->last_scan);
}

static void
enclosure_add(Arena *arena, XmlNode *parent, const ClaimEnclosure *enclosure)
{
    XmlNode *const node = xml_add_group(parent, "enclosure");

    xml_attribute(arena, node, "required", enclosure->required ? "true" : "false");
    xml_add(arena, node, "name", enclosure->name);
    xml_add(arena, node, "reference", enclosure->present ? enclosure->reference : "");
    xml_add(arena, node, "absence", enclosure->present ? "" : enclosure->absence);
}

static void
basis_add(Arena *arena, XmlNode *root, const Claim *claim)
{
    XmlNode *const node = xml_add_group(root, "basis");

    xml_add(arena, node, "terms", claim->terms);
    xml_add(arena, node, "clause", claim->clause);
    xml_add(arena, node, "source", claim->source);
    if (claim->opens_on != DAY_NONE)
        xml_attribute(arena, xml_add(arena, node, "opens_on", day_print(arena, claim->opens_on)),
            "clause", claim->opening_clause);
    xml_add(arena, node, "submit_to", claim->submit_to);
    for (size_t i = 0; i < claim->enclosure_count; i++)
        enclosure_add(arena, node, &claim->enclosures[i]);
}

// Name and detail are for readers; the figures behind them for whoever reads the dossier back.
static void
line_add(Arena *arena, XmlNode *parent, Language language, const ValuationLine *line)
{
    XmlNode *const node = xml_add_group(parent, "line");

    xml_attribute(arena, node, "kind", claim_liability_name(line->kind));
    xml_attribute(arena, node, "decided", line->decided ? "true" : "false");
    xml_add(arena, node, "name", words_liability(language, line->kind));
    xml_add(arena, node, "detail", words_valuation(arena, language, line));
    xml_add(arena, node, "clause", line->clause);
    xml_add_amount(arena, node, "amount", line->amount);
    xml_add_amount(arena, node, "rate", line->rate);
    if (line->weight_grams > 0)
        xml_add_int(arena, node, "weight_grams", line->weight_grams);
    xml_add_amount(arena, node, "fact", line->fact);
    xml_add(arena, node, "basis", claim_basis_name(line->basis));
    if (line->percent > 0)
        xml_add_int(arena, node, "percent", line->percent);
    if (line->sdr_micros > 0)
        xml_add_int(arena, node, "sdr_micros", line->sdr_micros);
    if (line->sdr_rate_micros > 0)
        xml_add_int(arena, node, "sdr_rate_micros", line->sdr_rate_micros);
    xml_add_day(arena, node, "sdr_day", line->sdr_day);
    xml_add(arena, node, "sdr_source", line->sdr_source);
}

static void
demand_add(Arena *arena, XmlNode *root, const Claim *claim)
{
    XmlNode *const node = xml_add_group(root, "demand");

    for (size_t i = 0; i < claim->line_count; i++)
        line_add(arena, node, language_of(claim->language), &claim->lines[i]);
    xml_add_amount(arena, node, "payable", claim->payable);
    if (!money_is_known(claim->payable))
        xml_add(arena, node, "missing", claim->missing);
}

static void
scan_add(Arena *arena, XmlNode *parent, const DossierScan *scan)
{
    XmlNode *const node = xml_add_group(parent, "scan");

    xml_attribute(arena, node, "physical", scan->physical ? "true" : "false");
    xml_add_instant(arena, node, "occurred_at", scan->occurred_at);
    if (scan->milestone != MILESTONE_UNMAPPED)
        xml_add(arena, node, "milestone", milestone_name(scan->milestone));
    xml_add(arena, node, "code", scan->code);
    xml_add(arena, node, "text", scan->text);
    xml_add(arena, node, "place", scan->place);
    xml_add(arena, node, "country", scan->country);
}

static void
hours_add(Arena *arena, XmlNode *parent, const char *name, double hours)
{
    if (isfinite(hours))
        xml_add(arena, parent, name, arena_printf(arena, "%.2f", hours));
}

static void
normal_add(Arena *arena, XmlNode *parent, const DossierNormal *normal)
{
    if (text_is_empty(normal->segment))
        return;

    XmlNode *const node = xml_add_group(parent, "normal");

    xml_add(arena, node, "segment", normal->segment);
    hours_add(arena, node, "parcels", normal->parcels);
    hours_add(arena, node, "half_hours", normal->half_hours);
    hours_add(arena, node, "most_hours", normal->most_hours);
    hours_add(arena, node, "nearly_all_hours", normal->nearly_all_hours);
    hours_add(arena, node, "silence_hours", normal->silence_hours);
    for (size_t i = 0; i < normal->curve_count; i++) {
        XmlNode *const point = xml_add_group(node, "point");

        xml_attribute(arena, point, "hours", arena_printf(arena, "%.2f", normal->curve[i].hours));
        xml_attribute(arena, point, "moved", arena_printf(arena, "%.4f", normal->curve[i].moved));
    }
}

static void
history_add(Arena *arena, XmlNode *root, const Dossier *dossier)
{
    XmlNode *const node = xml_add_group(root, "history");

    xml_add_instant(arena, node, "as_of", dossier->as_of);
    xml_add(arena, node, "time_zone", dossier->time_zone);
    for (size_t i = 0; i < dossier->scan_count; i++)
        scan_add(arena, node, &dossier->scans[i]);
    normal_add(arena, node, &dossier->normal);
}

static XmlDoc *
dossier_tree(Arena *arena, const Dossier *dossier)
{
    const Claim *const claim = &dossier->claim;
    XmlDoc *doc;
    XmlNode *const root = xml_create(arena, "dossier", NAMESPACE, &doc);

    xml_attribute(arena, root, "reference", claim->reference);
    xml_attribute(arena, root, "ground", claim_ground_name(claim->ground));
    xml_attribute(arena, root, "language", claim->language);
    xml_attribute(arena, root, "opened_as_of", instant_print(arena, claim->opened_as_of));
    party_add(arena, root, "claimant", &dossier->claimant);
    party_add(arena, root, "carrier", &dossier->carrier);
    shipment_add(arena, root, claim);
    basis_add(arena, root, claim);
    demand_add(arena, root, claim);
    history_add(arena, root, dossier);
    return doc;
}

// Whether the bytes from xml up to `end` are nothing, or the element "normal".
static bool
is_normal_at_most(Arena *arena, const char *xml, const char *end)
{
    const size_t length = (size_t)(end - xml);
    Err err = {0};
    XmlDoc *doc;

    return length == 0 || (text_starts_with(xml, INDENT INDENT "<normal>") &&
                              xml_read(arena, xml, length, XML_OWN, &doc, &err));
}

// What is normal comes last of all, so without it the bytes begin and end alike.
static bool
states(Arena *arena, const char *bare, const char *xml)
{
    const char *const close = strstr(bare, INDENT "</history>");
    const size_t rest = strlen(close), length = strlen(xml);
    const size_t head = (size_t)(close - bare);

    return length >= head + rest && memcmp(xml, bare, head) == 0 &&
           strcmp(xml + length - rest, close) == 0 &&
           is_normal_at_most(arena, xml + head, xml + length - rest);
}

bool
dossier_states(const Dossier *dossier, const char *xml)
{
    Arena *const work = arena_create();
    Dossier bare = *dossier;
    size_t length;

    bare.normal = (DossierNormal){.segment = ""};

    const bool same = states(work, xml_print(work, dossier_tree(work, &bare), &length), xml);

    arena_destroy(work);
    return same;
}

bool
dossier_write(Arena *arena, const Dossier *dossier, const char **xml, size_t *length, Err *err)
{
    Arena *const work = arena_create();
    XmlDoc *copy = NULL;
    size_t size;
    const char *const bytes = xml_print(arena, dossier_tree(work, dossier), &size);
    const bool valid = xml_read(work, bytes, size, XML_OWN, &copy, err) && dossier_check(copy, err);

    arena_destroy(work);
    if (!valid) {
        err->kind = ERR_FAILED;  // our own paper: a defect, not somebody's data
        return err_context(
            err, "claim \"%s\": the dossier does not validate", dossier->claim.reference);
    }
    *xml = bytes;
    *length = size;
    return true;
}
