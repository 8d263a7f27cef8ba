#include "alerts/letters.h"

#include "alerts/templates.h"
#include "core/file.h"
#include "core/text.h"

#include <string.h>

#define FILE_BYTES_MAX ((size_t)256 * 1024)
#define SMS_BYTES_MAX  480  // three messages of 160 characters

static const char *const PARTS[LETTER_PARTS] = {"subject", "text", "html", "slack", "sms"};

// A shipped letter. Those of one family fill the same holes, so a user's may use what any of them uses.
typedef struct Shipped
{
    const char *audience, *family;
    Language language;
    const char *source;
} Shipped;

static const Shipped shipped[] = {
    {"digest", "digest", LANGUAGE_ENGLISH, TEMPLATE_DIGEST_EN},
    {"digest", "digest", LANGUAGE_FRENCH, TEMPLATE_DIGEST_FR},
    {"logistics", "staff", LANGUAGE_ENGLISH, TEMPLATE_LOGISTICS_EN},
    {"logistics", "staff", LANGUAGE_FRENCH, TEMPLATE_LOGISTICS_FR},
    {"finance", "staff", LANGUAGE_ENGLISH, TEMPLATE_FINANCE_EN},
    {"finance", "staff", LANGUAGE_FRENCH, TEMPLATE_FINANCE_FR},
    {"support", "staff", LANGUAGE_ENGLISH, TEMPLATE_SUPPORT_EN},
    {"support", "staff", LANGUAGE_FRENCH, TEMPLATE_SUPPORT_FR},
    {"carrier", "carrier", LANGUAGE_ENGLISH, TEMPLATE_CARRIER_EN},
    {"carrier", "carrier", LANGUAGE_FRENCH, TEMPLATE_CARRIER_FR},
    {"customer", "customer", LANGUAGE_ENGLISH, TEMPLATE_CUSTOMER_EN},
    {"customer", "customer", LANGUAGE_FRENCH, TEMPLATE_CUSTOMER_FR},
};

// Names that hold everywhere in a letter of a family, and that the shipped ones use within parts only.
static const struct
{
    const char *family, *name;
} everywhere[] = {
    {"staff", "count"},
    {"carrier", "count"},
    {"digest", "count"},
    {"digest", "fresh"},
    {"digest", "worst"},
    {"digest", "set_aside"},
    {"digest", "unmapped"},
};

enum
{
    COUNT = sizeof shipped / sizeof shipped[0]
};

struct Letters
{
    Letter items[COUNT];  // as in shipped
};

typedef struct Cut
{
    Arena *arena;
    const char *file, *source;
    Problems *problems;  // NULL for shipped letters, which have none
    const TemplateNames *names;
} Cut;

// The part that a line begins, LETTER_PARTS when it begins none; *length is the line's.
static LetterPart
part_of_line(const char *line, size_t *length)
{
    int part = 0;

    *length = strcspn(line, "\n");
    while (part < LETTER_PARTS && (line[0] != '@' || strlen(PARTS[part]) + 1 != *length ||
                                      memcmp(line + 1, PARTS[part], *length - 1) != 0))
        part++;
    return (LetterPart)part;
}

static void
complain(const Cut *cut, const char *at, const char *problem)
{
    size_t line = 1, column = 1;

    for (const char *c = cut->source; c < at; c++) {
        column = *c == '\n' ? 1 : column + 1;
        line += *c == '\n';
    }
    if (cut->problems)
        problem_add(cut->problems, cut->file, line, column, "", "%s", problem);
}

static void
take_part(const Cut *cut, Letter *letter, LetterPart part, const char *start, size_t length)
{
    const char *const source = arena_copy_bytes(cut->arena, start, length);
    size_t at = 0;
    const char *const problem = cut->problems ? template_problem(source, cut->names, &at) : NULL;

    if (problem)
        complain(cut, start + at, problem);
    else
        letter->parts[part] = source;
}

// Cut a file into its parts; what it lacks stays as it is in the letter.
static void
cut_letter(const Cut *cut, Letter *letter)
{
    const char *at = cut->source;

    while (*at != '\0') {
        size_t length;
        const LetterPart part = part_of_line(at, &length);
        const char *end = at + length + (at[length] == '\n');
        const char *const start = end;

        if (part == LETTER_PARTS) {
            complain(cut, at, "expected @subject, @text, @html, @slack or @sms");
            return;
        }
        while (*end != '\0' && *end != '@')
            end += strcspn(end, "\n") + (end[strcspn(end, "\n")] == '\n');
        take_part(cut, letter, part, start, (size_t)(end - start));
        at = end;
    }
}

static void
names_of_family(const char *family, TemplateNames *names)
{
    for (size_t i = 0; i < COUNT; i++)
        if (text_equal(shipped[i].family, family))
            template_names(shipped[i].source, names);
    for (size_t i = 0; i < sizeof everywhere / sizeof everywhere[0]; i++)
        if (text_equal(everywhere[i].family, family))
            ARENA_PUSH(names, everywhere[i].name);
}

// Which letter a file is: its name is AUDIENCE_LANGUAGE.txt. COUNT for none.
static size_t
letter_of_file(Arena *arena, const char *path)
{
    const char *const name = file_name(path);
    size_t i = 0;

    while (i < COUNT && !text_equal(name, arena_printf(arena, "%s_%s.txt", shipped[i].audience,
                                              language_code(shipped[i].language))))
        i++;
    return i;
}

static bool
override(Arena *arena, Letters *letters, const char *path, Problems *problems, Err *err)
{
    const size_t index = letter_of_file(arena, path);
    size_t length = 0;
    TemplateNames names = {.arena = arena};

    if (index == COUNT) {
        problem_add(problems, path, 0, 0, "",
            "no letter has this name: expected AUDIENCE_LANGUAGE.txt, such as finance_fr.txt");
        return true;
    }

    const char *const source = file_read(arena, path, FILE_BYTES_MAX, &length, err);

    if (!source)
        return false;
    if (!text_is_utf8(source, length)) {
        problem_add(problems, path, 0, 0, "", "is not valid UTF-8");
        return true;
    }
    names_of_family(shipped[index].family, &names);
    cut_letter(&(Cut){arena, path, source, problems, &names}, &letters->items[index]);
    return true;
}

const Letters *
letters_load(Arena *arena, const char *folder, Problems *problems, Err *err)
{
    Letters *const letters = ARENA_NEW(arena, Letters);
    const size_t before = problems->count;
    size_t count = 0;

    for (size_t i = 0; i < COUNT; i++) {
        for (int part = 0; part < LETTER_PARTS; part++)
            letters->items[i].parts[part] = "";
        cut_letter(&(Cut){arena, "", shipped[i].source, NULL, NULL}, &letters->items[i]);
    }
    if (text_is_empty(folder))
        return letters;

    const char **const files = file_list(arena, folder, ".txt", &count, err);

    if (!files) {
        err_context(err, "alerts.templates");
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        if (!override(arena, letters, files[i], problems, err))
            return NULL;
    if (problems->count > before) {
        err_set(err, ERR_CONFIG, "%zu problem%s in the templates of alerts",
            problems->count - before, problems->count - before == 1 ? "" : "s");
        return NULL;
    }
    return letters;
}

const Letter *
letters_find(const Letters *letters, const char *audience, Language language)
{
    for (size_t i = 0; i < COUNT; i++)
        if (text_equal(shipped[i].audience, audience) && shipped[i].language == language)
            return &letters->items[i];
    return NULL;
}

// Line breaks at the end go, those within become spaces; also those that a template brings along.
static const char *
one_line(Arena *arena, const char *text)
{
    char *const line = arena_copy(arena, text);
    size_t length = strlen(line);

    while (length > 0 && strchr("\r\n", line[length - 1]))
        line[--length] = '\0';
    for (char *c = line; *c != '\0'; c++)
        if (strchr("\r\n", *c))
            *c = ' ';
    return line;
}

static const char *
short_line(Arena *arena, const char *text)
{
    const char *const line = one_line(arena, text);

    if (strlen(line) <= SMS_BYTES_MAX)
        return line;
    return arena_printf(arena, "%.*s...", (int)text_fitting(line, SMS_BYTES_MAX - 3), line);
}

const char *
letter_fill(Arena *arena, const Letter *letter, LetterPart part, const TemplateScope *scope)
{
    const TemplateForm form = part == LETTER_HTML    ? TEMPLATE_FORM_HTML
                              : part == LETTER_SLACK ? TEMPLATE_FORM_SLACK
                                                     : TEMPLATE_FORM_PLAIN;
    const char *const text = template_fill(arena, letter->parts[part], scope, form);

    if (part == LETTER_SUBJECT)
        return one_line(arena, text);
    return part == LETTER_SMS ? short_line(arena, text) : text;
}
