/*
 * Settlements as OASIS UBL 2.1 CreditNote. UBL has no claim document; a carrier that credits a claim says which in the
 * references of its lines: cac:DocumentReference (as our own debit notes do), cac:BillingReference, cac:Delivery.
 */
#include "claims/settlement/lines.h"

#include "claims/xml.h"
#include "core/text.h"

#include <string.h>

#define UBL "urn:oasis:names:specification:ubl:schema:xsd:"

typedef struct Note
{
    Arena *arena;
    const char *number, *currency, *reference;
    Day day;
} Note;

// The text of a child, cleaned, without spaces around it; "" when there is none.
static const char *
value(Arena *arena, XmlNode *parent, const char *name)
{
    const char *text = text_clean(arena, xml_child_text(arena, parent, name));
    size_t length;

    text += strspn(text, " ");
    length = strlen(text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return arena_copy_bytes(arena, text, length);
}

// Of all the documents that a line refers to, the first that is one of our claims; else the first there is.
static void
prefer(const char **found, const char *id)
{
    if (text_is_empty(id) || settlement_reference_number(*found) > 0)
        return;
    if (text_is_empty(*found) || settlement_reference_number(id) > 0)
        *found = id;
}

static void
find_billed(Arena *arena, XmlNode *parent, const char **found)
{
    for (XmlNode *billing = xml_child(parent, "BillingReference"); billing;
         billing = xml_next(billing, "BillingReference")) {
        prefer(found, value(arena, xml_child(billing, "DebitNoteReference"), "ID"));
        prefer(found, value(arena, xml_child(billing, "InvoiceDocumentReference"), "ID"));
        prefer(found, value(arena, xml_child(billing, "AdditionalDocumentReference"), "ID"));
        prefer(found, value(arena, xml_child(billing, "BillingReferenceLine"), "ID"));
    }
}

static const char *
line_reference(const Note *note, XmlNode *node)
{
    const char *found = "";

    for (XmlNode *document = xml_child(node, "DocumentReference"); document;
         document = xml_next(document, "DocumentReference"))
        prefer(&found, value(note->arena, document, "ID"));
    find_billed(note->arena, node, &found);
    return text_is_empty(found) ? note->reference : found;
}

static const char *
line_reason(const Note *note, XmlNode *node)
{
    XmlNode *const response = xml_child(node, "DiscrepancyResponse");
    const char *const words = value(note->arena, response, "Description");

    return text_is_empty(words) ? value(note->arena, response, "ResponseCode") : words;
}

static void
read_amount(const Note *note, XmlNode *node, SettlementLine *line)
{
    XmlNode *const amount = xml_child(node, "LineExtensionAmount");
    const char *const own = xml_attribute_text(note->arena, amount, "currencyID");
    const char *const currency = text_clean(note->arena, text_is_empty(own) ? note->currency : own);
    Err err = {0};

    line->amount_text = value(note->arena, node, "LineExtensionAmount");
    // XML Schema's decimal has a point and no groups.
    if (text_is_empty(line->amount_text))
        line->problem = "a line without LineExtensionAmount";
    else if (strpbrk(line->amount_text, ", ") != NULL ||
             !settlement_amount(line->amount_text, DECIMAL_POINT, currency, &line->amount, &err))
        line->problem = "LineExtensionAmount is no amount of its currency";
}

static SettlementLine
read_line(const Note *note, XmlNode *node, int64_t place)
{
    SettlementLine line = {
        .line = place,
        .reference = line_reference(note, node),
        .tracking_number = value(note->arena, xml_child(node, "Delivery"), "TrackingID"),
        .credit_note = note->number,
        .reason = line_reason(note, node),
        .day = note->day,
        .problem = "",
    };

    read_amount(note, node, &line);
    settlement_limit(note->arena, &line);
    return line;
}

static void
read_head(Note *note, XmlNode *root)
{
    note->number = value(note->arena, root, "ID");
    note->currency = value(note->arena, root, "DocumentCurrencyCode");
    note->day = DAY_NONE;
    day_parse(value(note->arena, root, "IssueDate"), &note->day);
    note->reference = "";
    // What the whole note refers to says which claim only when there is one line.
    if (xml_count(root, "CreditNoteLine") == 1)
        find_billed(note->arena, root, &note->reference);
}

bool
settlement_read_ubl(Arena *arena, const char *bytes, size_t length, SettlementLines *out, Err *err)
{
    Note note = {.arena = arena};
    XmlDoc *doc;

    if (!xml_read(arena, bytes, length, XML_OUTSIDE, &doc, err))
        return false;

    XmlNode *const root = xml_root(doc);

    if (!xml_is(root, UBL "CreditNote-2", "CreditNote"))
        return err_set(err, ERR_DATA, "the document is no CreditNote of UBL 2");
    read_head(&note, root);

    const size_t count = xml_count(root, "CreditNoteLine");
    SettlementLine *const lines = ARENA_ARRAY(arena, SettlementLine, count);
    size_t done = 0;

    for (XmlNode *node = xml_child(root, "CreditNoteLine"); node;
         node = xml_next(node, "CreditNoteLine")) {
        lines[done] = read_line(&note, node, (int64_t)done + 1);
        done++;
    }
    *out = (SettlementLines){.items = lines, .count = count};
    return true;
}
