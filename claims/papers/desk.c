#include "claims/papers/desk.h"

#include "core/claim_words.h"
#include "core/text.h"

#include <stdarg.h>
#include <string.h>

#define BLOCK_BREAK "\n\n"

bool
desk_set(Desk *desk, Press *press, Arena *arena, const Dossier *dossier, Err *err)
{
    const Zone *const zone = press_zone(press, dossier->time_zone, err);

    if (!zone)
        return err_context(
            err, "papers of claim %s", claim_reference(arena, dossier->claim.number));
    *desk = (Desk){
        .press = press,
        .arena = arena,
        .dossier = dossier,
        .claim = &dossier->claim,
        .tongue = press_tongue(press, dossier->claim.language),
        .zone = zone,
        .reference = claim_reference(arena, dossier->claim.number),
    };
    return true;
}

void
desk_begin(Desk *desk, const char *title, const char *mark)
{
    desk->folio = folio_begin(desk->press, desk->arena,
        &(FolioSetup){
            .title = title,
            .author = desk->dossier->claimant.name,
            .language = tongue_code(desk->tongue),
            .foot = desk->reference,
            .mark = mark,
            .made_at = desk->dossier->as_of,
        });
}

bool
desk_end(Desk *desk, const char *suffix, Paper *out, Err *err)
{
    Paper paper = {.name = arena_printf(desk->arena, "%s-%s", desk->reference, suffix)};

    if (!folio_end(desk->folio, &paper.bytes, &paper.length, err))
        return err_context(err, "%s", paper.name);
    *out = paper;
    return true;
}

const char *
desk_word(const Desk *desk, const char *key)
{
    return tongue_word(desk->tongue, key);
}

const char *
desk_fill(const Desk *desk, const char *key, ...)
{
    Slots slots = {.arena = desk->arena};
    va_list args;

    va_start(args, key);
    for (const char *name = va_arg(args, const char *); name; name = va_arg(args, const char *))
        slots_put(&slots, name, va_arg(args, const char *));
    va_end(args);
    return template_fill(desk->arena, desk_word(desk, key),
        &(TemplateScope){.slots = slots.items, .count = slots.count}, TEMPLATE_FORM_PLAIN);
}

const char *
desk_day(const Desk *desk, Instant at)
{
    return at == INSTANT_NONE
               ? ""
               : words_day(desk->arena, tongue_language(desk->tongue), zone_day(desk->zone, at));
}

const char *
desk_time(const Desk *desk, Instant at)
{
    if (at == INSTANT_NONE)
        return "";

    const char *const clock = strchr(zone_print(desk->arena, desk->zone, at), ' ');

    return arena_printf(desk->arena, "%s,%s", desk_day(desk, at), clock ? clock : "");
}

const char *
desk_money(const Desk *desk, Money money)
{
    return money_is_known(money) ? words_money(desk->arena, tongue_language(desk->tongue), money)
                                 : "";
}

const char *
desk_days(const Desk *desk, int64_t days)
{
    return desk_fill(desk, days == 1 ? "one_day" : "many_days", "count",
        words_count(desk->arena, tongue_language(desk->tongue), days), NULL);
}

const char *
desk_parcel(const Desk *desk)
{
    return text_is_empty(desk->claim->tracking_number) ? desk->claim->shipment_id
                                                       : desk->claim->tracking_number;
}

static const char *
route(const Desk *desk)
{
    const Claim *const claim = desk->claim;
    const bool postcode = !text_is_empty(claim->destination_postcode);

    if (text_is_empty(claim->origin) && text_is_empty(claim->destination) && !postcode)
        return "";
    return arena_printf(desk->arena, "%s / %s%s%s",
        text_is_empty(claim->origin) ? "-" : claim->origin, claim->destination,
        postcode && !text_is_empty(claim->destination) ? " " : "", claim->destination_postcode);
}

static const char *
weight(const Desk *desk)
{
    if (desk->claim->weight_grams <= 0)
        return "";
    return arena_printf(desk->arena, "%s\u00a0g",
        words_count(desk->arena, tongue_language(desk->tongue), desk->claim->weight_grams));
}

// The scan that the silence counts from; NULL when the dossier holds none that is known.
static const DossierScan *
last_physical(const Dossier *dossier)
{
    for (size_t i = dossier->scan_count; i > 0; i--)
        if (dossier->scans[i - 1].physical &&
            dossier->scans[i - 1].occurred_at == dossier->claim.last_scan_at)
            return &dossier->scans[i - 1];
    return NULL;
}

// In the letter's language where the scan itself is there.
static const char *
last_scan(const Desk *desk)
{
    const Claim *const claim = desk->claim;
    const char *const at = desk_time(desk, claim->last_scan_at);

    const DossierScan *const scan = last_physical(desk->dossier);

    if (*at == '\0' || (!scan && text_is_empty(claim->last_scan)))
        return at;
    if (!scan)
        return arena_printf(desk->arena, "%s (%s)", at, claim->last_scan);

    const char *const word =
        desk_word(desk, arena_printf(desk->arena, "milestone.%s", milestone_name(scan->milestone)));

    return arena_printf(
        desk->arena, "%s (%s%s%s)", at, word, text_is_empty(scan->place) ? "" : ", ", scan->place);
}

size_t
desk_facts(const Desk *desk, FolioFact *facts)
{
    const Claim *const claim = desk->claim;
    const FolioFact all[] = {
        {desk_word(desk, "reference"), desk->reference},
        {desk_word(desk, "tracking_number"), claim->tracking_number},
        {desk_word(desk, "carrier"), desk->dossier->carrier.name},
        {desk_word(desk, "service"), claim->service},
        {desk_word(desk, "shipment"), claim->shipment_id},
        {desk_word(desk, "order_reference"), claim->order_reference},
        {desk_word(desk, "invoice_reference"), claim->invoice_reference},
        {desk_word(desk, "contents"), claim->contents},
        {desk_word(desk, "weight"), weight(desk)},
        {desk_word(desk, "value"), desk_money(desk, claim->value)},
        {desk_word(desk, "route"), route(desk)},
        {desk_word(desk, "accepted_at"), desk_time(desk, claim->accepted_at)},
        {desk_word(desk, "promised_at"), desk_day(desk, claim->promised_at)},
        {desk_word(desk, "last_scan"), last_scan(desk)},
        {desk_word(desk, "submit_to"), claim->submit_to},
    };
    const size_t count = sizeof all / sizeof all[0];

    memcpy(facts, all, sizeof all);
    return count;
}

const char *
desk_party(const Desk *desk, const Party *party, const char *last)
{
    const char *const lines[] = {party->name, party->address, party->email, last};
    Text out = {.arena = desk->arena};

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (!text_is_empty(lines[i]))
            text_add_format(&out, "%s%s", out.length > 0 ? "\n" : "", lines[i]);
    return text_get(&out);
}

void
desk_put(Slots *slots, const char *name, const char *text)
{
    desk_put_condition(slots, name, !text_is_empty(text));
    slots->items[slots->count - 1].text = text_clean(slots->arena, text);
}

void
desk_put_condition(Slots *slots, const char *name, bool holds)
{
    slots_put_part(slots, name, holds, (Slots){.arena = slots->arena});
}

void
desk_head(Desk *desk, const char *title)
{
    const Party *const claimant = &desk->dossier->claimant;
    const Party *const carrier = &desk->dossier->carrier;
    const char *const account =
        text_is_empty(claimant->account)
            ? ""
            : desk_fill(desk, "account", "account", claimant->account, NULL);

    folio_blocks(desk->folio, desk_party(desk, claimant, account), "");
    folio_blocks(desk->folio, "", desk_party(desk, carrier, ""));
    folio_dateline(desk->folio,
        desk_fill(desk, "dateline", "day", desk_day(desk, desk->dossier->as_of), NULL));
    folio_title(desk->folio, title);
}

void
desk_draw_facts(Desk *desk)
{
    FolioFact facts[DESK_FACTS_MAX];
    const size_t count = desk_facts(desk, facts);

    folio_facts(desk->folio, facts, count);
}

void
desk_draw_signature(Desk *desk)
{
    folio_paragraph(
        desk->folio, desk_fill(desk, "signed_for", "claimant", desk->dossier->claimant.name, NULL));
}

// A block as it is printed: filled, its lines joined, without blanks around it.
static const char *
filled(Desk *desk, const char *block, const Slots *slots)
{
    const TemplateScope scope = {.slots = slots->items, .count = slots->count};
    const char *const text = template_fill(desk->arena, block, &scope, TEMPLATE_FORM_PLAIN);
    char *const line = arena_alloc(desk->arena, strlen(text) + 1);
    size_t length = 0;

    for (const char *c = text; *c != '\0'; c++)
        if (*c != '\n' && *c != ' ')
            line[length++] = *c;
        else if (length > 0 && line[length - 1] != ' ')
            line[length++] = ' ';
    while (length > 0 && line[length - 1] == ' ')
        line[--length] = '\0';
    return line;
}

typedef struct Printing
{
    Desk *desk;
    const Slots *slots;
    const DeskPart *parts;
    size_t part_count;
    const char *heading;  // waits for something to stand below it
} Printing;

static void
heading_print(Printing *printing)
{
    if (printing->heading)
        folio_heading(printing->desk->folio, printing->heading);
    printing->heading = NULL;
}

static void
part_print(Printing *printing, const char *name)
{
    for (size_t i = 0; i < printing->part_count; i++) {
        const DeskPart *const part = &printing->parts[i];

        if (!text_equal(part->name, name) || (part->wanted && !part->wanted(printing->desk)))
            continue;
        heading_print(printing);
        part->draw(printing->desk);
    }
}

// The shape of a block is the template's, never that of a text which fills a hole.
static void
block_print(Printing *printing, const char *block)
{
    const char *const text = filled(printing->desk, block, printing->slots);

    if (*block == '@')
        part_print(printing, text + 1);
    else if (text_starts_with(block, "# "))
        printing->heading = text + 2;
    else if (*text != '\0') {
        heading_print(printing);
        folio_paragraph(printing->desk->folio, text);
    }
}

void
desk_print(
    Desk *desk, const char *text, const Slots *slots, const DeskPart *parts, size_t part_count)
{
    Printing printing = {desk, slots, parts, part_count, NULL};

    while (*text != '\0') {
        const char *const end = strstr(text, BLOCK_BREAK);
        const size_t length = end ? (size_t)(end - text) : strlen(text);

        block_print(&printing, arena_copy_bytes(desk->arena, text, length));
        text += length + (end ? strlen(BLOCK_BREAK) : 0);
    }
}
