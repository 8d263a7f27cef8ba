/*
 * Rules at work: what happened becomes messages. The same night gives the same messages under the same keys.
 */
#include "alerts/compose.h"

#include "core/text.h"

#include <inttypes.h>
#include <string.h>

typedef struct Chosen
{
    Arena *arena;
    const Happening **items;
    size_t count, capacity;
} Chosen;

void
compose_words(const Composer *composer, const Letter *letter, Slots *slots, Message *out)
{
    Arena *const arena = composer->arena;
    TemplateScope scope = {.slots = slots->items, .count = slots->count};
    const LetterPart part = composer->form == WORDS_SLACK ? LETTER_SLACK
                            : composer->form == WORDS_SMS ? LETTER_SMS
                                                          : LETTER_TEXT;

    out->subject = letter_fill(arena, letter, LETTER_SUBJECT, &scope);
    slots_put(slots, "subject", out->subject);
    scope = (TemplateScope){.slots = slots->items, .count = slots->count};
    out->text = letter_fill(arena, letter, part, &scope);
    out->html = composer->html ? letter_fill(arena, letter, LETTER_HTML, &scope) : "";
}

// The holes of a letter about some things, of which `more` are only counted.
static Slots
letter_slots(const Composer *composer, const Happening *const *things, size_t count, int64_t more)
{
    Arena *const arena = composer->arena;
    const AlertDesk *const desk = composer->desk;
    const bool one = count == 1 && more == 0;
    Slots slots = {.arena = arena}, rest = {.arena = arena}, nothing = {.arena = arena};
    Scopes list = {.arena = arena};

    for (size_t i = 0; i < count; i++)
        scopes_add(&list, compose_thing(composer, things[i]));
    slots_put(&slots, "merchant", desk->settings->merchant.name);
    slots_put(&slots, "day", day_print(arena, desk->day));
    slots_put(&slots, "day_long", words_day(arena, composer->language, desk->day));
    slots_put(&slots, "folder", desk->folder);
    slots_put(&slots, "count", words_count(arena, composer->language, (int64_t)count + more));
    slots_put(&rest, "number", words_count(arena, composer->language, more));
    slots_put_part(&slots, "one", one, one ? compose_thing(composer, things[0]) : nothing);
    slots_put_part(&slots, "several", !one, nothing);
    slots_put_list(&slots, "things", list);
    slots_put_part(&slots, "more", more > 0, rest);
    return slots;
}

static const char *
gravest(const Happening *const *things, size_t count)
{
    static const char *const order[] = {"info", "warning", "error", "critical"};
    size_t worst = 0;

    for (size_t i = 0; i < count; i++)
        for (size_t k = worst + 1; k < 4; k++)
            if (text_equal(happening_severity(things[i]), order[k]))
                worst = k;
    return order[worst];
}

// One message for each recipient. what and thing tell apart messages of one rule and night.
static void
add_messages(const Composer *composer, const Happening *const *things, size_t count, int64_t more,
    const char *what, const char *thing, const char *action, ComposedList *list)
{
    const AlertRule *const rule = composer->rule;
    const Letter *const letter =
        letters_find(composer->desk->letters, rule->audience, composer->language);
    Slots slots = letter_slots(composer, things, count, more);
    Message message = {
        .channel = rule->channel,
        .as_of = composer->desk->as_of,
        .reply_to =
            text_equal(rule->audience, "carrier") ? composer->desk->settings->merchant.email : NULL,
        .rule = rule->name,
        .audience = rule->audience,
        .thing = thing,
        .action = action,
        .severity = gravest(things, count),
        .facts = compose_facts(composer, things, count, more),
    };

    compose_words(composer, letter, &slots, &message);
    for (size_t i = 0; i < rule->to.count || i == 0; i++) {
        message.recipient = rule->to.count == 0 ? "" : rule->to.items[i];
        message.key =
            arena_printf(composer->arena, "%s:%s:%s", what, rule->channel, message.recipient);
        ARENA_PUSH(list, ((Composed){message, rule->quiet_hours, false}));
    }
}

static const char *
as_of_text(const Composer *composer)
{
    return instant_print(composer->arena, composer->desk->as_of);
}

// What happened, once for ever: a claim is due at one date, a run fails once, the rest belongs to a night.
static const char *
happening_key(const Composer *composer, const Happening *happening)
{
    Arena *const arena = composer->arena;
    const char *const thing = happening_thing(arena, happening);

    if (happening->claim)
        return arena_printf(arena, "%s:due:%s", thing, day_print(arena, happening->claim->act_by));
    if (happening->run)
        return arena_printf(arena, "%s:failed", thing);
    if (happening->incident)
        return arena_printf(arena, "%s:%s:%s", thing,
            incident_event_name(happening->incident->event), as_of_text(composer));
    return arena_printf(arena, "%s:%s:%s:%s", thing, occasion_name(happening->occasion),
        case_kind_name(happening->record->kind), as_of_text(composer));
}

static void
digest(const Composer *composer, const char *part, const Chosen *chosen, size_t shown,
    ComposedList *list)
{
    const char *const thing = arena_printf(composer->arena, "night-%s-%s",
        day_print(composer->arena, composer->desk->day), composer->rule->name);

    add_messages(composer, chosen->items, shown, (int64_t)(chosen->count - shown),
        arena_printf(
            composer->arena, "rule-%s:%s:%s", composer->rule->name, part, as_of_text(composer)),
        thing, "open", list);
}

// One by one up to the limit; the rest is counted in one message more.
static void
one_by_one(const Composer *composer, const char *part, const Chosen *chosen, size_t shown,
    ComposedList *list)
{
    for (size_t i = 0; i < shown; i++)
        add_messages(composer, &chosen->items[i], 1, 0, happening_key(composer, chosen->items[i]),
            happening_thing(composer->arena, chosen->items[i]), happening_action(chosen->items[i]),
            list);
    if (chosen->count > shown)
        add_messages(composer, NULL, 0, (int64_t)(chosen->count - shown),
            arena_printf(composer->arena, "rule-%s:%s-more:%s", composer->rule->name, part,
                as_of_text(composer)),
            arena_printf(composer->arena, "night-%s-%s",
                day_print(composer->arena, composer->desk->day), composer->rule->name),
            "open", list);
}

static void
customers(const Composer *composer, const Chosen *chosen, ComposedList *list)
{
    const size_t before = list->count;

    for (size_t i = 0; i < chosen->count; i++)
        compose_customer(composer, chosen->items[i], list->count - before, list);
}

// The kind of the channel that a rule names; loading the settings saw to it that there is one.
static const ChannelKind *
kind_of(const AlertDesk *desk, const AlertRule *rule)
{
    const AlertChannel *const channels = desk->settings->alerts.channels.items;

    for (size_t i = 0; i < desk->settings->alerts.channels.count; i++)
        if (text_equal(channels[i].name, rule->channel))
            return channel_kind_find(channels[i].type);
    return &channel_email;
}

static Composer
composer_of(const AlertDesk *desk, const AlertRule *rule, Arena *arena)
{
    const ChannelKind *const kind = kind_of(desk, rule);
    const char *const language =
        text_equal(rule->language, "default") ? desk->settings->language : rule->language;

    return (Composer){.arena = arena,
        .desk = desk,
        .rule = rule,
        .language = language_of(language),
        .form = kind->form,
        .html = kind == &channel_email};
}

void
alerts_compose(const AlertDesk *desk, const char *part, const Happening *happenings, size_t count,
    ComposedList *list)
{
    const AlertRule *const rules = desk->settings->alerts.rules.items;

    for (size_t r = 0; r < desk->settings->alerts.rules.count; r++) {
        const AlertRule *const rule = &rules[r];
        const Composer composer = composer_of(desk, rule, list->arena);
        Chosen chosen = {.arena = list->arena};

        for (size_t i = 0; i < count; i++)
            if (rule_wants(rule, desk, &happenings[i]))
                ARENA_PUSH(&chosen, &happenings[i]);

        const size_t shown =
            chosen.count < (size_t)rule->limit ? chosen.count : (size_t)rule->limit;

        if (text_equal(rule->audience, "customer"))
            customers(&composer, &chosen, list);
        else if (chosen.count > 0 && text_equal(rule->frequency, "digest"))
            digest(&composer, part, &chosen, shown, list);
        else
            one_by_one(&composer, part, &chosen, shown, list);
    }
}

Message
alert_sample(Arena *arena, const AlertDesk *desk, const char *to, Instant now)
{
    const bool french = language_of(desk->settings->language) == LANGUAGE_FRENCH;
    const char *const when = instant_print(arena, now);

    return (Message){
        .key = arena_printf(arena, "test:%s", when),
        .recipient = to,
        .subject = french ? "Vigie : message d'essai" : "Vigie: a test message",
        .text = french ? "Ce canal fonctionne. Il n'y a rien \xC3\xA0 faire.\n"
                       : "This channel works. There is nothing to do.\n",
        .html = "",
        .as_of = now,
        .rule = "test",
        .audience = "logistics",
        .thing = "test",
        .action = "open",
        .severity = "info",
        .facts = "{}",
    };
}
