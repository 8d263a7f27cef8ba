/*
 * The settings of alerts: the mail server, the channels, and the rules that say what is worth a message.
 */
#include "config/checks.h"
#include "config/fields.h"

#include <stddef.h>

static const char *const TYPES[] = {"slack", "teams", "webhook", "freshdesk", "zendesk", "gorgias",
    "sms", "pagerduty", "folder", NULL};
static const char *const ENCODINGS[] = {"form", "json", NULL};
static const char *const AUDIENCES[] = {
    "logistics", "finance", "support", "carrier", "customer", NULL};
static const char *const FREQUENCIES[] = {"digest", "immediately", NULL};
static const char *const FORMS[] = {"none", "csv", "json", NULL};
static const char *const LANGUAGES[] = {"default", "en", "fr", NULL};

// clang-format off
#define CHANNEL(member) .offset = offsetof(AlertChannel, member)
#define RULE(member)    .offset = offsetof(AlertRule, member)
// clang-format on

static const Field channel_fields[] = {
    {
        .path = "name",
        .type = FIELD_TEXT,
        CHANNEL(name),
        .initial = "",
        .check = check_name,
        .help = "what rules call it: lower-case letters, digits and _",
    },
    {
        .path = "type",
        .type = FIELD_CHOICE,
        CHANNEL(type),
        .initial = "webhook",
        .choices = TYPES,
        .help = "what is spoken there",
    },
    {
        .path = "url",
        .type = FIELD_TEXT,
        CHANNEL(url),
        .initial = "",
        .check = check_web_url_or_none,
        .hidden = true,
        .help = "where it is, a secret; better in url_file, or in VIGIE_CHANNEL_NAME_URL of the "
                "environment",
    },
    {
        .path = "url_file",
        .type = FIELD_PATH,
        CHANNEL(url_file),
        .initial = "",
        .help = "file whose first line is the url",
    },
    {
        .path = "secret_file",
        .type = FIELD_PATH,
        CHANNEL(secret_file),
        .initial = "",
        .help = "file whose first line is the token or key; else VIGIE_CHANNEL_NAME_SECRET of the "
                "environment",
    },
    {
        .path = "user",
        .type = FIELD_TEXT,
        CHANNEL(user),
        .initial = "",
        .help = "who the token belongs to: of zendesk and gorgias an e-mail address, of sms the "
                "account",
    },
    {
        .path = "from",
        .type = FIELD_TEXT,
        CHANNEL(from),
        .initial = "",
        .help = "sender of sms; e-mail address under which tickets are opened",
    },
    {
        .path = "fields",
        .type = FIELD_TEXTS,
        CHANNEL(fields),
        .initial = "",
        .check = check_not_empty,
        .help = "of sms: the three names that the gateway has for to, from and text",
    },
    {
        .path = "encoding",
        .type = FIELD_CHOICE,
        CHANNEL(encoding),
        .initial = "json",
        .choices = ENCODINGS,
        .help = "of sms: how the gateway wants them",
    },
    {
        .path = "folder",
        .type = FIELD_PATH,
        CHANNEL(folder),
        .initial = "",
        .help = "of folder: where the messages are put",
    },
};

static const Field rule_fields[] = {
    {
        .path = "name",
        .type = FIELD_TEXT,
        RULE(name),
        .initial = "",
        .check = check_name,
        .help = "what it is called: lower-case letters, digits and _",
    },
    {
        .path = "when",
        .type = FIELD_TEXTS,
        RULE(when),
        .initial = "new, worse",
        .check = check_occasion,
        .help = "what happens: a case is new or worse, a claim is due, an incident or a feed (a "
                "silent carrier) begins or ends, a run failed",
    },
    {
        .path = "kinds",
        .type = FIELD_TEXTS,
        RULE(kinds),
        .initial = "",
        .check = check_case_kind,
        .help = "only these kinds of case; empty for all",
    },
    {
        .path = "at_least",
        .type = FIELD_TEXT,
        RULE(at_least),
        .initial = "",
        .check = check_case_kind_or_none,
        .help = "only cases as grave as this kind or graver",
    },
    {
        .path = "probability",
        .type = FIELD_REAL,
        RULE(probability),
        .initial = "0",
        .min = 0,
        .max = 1,
        .help = "only cases that are late or lost with at least this probability",
    },
    {
        .path = "value",
        .type = FIELD_MONEY,
        RULE(value),
        .initial = "0",
        .help = "only parcels and claims that are worth at least this",
    },
    {
        .path = "carriers",
        .type = FIELD_TEXTS,
        RULE(carriers),
        .initial = "",
        .check = check_not_empty,
        .help = "only these carriers; empty for all",
    },
    {
        .path = "due_days",
        .type = FIELD_INT,
        RULE(due_days),
        .initial = "3",
        .min = 0,
        .max = 90,
        .help = "a claim is due so many days before somebody must have acted",
    },
    {
        .path = "audience",
        .type = FIELD_CHOICE,
        RULE(audience),
        .initial = "logistics",
        .choices = AUDIENCES,
        .help = "whose words are used",
    },
    {
        .path = "channel",
        .type = FIELD_TEXT,
        RULE(channel),
        .initial = "email",
        .check = check_name,
        .help = "name of a channel; email is the mail server above",
    },
    {
        .path = "to",
        .type = FIELD_TEXTS,
        RULE(to),
        .initial = "",
        .check = check_not_empty,
        .help = "addresses for email, numbers for sms; customers are found in the source",
    },
    {
        .path = "frequency",
        .type = FIELD_CHOICE,
        RULE(frequency),
        .initial = "digest",
        .choices = FREQUENCIES,
        .help = "one message a night, or one for each thing",
    },
    {
        .path = "quiet_hours",
        .type = FIELD_TEXT,
        RULE(quiet_hours),
        .initial = "",
        .check = check_quiet_hours_or_none,
        .help = "hours of the day in which nothing is sent, like 22:00-07:00, in time_zone",
    },
    {
        .path = "limit",
        .type = FIELD_INT,
        RULE(limit),
        .initial = "20",
        .min = 1,
        .max = 1000,
        .help = "things that a digest names, or messages of a night; one line counts the rest",
    },
    {
        .path = "language",
        .type = FIELD_CHOICE,
        RULE(language),
        .initial = "default",
        .choices = LANGUAGES,
        .help =
            "language of the words; default is that of the settings, and for a customer his own",
    },
    {
        .path = "attach",
        .type = FIELD_CHOICE,
        RULE(attach),
        .initial = "none",
        .choices = FORMS,
        .help = "the things that an e-mail names, as a file that goes with it",
    },
};

static const RecordKind channel_kind = {.fields = channel_fields,
    .count = sizeof channel_fields / sizeof channel_fields[0],
    .size = sizeof(AlertChannel)};
static const RecordKind rule_kind = {.fields = rule_fields,
    .count = sizeof rule_fields / sizeof rule_fields[0],
    .size = sizeof(AlertRule)};

const Field config_alerts_fields[] = {
    {
        .path = "alerts.smtp_url",
        .type = FIELD_TEXT,
        MEMBER(alerts.smtp_url),
        .initial = "",
        .check = check_smtp_url_or_none,
        .secret = true,
        .help = "mail server: smtp://host:port or smtps://host:port; empty sends no e-mail",
    },
    {
        .path = "alerts.from",
        .type = FIELD_TEXT,
        MEMBER(alerts.from),
        .initial = "",
        .check = check_email_or_none,
        .help = "sender of e-mails",
    },
    {
        .path = "alerts.to",
        .type = FIELD_TEXTS,
        MEMBER(alerts.to),
        .initial = "",
        .check = check_email,
        .help = "who gets the digest",
    },
    {
        .path = "alerts.user",
        .type = FIELD_TEXT,
        MEMBER(alerts.user),
        .initial = "",
        .help = "name for the mail server, when it asks for one",
    },
    {
        .path = "alerts.password_file",
        .type = FIELD_PATH,
        MEMBER(alerts.password_file),
        .initial = "",
        .help = "file whose first line is the password for the mail server",
    },
    {
        .path = "alerts.deliver_within_days",
        .type = FIELD_INT,
        MEMBER(alerts.deliver_within_days),
        .initial = "7",
        .min = 0,
        .max = 3650,
        .help = "nights older than this send nothing unless --deliver is given",
    },
    {
        .path = "alerts.attempts",
        .type = FIELD_INT,
        MEMBER(alerts.attempts),
        .initial = "8",
        .min = 1,
        .max = 100,
        .help = "how often a delivery is tried before it is given up",
    },
    {
        .path = "alerts.timeout_seconds",
        .type = FIELD_INT,
        MEMBER(alerts.timeout_seconds),
        .initial = "30",
        .min = 1,
        .max = 600,
        .help = "longest that one request or one mail may take",
    },
    {
        .path = "alerts.patience_seconds",
        .type = FIELD_INT,
        MEMBER(alerts.patience_seconds),
        .initial = "60",
        .min = 0,
        .max = 3600,
        .help = "how long deliveries wait in all for channels that ask to be asked again soon",
    },
    {
        .path = "alerts.templates",
        .type = FIELD_PATH,
        MEMBER(alerts.templates),
        .initial = "",
        .help = "folder of templates that win over the shipped ones; see docs/alerts.md",
    },
    {
        .path = "alerts.channels",
        .type = FIELD_RECORDS,
        MEMBER(alerts.channels),
        .initial = "",
        .record = &channel_kind,
        .help = "where messages go beside email",
    },
    {
        .path = "alerts.rules",
        .type = FIELD_RECORDS,
        MEMBER(alerts.rules),
        .initial = "",
        .record = &rule_kind,
        .help = "what is worth a message beside the digest to alerts.to",
    },
};

const size_t config_alerts_field_count =
    sizeof config_alerts_fields / sizeof config_alerts_fields[0];
