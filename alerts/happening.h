/*
 * happening.h - what may be worth a message, and what the rules of the settings make of it.
 */
#ifndef ALERTS_HAPPENING_H
#define ALERTS_HAPPENING_H

#include "alerts/alerts.h"
#include "alerts/letters.h"
#include "config/settings.h"
#include "core/zone.h"

typedef enum Occasion
{
    OCCASION_NEW = 1,   // a case was opened or reopened
    OCCASION_WORSE,     // a graver kind leads it
    OCCASION_DUE,       // somebody must act on a claim soon
    OCCASION_INCIDENT,  // one began or is over
    OCCASION_FEED,      // a carrier's feed went silent or speaks again
    OCCASION_FAILED,    // a run failed
} Occasion;

// One happening; the members of other occasions are NULL.
typedef struct Happening
{
    Occasion occasion;
    const CaseRecord *record;
    const Finding *finding;  // of the case tonight; NULL when not at hand
    const Claim *claim;
    const Incident *incident;
    const RunRecord *run;
} Happening;

// How a customer may be reached, as the source says. Texts are never NULL.
typedef struct Contact
{
    const char *shipment_id, *email, *phone, *language, *order_reference;
    bool consent;
} Contact;

// A night's surroundings. Everything outlives what is composed.
typedef struct AlertDesk
{
    const Settings *settings;
    const Letters *letters;
    const Zone *zone;
    Instant as_of;
    Day day;
    const char *folder;  // of the reports
    const Contact *contacts;
    size_t contact_count;
} AlertDesk;

// A message with what the outbox has to know of it.
typedef struct Composed
{
    Message message;
    const char *quiet_hours;
    bool held;  // waits for a person's word
} Composed;

typedef struct ComposedList
{
    Arena *arena;
    Composed *items;
    size_t count, capacity;
    int64_t no_contact;  // customers who cannot be reached or do not want to be
} ComposedList;

// "new"; as in the settings.
const char *occasion_name(Occasion occasion);

// Whether a rule asks for a happening.
bool rule_wants(const AlertRule *rule, const AlertDesk *desk, const Happening *happening);

// Whether any rule asks customers.
bool rules_reach_customers(const Settings *settings);

// The messages that the rules make of what happened, in the order of the settings, with list->arena. The first things
// named are those that come first in happenings. part tells two calls for one night apart ("cases", "due"). Of two messages with
// one key the second is for the outbox to drop.
void alerts_compose(const AlertDesk *desk, const char *part, const Happening *happenings,
    size_t count, ComposedList *list);

// A message to say that a channel works, as its form wants it; to is the recipient, or "".
Message alert_sample(Arena *arena, const AlertDesk *desk, const char *to, Instant now);

#endif
