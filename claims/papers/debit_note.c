/*
 * A debit note for finance: OASIS UBL 2.1 DebitNote, one line per claim. UBL has no claim document; a
 * demand for money against a supplier of services is a debit note. Indemnities carry no tax.
 */
#include "claims/papers/bordereau.h"

#include "claims/xml.h"
#include "core/claim_words.h"
#include "core/text.h"

#include <string.h>

#define UBL "urn:oasis:names:specification:ubl:schema:xsd:"

typedef struct Note
{
    Arena *arena;
    const Bordereau *bordereau;
    const char *currency;
    Money total;
    size_t lines;
} Note;

static void
amount_add(const Note *note, XmlNode *parent, const char *name, Money money)
{
    xml_attribute(note->arena, xml_add(note->arena, parent, name, money_amount(note->arena, money)),
        "currencyID", money.currency);
}

static void
address_add(const Note *note, XmlNode *party, const char *address)
{
    XmlNode *postal = NULL;

    while (*address != '\0') {
        const size_t length = strcspn(address, "\n");

        if (length > 0) {
            postal = postal ? postal : xml_add_group(party, "cac:PostalAddress");
            xml_add(note->arena, xml_add_group(postal, "cac:AddressLine"), "cbc:Line",
                arena_copy_bytes(note->arena, address, length));
        }
        address += length + (address[length] == '\n' ? 1 : 0);
    }
}

static void
party_add(const Note *note, XmlNode *root, const char *role, const Party *party, const char *name)
{
    XmlNode *const group = xml_add_group(root, role);

    xml_add(note->arena, group, "cbc:CustomerAssignedAccountID", party->account);

    XmlNode *const node = xml_add_group(group, "cac:Party");

    const char *const known = text_is_empty(party->name) ? name : party->name;

    if (!text_is_empty(known))
        xml_add(note->arena, xml_add_group(node, "cac:PartyName"), "cbc:Name", known);
    address_add(note, node, party->address);
}

static void
document_add(const Note *note, XmlNode *line, const char *id, const char *kind)
{
    if (text_is_empty(id))
        return;

    XmlNode *const document = xml_add_group(line, "cac:DocumentReference");

    xml_add(note->arena, document, "cbc:ID", id);
    xml_add(note->arena, document, "cbc:DocumentType", kind);
}

static const char *
description(const Note *note, const Claim *claim)
{
    const char *const ground = words_claim_ground(language_of(claim->language), claim->ground);

    return text_is_empty(claim->contents)
               ? ground
               : arena_printf(note->arena, "%s: %s", ground, claim->contents);
}

static void
line_add(Note *note, XmlNode *root, const Claim *claim)
{
    Arena *const arena = note->arena;
    XmlNode *const line = xml_add_group(root, "cac:DebitNoteLine");

    xml_add(arena, line, "cbc:ID", arena_printf(arena, "%zu", ++note->lines));
    xml_add(arena, line, "cbc:Note", claim->clause);
    amount_add(note, line, "cbc:LineExtensionAmount", claim->payable);
    document_add(note, line, claim_reference(arena, claim->number), "claim");
    document_add(note, line, claim->invoice_reference, "invoice");
    if (!text_is_empty(claim->tracking_number))
        xml_add(
            arena, xml_add_group(line, "cac:Delivery"), "cbc:TrackingID", claim->tracking_number);
    xml_add(arena, xml_add_group(line, "cac:Item"), "cbc:Description", description(note, claim));
}

static bool
belongs(const Note *note, const Claim *claim)
{
    return text_equal(claim->payable.currency, note->currency);
}

static XmlNode *
root_create(const Note *note, const char *id, XmlDoc **doc)
{
    Arena *const arena = note->arena;
    XmlNode *const root = xml_create(arena, "DebitNote", UBL "DebitNote-2", doc);

    xml_declare(root, "cac", UBL "CommonAggregateComponents-2");
    xml_declare(root, "cbc", UBL "CommonBasicComponents-2");
    xml_add(arena, root, "cbc:UBLVersionID", "2.1");
    xml_add(arena, root, "cbc:ID", id);
    xml_add_day(arena, root, "cbc:IssueDate", note->bordereau->day);
    xml_add(arena, root, "cbc:DocumentCurrencyCode", note->currency);
    return root;
}

static const char *
print(Note *note, const char *id, size_t *length)
{
    const Dossier *const dossiers = note->bordereau->dossiers, *const first = &dossiers[0];
    XmlDoc *doc;
    XmlNode *const root = root_create(note, id, &doc);

    party_add(note, root, "cac:AccountingSupplierParty", &first->claimant, "");
    party_add(note, root, "cac:AccountingCustomerParty", &first->carrier, first->claim.carrier);

    XmlNode *const total = xml_add_group(root, "cac:RequestedMonetaryTotal");

    amount_add(note, total, "cbc:LineExtensionAmount", note->total);
    amount_add(note, total, "cbc:PayableAmount", note->total);
    for (size_t i = 0; i < note->bordereau->count; i++)
        if (belongs(note, &dossiers[i].claim))
            line_add(note, root, &dossiers[i].claim);
    return xml_print(note->arena, doc, length);
}

// The currency's total and how many currencies there are; false when it has none.
static bool
total_find(Note *note, size_t *currencies)
{
    BordereauTotal *totals;
    const size_t count = bordereau_totals(note->arena, note->bordereau, &totals);

    *currencies = 0;
    for (size_t i = 0; i < count; i++) {
        if (!money_is_known(totals[i].sum))
            continue;
        (*currencies)++;
        if (text_equal(totals[i].sum.currency, note->currency))
            note->total = totals[i].sum;
    }
    return money_is_known(note->total);
}

bool
paper_debit_note(
    Arena *arena, const Bordereau *bordereau, const char *currency, Paper *out, Err *err)
{
    Note note = {.arena = arena, .bordereau = bordereau, .currency = currency};
    size_t currencies;

    if (!total_find(&note, &currencies))
        return err_set(err, ERR_DATA, "debit note of %s: no claim has an amount in \"%s\"",
            bordereau->carrier_slug, currency);

    const char *const whole = bordereau_name(arena, bordereau, "debit-note", "xml");
    const char *const stem = arena_copy_bytes(arena, whole, strlen(whole) - strlen(".xml"));
    const char *const id =
        currencies > 1 ? arena_printf(arena, "%s-%s", stem, text_slug(arena, currency)) : stem;
    Paper paper = {.name = arena_printf(arena, "%s.xml", id)};

    paper.bytes = print(&note, id, &paper.length);
    *out = paper;
    return true;
}
