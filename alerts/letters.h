/*
 * letters.h - the words of messages, one letter for each audience and language: a template in parts, one for each form. A
 * user's file of the same name wins, part by part.
 */
#ifndef ALERTS_LETTERS_H
#define ALERTS_LETTERS_H

#include "config/problems.h"
#include "core/err.h"
#include "core/slots.h"
#include "core/words.h"

// The parts of a letter, as "@text" begins them in its file.
typedef enum LetterPart
{
    LETTER_SUBJECT,
    LETTER_TEXT,
    LETTER_HTML,
    LETTER_SLACK,
    LETTER_SMS,
    LETTER_PARTS,
} LetterPart;

typedef struct Letter
{
    const char *parts[LETTER_PARTS];  // templates; "" where the letter has no such part
} Letter;

typedef struct Letters Letters;

// The shipped letters, and those of a folder ("" for none) in their place: AUDIENCE_LANGUAGE.txt, such as finance_fr.txt, and
// digest_fr.txt. A file of another name, a part, a tag or a name in it that means nothing is a problem with its place; NULL
// with ERR_CONFIG then. Owned by the arena.
const Letters *letters_load(Arena *arena, const char *folder, Problems *problems, Err *err);

// The letter to an audience ("finance"; "digest" for that of the night).
const Letter *letters_find(const Letters *letters, const char *audience, Language language);

// A part filled: subject and SMS are one line, whatever the template holds. Owned by the arena.
const char *
letter_fill(Arena *arena, const Letter *letter, LetterPart part, const TemplateScope *scope);

#endif
