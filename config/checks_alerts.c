/*
 * Checks of the settings of alerts, one by one and taken together.
 */
#include "config/checks.h"
#include "config/records.h"
#include "core/case.h"
#include "core/hours.h"
#include "core/money.h"

#include <stddef.h>
#include <string.h>

#define PHONE_DIGITS_MAX 15  // E.164 6.1

const char *
check_name(Arena *arena, const char *value)
{
    return value[strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0'
               ? NULL
               : arena_printf(arena, "\"%s\" is no name: lower-case letters, digits and _",
                     text_clean(arena, value));
}

static const char *
unknown(Arena *arena, const char *what, const char *value, const char *const *names, size_t count)
{
    const char *const nearest = text_nearest(value, names, count);

    return nearest == NULL ? arena_printf(arena, "\"%s\" is no %s", text_clean(arena, value), what)
                           : arena_printf(arena, "\"%s\" is no %s; did you mean \"%s\"?",
                                 text_clean(arena, value), what, nearest);
}

const char *
check_occasion(Arena *arena, const char *value)
{
    static const char *const names[] = {"new", "worse", "due", "incident", "feed", "failed"};
    const size_t count = sizeof names / sizeof names[0];

    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], value) == 0)
            return NULL;
    return unknown(
        arena, "occasion (new, worse, due, incident, feed, failed)", value, names, count);
}

const char *
check_case_kind(Arena *arena, const char *value)
{
    const char *names[CASE_KIND_COUNT];
    CaseKind ignored;

    if (case_kind_parse(value, &ignored) && ignored != CASE_NONE)
        return NULL;
    for (int kind = CASE_NONE + 1; kind < CASE_KIND_COUNT; kind++)
        names[kind - 1] = case_kind_name((CaseKind)kind);
    return unknown(arena, "kind of case", value, names, CASE_KIND_COUNT - 1);
}

const char *
check_case_kind_or_none(Arena *arena, const char *value)
{
    return *value == '\0' ? NULL : check_case_kind(arena, value);
}

const char *
check_quiet_hours_or_none(Arena *arena, const char *value)
{
    QuietHours ignored;

    return quiet_hours_parse(value, &ignored)
               ? NULL
               : arena_printf(arena, "\"%s\" are no hours of the day, like 22:00-07:00",
                     text_clean(arena, value));
}

// The address itself may be a secret, so it is not repeated.
const char *
check_web_url_or_none(Arena *arena, const char *value)
{
    (void)arena;
    if (*value == '\0' || text_starts_with(value, "https://") || text_starts_with(value, "http://"))
        return NULL;
    return "must begin with https:// (or http:// for this machine)";
}

const char *
check_phone(Arena *arena, const char *value)
{
    const size_t digits = *value == '+' ? strspn(value + 1, "0123456789") : 0;

    return digits >= 6 && digits <= PHONE_DIGITS_MAX && value[digits + 1] == '\0' && value[1] != '0'
               ? NULL
               : arena_printf(arena, "\"%s\" is no telephone number like +33612345678",
                     text_clean(arena, value));
}

// The place of a member's value, found by where the member lies in the struct.
static const Place *
place_of(const RecordLoaded *loaded, size_t offset)
{
    size_t i = 0;

    while (loaded->kind->fields[i].offset != offset)
        i++;
    return &loaded->places[i];
}

static void
complain(Loader *loader, const RecordLoaded *loaded, size_t offset, const char *problem)
{
    loader_complain(loader, place_of(loaded, offset), problem);
}

static bool
is_one_of(const char *word, const char *a, const char *b)
{
    return text_equal(word, a) || text_equal(word, b);
}

static void
check_channel(Loader *loader, const RecordLoaded *loaded)
{
    const AlertChannel *const channel = loaded->record;

    if (text_equal(channel->name, "email"))
        complain(loader, loaded, offsetof(AlertChannel, name),
            "\"email\" is the mail server of alerts.smtp_url");
    if (text_equal(channel->type, "folder") != !text_is_empty(channel->folder))
        complain(loader, loaded, offsetof(AlertChannel, folder),
            text_equal(channel->type, "folder") ? "\"folder\" is missing"
                                                : "only a channel of type folder has one");
    if (is_one_of(channel->type, "zendesk", "gorgias") && text_is_empty(channel->user))
        complain(loader, loaded, offsetof(AlertChannel, user), "\"user\" is missing");
    if (is_one_of(channel->type, "freshdesk", "gorgias") &&
        check_email(loader->arena, channel->from) != NULL)
        complain(loader, loaded, offsetof(AlertChannel, from),
            "\"from\" must be the e-mail address under which tickets are opened");
    if (channel->fields.count != 0 &&
        (channel->fields.count != 3 || !text_equal(channel->type, "sms")))
        complain(loader, loaded, offsetof(AlertChannel, fields),
            "only sms has fields, three of them: the names of to, from and text");
}

static const AlertChannel *
channel_named(const Loader *loader, const char *name)
{
    for (size_t i = 0; i < loader->records->count; i++) {
        const RecordLoaded *const loaded = &loader->records->items[i];
        const AlertChannel *const channel = loaded->record;

        if (loaded->kind->size == sizeof(AlertChannel) && text_equal(channel->name, name))
            return channel;
    }
    return NULL;
}

// The type of what a rule speaks through; NULL when there is no such channel.
static const char *
type_of_channel(Loader *loader, const RecordLoaded *loaded, const AlertRule *rule)
{
    const Settings *const settings = (const Settings *)(const void *)loader->settings;
    const AlertChannel *const channel = channel_named(loader, rule->channel);

    if (!text_equal(rule->channel, "email") && channel == NULL)
        complain(loader, loaded, offsetof(AlertRule, channel),
            arena_printf(loader->arena, "there is no channel \"%s\"", rule->channel));
    if (text_equal(rule->channel, "email") && text_is_empty(settings->alerts.smtp_url))
        complain(loader, loaded, offsetof(AlertRule, channel),
            "email needs a mail server: alerts.smtp_url is not set");
    if (text_equal(rule->channel, "email"))
        return "email";
    return channel == NULL ? NULL : channel->type;
}

static void
check_recipients(
    Loader *loader, const RecordLoaded *loaded, const AlertRule *rule, const char *type)
{
    const bool wants = is_one_of(type, "email", "sms") && !text_equal(rule->audience, "customer");

    if (wants != (rule->to.count > 0))
        complain(loader, loaded, offsetof(AlertRule, to),
            wants ? arena_printf(loader->arena, "%s needs \"to\"", type)
                  : "nobody is addressed here: customers are found in the source, other channels "
                    "have a place of their own");
    for (size_t i = 0; wants && i < rule->to.count; i++) {
        const char *const problem = text_equal(type, "sms")
                                        ? check_phone(loader->arena, rule->to.items[i])
                                        : check_email(loader->arena, rule->to.items[i]);

        if (problem != NULL)
            complain(loader, loaded, offsetof(AlertRule, to), problem);
    }
}

// Who is not of the house hears of parcels alone.
static void
check_strangers(Loader *loader, const RecordLoaded *loaded, const AlertRule *rule)
{
    if (!is_one_of(rule->audience, "customer", "carrier"))
        return;
    for (size_t i = 0; i < rule->when.count; i++)
        if (!is_one_of(rule->when.items[i], "new", "worse"))
            complain(loader, loaded, offsetof(AlertRule, when),
                arena_printf(loader->arena, "a %s hears of what is new or worse", rule->audience));
}

// A customer hears of his own parcel, one message for each worsening, by a channel that is his.
static void
check_customer(Loader *loader, const RecordLoaded *loaded, const AlertRule *rule, const char *type)
{
    if (!text_equal(rule->audience, "customer"))
        return;
    if (type != NULL && !is_one_of(type, "email", "sms"))
        complain(loader, loaded, offsetof(AlertRule, channel),
            "a customer is reached by email or by a channel of type sms");
    if (!text_equal(rule->frequency, "immediately"))
        complain(loader, loaded, offsetof(AlertRule, frequency),
            "a customer gets no digest: write immediately");
}

// The facts are for the house, and other channels have no place for a file.
static void
check_attachment(
    Loader *loader, const RecordLoaded *loaded, const AlertRule *rule, const char *type)
{
    if (text_equal(rule->attach, "none"))
        return;
    if (type != NULL && !text_equal(type, "email"))
        complain(loader, loaded, offsetof(AlertRule, attach), "only an email takes a file with it");
    if (is_one_of(rule->audience, "customer", "carrier"))
        complain(loader, loaded, offsetof(AlertRule, attach),
            arena_printf(loader->arena, "a %s gets no file: it says what is for the house alone",
                rule->audience));
}

static void
check_rule(Loader *loader, const RecordLoaded *loaded)
{
    const Settings *const settings = (const Settings *)(const void *)loader->settings;
    const AlertRule *const rule = loaded->record;
    const char *const type = type_of_channel(loader, loaded, rule);
    Money least = MONEY_NONE;
    Err err = {0};

    if (rule->when.count == 0)
        complain(loader, loaded, offsetof(AlertRule, when), "says of nothing when");
    if (!money_parse(rule->value, settings->currency, &least, &err))
        complain(loader, loaded, offsetof(AlertRule, value), arena_copy(loader->arena, err.text));
    if (type != NULL)
        check_recipients(loader, loaded, rule, type);
    check_strangers(loader, loaded, rule);
    check_customer(loader, loaded, rule, type);
    check_attachment(loader, loaded, rule, type);
}

void
records_check_alerts(Loader *loader)
{
    for (size_t i = 0; i < loader->records->count; i++)
        if (loader->records->items[i].kind->size == sizeof(AlertChannel))
            check_channel(loader, &loader->records->items[i]);
        else
            check_rule(loader, &loader->records->items[i]);
}
