/*
 * compose.h - what the files that compose messages share.
 */
#ifndef ALERTS_COMPOSE_H
#define ALERTS_COMPOSE_H

#include "alerts/channel.h"
#include "alerts/happening.h"

// One rule at work.
typedef struct Composer
{
    Arena *arena;
    const AlertDesk *desk;
    const AlertRule *rule;
    Language language;
    WordsForm form;
    bool html;  // the channel shows HTML too
} Composer;

// How a letter's parts become the words of a message: subject, text in the channel's form, HTML.
void compose_words(const Composer *composer, const Letter *letter, Slots *slots, Message *out);

// The holes of a thing: of a case, claim, incident or run, with its title.
Slots compose_thing(const Composer *composer, const Happening *happening);

// "lost: 6A12345678901 (Colissimo)".
const char *compose_title(const Composer *composer, const Happening *happening);

// What a happening is about ("case-17"), what becomes of it ("open", "update", "close") and how grave it is.
const char *happening_thing(Arena *arena, const Happening *happening);
const char *happening_action(const Happening *happening);
const char *happening_severity(const Happening *happening);

// The same for machines: {"things": [...], "more": n}, as text. Owned by the arena.
const char *
compose_facts(const Composer *composer, const Happening *const *things, size_t count, int64_t more);

// One happening as a message to the customer whom it concerns, to the list; beyond the rule's limit, and where it would say
// that a parcel is lost, it is held for a person.
void compose_customer(
    const Composer *composer, const Happening *happening, size_t told, ComposedList *list);

#endif
