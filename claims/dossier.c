/*
 * The dossier is built as a tree, so that no text can end its element, printed, read back from the
 * printed bytes and validated: what is checked is what leaves. Nothing is read from the network or
 * from a file. The one door to libxml2 in this folder.
 */
#include "claims/claims.h"

#include "claims/schema.h"
#include "core/text.h"

#include <inttypes.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <string.h>

#define NAMESPACE "urn:vigie:claim:1"
// Both documents that are read are our own, so there is no limit to guard against.
#define PARSE_FLAGS (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE)

static const xmlChar *
chars(const char *text)
{
    return (const xmlChar *)text;
}

// libxml2 cannot hold what XML cannot say (controls); text_clean() leaves none.
static xmlNode *
element_add(Arena *arena, xmlNode *parent, const char *name, const char *text)
{
    if (text_is_empty(text))
        return NULL;
    return xmlNewTextChild(parent, NULL, chars(name), chars(text_clean(arena, text)));
}

static void
instant_add(Arena *arena, xmlNode *parent, const char *name, Instant at)
{
    if (at != INSTANT_NONE)
        element_add(arena, parent, name, instant_print(arena, at));
}

static void
amount_add(Arena *arena, xmlNode *parent, const char *name, Money money)
{
    if (!money_is_known(money))
        return;
    xmlNewProp(element_add(arena, parent, name, money_amount(arena, money)), chars("currency"),
        chars(money.currency));
}

static void
address_add(Arena *arena, xmlNode *parent, const char *address)
{
    while (!text_is_empty(address)) {
        const size_t length = strcspn(address, "\r\n");

        element_add(arena, parent, "address_line", arena_copy_bytes(arena, address, length));
        address += length + strspn(address + length, "\r\n");
    }
}

static void
claimant_add(Arena *arena, xmlNode *root, const Claimant *claimant)
{
    xmlNode *const node = xmlNewChild(root, NULL, chars("claimant"), NULL);

    element_add(arena, node, "name", claimant->name);
    address_add(arena, node, claimant->address);
    element_add(arena, node, "email", claimant->email);
    element_add(arena, node, "account", claimant->account);
}

static void
shipment_add(Arena *arena, xmlNode *root, const Claim *claim)
{
    xmlNode *const node = xmlNewChild(root, NULL, chars("shipment"), NULL);

    element_add(arena, node, "id", claim->shipment_id);
    element_add(arena, node, "tracking_number", claim->tracking_number);
    element_add(arena, node, "carrier", claim->carrier);
    element_add(arena, node, "service", claim->service);
    element_add(arena, node, "origin", claim->origin);
    element_add(arena, node, "destination", claim->destination);
    element_add(arena, node, "destination_postcode", claim->destination_postcode);
    element_add(arena, node, "order_reference", claim->order_reference);
    element_add(arena, node, "invoice_reference", claim->invoice_reference);
    element_add(arena, node, "contents", claim->contents);
    if (claim->weight_grams > 0)
        element_add(
            arena, node, "weight_grams", arena_printf(arena, "%" PRId64, claim->weight_grams));
    amount_add(arena, node, "value", claim->value);
    instant_add(arena, node, "accepted_at", claim->accepted_at);
    instant_add(arena, node, "promised_at", claim->promised_at);
    instant_add(arena, node, "last_scan_at", claim->last_scan_at);
    element_add(arena, node, "last_scan", claim->last_scan);
}

// A day with the clause that sets it.
static void
dated_add(Arena *arena, xmlNode *parent, const char *name, Day day, const char *clause)
{
    xmlNode *const node =
        day == DAY_NONE ? NULL : element_add(arena, parent, name, day_print(arena, day));

    if (node && !text_is_empty(clause))
        xmlNewProp(node, chars("clause"), chars(text_clean(arena, clause)));
}

// The opening grounds the claim. Deadlines and doubts about them are for the claimant's eyes only: a
// paper that states them hands the carrier its refusal.
static void
basis_add(Arena *arena, xmlNode *root, const Claim *claim)
{
    xmlNode *const node = xmlNewChild(root, NULL, chars("basis"), NULL);

    element_add(arena, node, "terms", claim->terms);
    element_add(arena, node, "clause", claim->clause);
    element_add(arena, node, "source", claim->source);
    dated_add(arena, node, "opens_on", claim->opens_on, claim->opening_clause);
    element_add(arena, node, "evidence", claim->evidence);
}

static void
demand_add(Arena *arena, xmlNode *root, const Claim *claim)
{
    xmlNode *const node = xmlNewChild(root, NULL, chars("demand"), NULL);

    for (size_t i = 0; i < claim->line_count; i++) {
        const ValuationLine *const line = &claim->lines[i];
        xmlNode *const child = xmlNewChild(node, NULL, chars("line"), NULL);

        xmlNewProp(child, chars("decided"), chars(line->decided ? "true" : "false"));
        element_add(arena, child, "name", line->name);
        element_add(arena, child, "detail", line->detail);
        element_add(arena, child, "clause", line->clause);
        amount_add(arena, child, "amount", line->amount);
    }
    amount_add(arena, node, "payable", claim->payable);
    if (!money_is_known(claim->payable))
        element_add(arena, node, "missing", claim->missing);
}

static void
release_doc(void *doc)
{
    xmlFreeDoc(doc);
}

static xmlDoc *
dossier_tree(Arena *arena, const Claim *claim, const Claimant *claimant)
{
    xmlDoc *const doc = xmlNewDoc(chars("1.0"));
    arena_defer(arena, release_doc, doc);
    xmlNode *const root = xmlNewNode(NULL, chars("dossier"));

    xmlDocSetRootElement(doc, root);
    xmlSetNs(root, xmlNewNs(root, chars(NAMESPACE), NULL));
    xmlNewProp(root, chars("reference"), chars(text_clean(arena, claim->reference)));
    xmlNewProp(root, chars("ground"), chars(claim_ground_name(claim->ground)));
    xmlNewProp(root, chars("opened_as_of"), chars(instant_print(arena, claim->opened_as_of)));
    claimant_add(arena, root, claimant);
    shipment_add(arena, root, claim);
    basis_add(arena, root, claim);
    demand_add(arena, root, claim);
    return doc;
}

// Both of libxml2's error channels end here; the first message says most.
typedef struct Complaint
{
    char text[500];
    int line;
} Complaint;

static void
complain(void *data, xmlErrorPtr error)
{
    Complaint *const complaint = data;

    if (complaint->text[0] != '\0' || !error->message)
        return;
    snprintf(complaint->text, sizeof complaint->text, "%s", error->message);
    complaint->text[strcspn(complaint->text, "\n")] = '\0';
    complaint->line = error->line;
}

static void
release_schema(void *schema)
{
    xmlSchemaFree(schema);
}

static void
release_parser(void *parser)
{
    xmlSchemaFreeParserCtxt(parser);
}

static void
release_validator(void *validator)
{
    xmlSchemaFreeValidCtxt(validator);
}

static xmlDoc *
bytes_read(Arena *arena, const char *bytes, size_t length)
{
    xmlDoc *const doc = xmlReadMemory(bytes, (int)length, NULL, NULL, PARSE_FLAGS);

    if (doc)
        arena_defer(arena, release_doc, doc);
    return doc;
}

static xmlSchema *
schema_read(Arena *arena, Complaint *complaint)
{
    xmlDoc *const doc = bytes_read(arena, XSD_DOSSIER, strlen(XSD_DOSSIER));
    xmlSchemaParserCtxt *const parser = doc ? xmlSchemaNewDocParserCtxt(doc) : NULL;

    if (!parser)
        return NULL;
    arena_defer(arena, release_parser, parser);
    xmlSchemaSetParserStructuredErrors(parser, complain, complaint);

    xmlSchema *const schema = xmlSchemaParse(parser);

    if (schema)
        arena_defer(arena, release_schema, schema);
    return schema;
}

static bool
bytes_validate(Arena *arena, const char *bytes, size_t length, Err *err)
{
    Complaint complaint = {0};
    xmlDoc *const doc = bytes_read(arena, bytes, length);

    if (!doc)
        return err_set(err, ERR_FAILED, "the dossier is not well-formed XML");

    xmlSchema *const schema = schema_read(arena, &complaint);
    xmlSchemaValidCtxt *const validator = schema ? xmlSchemaNewValidCtxt(schema) : NULL;

    if (!validator)
        return err_set(err, ERR_FAILED, "cannot read the schema of dossiers: %s", complaint.text);
    arena_defer(arena, release_validator, validator);
    xmlSchemaSetValidStructuredErrors(validator, complain, &complaint);
    if (xmlSchemaValidateDoc(validator, doc) == 0)
        return true;
    return err_set(err, ERR_FAILED, "the dossier does not validate: line %d: %s", complaint.line,
        complaint.text);
}

bool
claim_dossier(Arena *arena, const Claim *claim, const Claimant *claimant, const char **xml,
    size_t *length, Err *err)
{
    Arena *const work = arena_create();
    xmlDoc *const doc = dossier_tree(work, claim, claimant);
    xmlChar *bytes = NULL;
    int size = 0;

    xmlDocDumpFormatMemoryEnc(doc, &bytes, &size, "UTF-8", 1);

    const char *const copy =
        bytes ? arena_copy_bytes(arena, (const char *)bytes, (size_t)size) : "";

    xmlFree(bytes);

    const bool valid = bytes_validate(work, copy, (size_t)size, err);

    arena_destroy(work);
    if (!valid)
        return err_context(err, "claim \"%s\"", claim->reference);
    *xml = copy;
    *length = (size_t)size;
    return true;
}

const char *
claims_schema(size_t *length)
{
    *length = strlen(XSD_DOSSIER);
    return XSD_DOSSIER;
}

char *
claim_dossier_name(Arena *arena, const Claim *claim)
{
    return arena_printf(arena, "VG-%06" PRId64 ".xml", claim->number);
}
