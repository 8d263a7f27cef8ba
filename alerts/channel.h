/*
 * channel.h - one way to reach people or programs. A kind of channel is a constant struct of functions in a file of its own;
 * channels.c lists them. A channel is a kind with its address and its secret.
 */
#ifndef ALERTS_CHANNEL_H
#define ALERTS_CHANNEL_H

#include "alerts/alerts.h"

// How one attempt ended.
typedef struct Delivery
{
    DeliveryOutcome outcome;
    const char *reason;           // in words without secrets, owned by the arena of the attempt
    int64_t retry_after_seconds;  // what the other side asks to wait; 0 when it does not
    bool channel_down;  // nobody there, or too busy: other messages would fare no better now
} Delivery;

typedef enum ChannelNeeds
{
    CHANNEL_NEEDS_URL = 1,
    CHANNEL_NEEDS_SECRET = 2,
    CHANNEL_NEEDS_RECIPIENT = 4,  // each message names who gets it
} ChannelNeeds;

// In which form a channel wants the words of a message.
typedef enum WordsForm
{
    WORDS_TEXT,   // lines of plain text; HTML beside it
    WORDS_SLACK,  // Slack's markup
    WORDS_SMS,    // one short line
} WordsForm;

typedef struct ChannelKind ChannelKind;

// Texts are never NULL; they and smtp live as long as the channel.
typedef struct Channel
{
    const ChannelKind *kind;
    const char *name;
    const char *url, *secret;  // never shown
    const char *user, *from, *folder;
    const char *fields[3];  // SMS: names of to, from and text
    bool form;              // SMS: as a form, not as JSON
    int64_t timeout_seconds;
    const SmtpOptions *smtp;  // of email
} Channel;

struct ChannelKind
{
    const char *name;  // as in the settings: "slack"
    const char *url;   // where it is when nobody says otherwise; NULL
    unsigned needs;    // ChannelNeeds
    WordsForm form;
    const struct TicketDesk *desk;  // of help desks (ticket.h)
    // One attempt at one message. now is the wall clock, for what is signed with it.
    Delivery (*send)(Arena *arena, const Channel *channel, const Message *message, Instant now);
};

// The file that goes with a message whose rule asks for one (attach): "RULE.csv" with a row for each thing it names, or
// "RULE.json" with its facts. NULL when it asks for none. Owned by the arena.
const Attachment *alert_enclosure(Arena *arena, const Message *message);

extern const ChannelKind channel_email, channel_slack, channel_teams, channel_webhook,
    channel_freshdesk, channel_zendesk, channel_gorgias, channel_sms, channel_pagerduty,
    channel_folder;

// The kind of that name; NULL when there is none.
const ChannelKind *channel_kind_find(const char *name);

#endif
