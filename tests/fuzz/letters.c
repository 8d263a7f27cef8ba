/*
 * Any bytes as a user's letter in place of a shipped one: refused with its places, or each part can be filled, and no line break
 * gets out of those that are one line. The first byte chooses the letter.
 */
#include "alerts/letters.h"
#include "core/text.h"
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct
{
    const char *file, *audience;
    Language language;
} letters[] = {
    {"digest_en.txt", "digest", LANGUAGE_ENGLISH},
    {"finance_fr.txt", "finance", LANGUAGE_FRENCH},
    {"customer_en.txt", "customer", LANGUAGE_ENGLISH},
};

// A user's letters are files in a folder: one of this process's own, with a name for each of them.
static const char *
folder_of(size_t which)
{
    static char folders[3][40];

    if (folders[which][0] == '\0') {
        snprintf(folders[which], sizeof folders[which], "/tmp/vigie-letters.XXXXXX");
        require(mkdtemp(folders[which]) != NULL);
    }
    return folders[which];
}

static const char *paths[3];  // to remove when the process ends

static void
tidy(void)
{
    for (size_t i = 0; i < 3; i++)
        if (paths[i] != NULL && unlink(paths[i]) == 0)
            rmdir(folder_of(i));
}

static void
put(size_t which, const uint8_t *bytes, size_t length)
{
    static char names[3][80];

    if (paths[which] == NULL) {
        snprintf(names[which], sizeof names[which], "%s/%s", folder_of(which), letters[which].file);
        if (paths[0] == NULL && paths[1] == NULL && paths[2] == NULL)
            atexit(tidy);
        paths[which] = names[which];
    }

    FILE *const file = fopen(paths[which], "wb");

    require(file != NULL && fwrite(bytes, 1, length, file) == length && fclose(file) == 0);
}

static void
check(Arena *arena, const Letter *letter)
{
    static const TemplateScope nothing = {0};

    require(letter != NULL);
    for (int part = 0; part < LETTER_PARTS; part++) {
        const char *const text = letter_fill(arena, letter, (LetterPart)part, &nothing);

        require(text_is_utf8(text, strlen(text)));
        if (part == LETTER_SUBJECT || part == LETTER_SMS)
            require(strpbrk(text, "\r\n") == NULL);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length < 1)
        return 0;

    Arena *const arena = arena_create();
    Problems problems = {.arena = arena};
    const size_t which = bytes[0] % 3;
    Err err = {0};

    put(which, bytes + 1, length - 1);

    const Letters *const all = letters_load(arena, folder_of(which), &problems, &err);

    require((all != NULL) == (problems.count == 0 && err.kind == ERR_NONE));
    if (all != NULL)
        check(arena, letters_find(all, letters[which].audience, letters[which].language));
    arena_destroy(arena);
    return 0;
}
