/*
 * What a customer hears. Little, and nothing that may turn out false: that a parcel is late, when it is expected now, or
 * what holds it. That it is lost is for a person to say: such a message waits for an approval.
 *
 * A customer hears of each kind of trouble once in the life of a case, so the key of his message names case and kind.
 */
#include "alerts/compose.h"

#include "core/text.h"

#include <inttypes.h>

// What a kind of case is to a customer.
typedef enum Tone
{
    TONE_NONE,   // nothing he could use
    TONE_DELAY,  // it takes longer
    TONE_HELD,   // something holds it
    TONE_LOST,
} Tone;

static Tone
tone_of(CaseKind kind)
{
    switch (kind) {
    case CASE_AT_RISK:
    case CASE_LATE:
    case CASE_OUT_NOT_CLOSED:
    case CASE_NOT_HANDED_OVER:
    case CASE_STUCK:
    case CASE_MISROUTED:
    case CASE_HANDOFF_GAP:
        return TONE_DELAY;
    case CASE_PICKUP_EXPIRING:
    case CASE_ATTEMPT_FAILED:
    case CASE_CUSTOMS_HELD:
        return TONE_HELD;
    case CASE_LOST:
        return TONE_LOST;
    default:
        return TONE_NONE;
    }
}

static const Contact *
contact_of(const AlertDesk *desk, const char *shipment_id)
{
    for (size_t i = 0; i < desk->contact_count; i++)
        if (text_equal(desk->contacts[i].shipment_id, shipment_id))
            return &desk->contacts[i];
    return NULL;
}

// The new range of days; one that lies behind us already says nothing.
static void
put_range(const Composer *composer, Slots *slots, const Happening *happening, Tone tone)
{
    const AlertDesk *const desk = composer->desk;
    const Judgement *const judgement = happening->finding ? &happening->finding->judgement : NULL;
    const bool known = tone == TONE_DELAY && judgement && judgement->expected_low != INSTANT_NONE &&
                       judgement->expected_high != INSTANT_NONE &&
                       judgement->expected_high > desk->as_of;
    Slots range = {.arena = composer->arena};

    if (known) {
        const Day from = zone_day(desk->zone, judgement->expected_low);
        const Day first = from > desk->day ? from : desk->day + 1;
        const Day last = zone_day(desk->zone, judgement->expected_high);

        slots_put(&range, "from", words_day(composer->arena, composer->language, first));
        slots_put(&range, "to",
            words_day(composer->arena, composer->language, last > first ? last : first + 1));
    }
    slots_put_part(slots, "range", known, range);
    slots_put_part(
        slots, "norange", tone == TONE_DELAY && !known, (Slots){.arena = composer->arena});
}

static Slots
slots_of(const Composer *composer, const Happening *happening, const Contact *contact, Tone tone)
{
    Arena *const arena = composer->arena;
    const Settings *const settings = composer->desk->settings;
    const bool ordered = !text_is_empty(contact->order_reference);
    Slots slots = {.arena = arena}, nothing = {.arena = arena}, order = {.arena = arena};
    Slots held = {.arena = arena}, write = {.arena = arena};

    slots_put(&slots, "merchant", settings->merchant.name);
    slots_put(&slots, "carrier", happening->record->carrier);
    slots_put(&slots, "tracking_number", happening->record->tracking_number);
    slots_put(&order, "order", contact->order_reference);
    slots_put(&held, "reason", words_case_kind(composer->language, happening->record->kind));
    slots_put(&write, "contact", settings->merchant.email);
    slots_put_part(&slots, "order", ordered, order);
    slots_put_part(&slots, "parcel", !ordered, nothing);
    slots_put_part(&slots, "delay", tone == TONE_DELAY, nothing);
    slots_put_part(&slots, "held", tone == TONE_HELD, held);
    slots_put_part(&slots, "lost", tone == TONE_LOST, nothing);
    slots_put_part(&slots, "write", !text_is_empty(settings->merchant.email), write);
    put_range(composer, &slots, happening, tone);
    return slots;
}

static Language
language_for(const Composer *composer, const Contact *contact)
{
    if (!text_equal(composer->rule->language, "default") || text_is_empty(contact->language))
        return composer->language;
    return text_starts_with(contact->language, "fr") || text_starts_with(contact->language, "FR")
               ? LANGUAGE_FRENCH
               : LANGUAGE_ENGLISH;
}

void
compose_customer(
    const Composer *composer, const Happening *happening, size_t told, ComposedList *list)
{
    const CaseRecord *const record = happening->record;
    const Contact *const contact = contact_of(composer->desk, record->shipment_id);
    const Tone tone = tone_of(record->kind);
    const char *const to = !contact                      ? ""
                           : composer->form == WORDS_SMS ? contact->phone
                                                         : contact->email;
    Composer own = *composer;

    if (tone == TONE_NONE)
        return;
    if (text_is_empty(to) || !contact->consent) {
        list->no_contact++;
        return;
    }
    own.language = language_for(composer, contact);

    Slots slots = slots_of(&own, happening, contact, tone);
    Message message = {
        .key = arena_printf(own.arena, "customer:case-%" PRId64 ":%s:%s", record->number,
            case_kind_name(record->kind), own.rule->channel),
        .channel = own.rule->channel,
        .recipient = to,
        .as_of = own.desk->as_of,
        .reply_to = own.desk->settings->merchant.email,
        .rule = own.rule->name,
        .audience = "customer",
        .thing = happening_thing(own.arena, happening),
        .action = happening_action(happening),
        .severity = happening_severity(happening),
        .facts = "{}",
    };

    compose_words(
        &own, letters_find(own.desk->letters, "customer", own.language), &slots, &message);
    ARENA_PUSH(list, ((Composed){message, own.rule->quiet_hours,
                         tone == TONE_LOST || told >= (size_t)own.rule->limit}));
}
