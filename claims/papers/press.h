/*
 * press.h - what papers are made with, kept from one to the next because it is dear: the font, the words of each language
 * and the time zones. One for each thread.
 */
#ifndef CLAIMS_PAPERS_PRESS_H
#define CLAIMS_PAPERS_PRESS_H

#include "core/words.h"
#include "core/zone.h"

typedef struct Press Press;
typedef struct _PangoContext PangoContext;

// A press owned by the arena. Zone is that of the settings; when a dossier names another one, that is loaded when it is
// met (and kept), which only the main thread may do (core/zone.h). ERR_CONFIG when a font is not there.
Press *press_create(Arena *arena, const Zone *zone, Err *err);

// The context in which text is laid out: 72 units to the inch, no hinting.
PangoContext *press_context(Press *press);

// A zone by its name; "" is UTC. NULL with ERR_CONFIG when this machine does not know it.
const Zone *press_zone(Press *press, const char *name, Err *err);

// What papers say in one language: words by their key ("tracking_number"), from claims/templates/words_XX.txt, and whole
// texts, letter_XX.txt, withdrawal_XX.txt and declaration_XX.txt.
typedef struct Tongue Tongue;

// The tongue of a code ("fr"); English when there are no files for it.
const Tongue *press_tongue(const Press *press, const char *code);

const char *tongue_code(const Tongue *tongue);   // "fr"
Language tongue_language(const Tongue *tongue);  // for words.h: French or English

// The word of a key; the English one where the language has none; the key itself where nobody has one.
const char *tongue_word(const Tongue *tongue, const char *key);
bool tongue_knows(const Tongue *tongue, const char *key);

// A whole text: "letter", "withdrawal", "declaration".
const char *tongue_text(const Tongue *tongue, const char *name);

#endif
