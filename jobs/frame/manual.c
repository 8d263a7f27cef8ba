/*
 * The manual page, from the same tables as the command line, so that it cannot be out of date.
 */
#include "jobs/frame/help.h"

#include "config/fields.h"
#include "jobs/frame/options.h"

#include <string.h>

typedef struct Entry
{
    const char *name, *meaning;
} Entry;

static const Entry ENVIRONMENT[] = {
    {"VIGIE_CONFIG", "The settings file, when --config names none."},
    {"VIGIE_DATABASE_URL and the like", "Any setting: its path in capitals, points as "
                                        "underscores. It wins over the file; --set wins over it."},
    {"PGHOST, PGSERVICE, PGPASSFILE and the other variables of libpq",
        "How to reach the database. Passwords belong into the password file or a service file, "
        "never into the settings."},
    {"TERM", "On a terminal that is not dumb, progress is shown as a bar."},
};

static const Entry FILES[] = {
    {"./vigie.yaml", "The settings, when neither --config nor VIGIE_CONFIG names a file."},
    {"/etc/vigie/vigie.yaml",
        "The settings, when there is no vigie.yaml in the working folder either."},
};

// Text that roff prints as it is. A minus is written as one, so that options can be copied from the page.
static void
add_text(Text *out, const char *text)
{
    for (const char *at = text; *at; at++) {
        const bool starts = at == text || at[-1] == '\n';

        if (starts && (*at == '.' || *at == '\''))
            text_add(out, "\\&");
        if (*at == '\\')
            text_add(out, "\\e");
        else if (*at == '-')
            text_add(out, "\\-");
        else
            text_add_bytes(out, at, 1);
    }
}

static void
add_bold(Text *out, const char *text)
{
    text_add(out, "\\fB");
    add_text(out, text);
    text_add(out, "\\fR");
}

static void
add_italic(Text *out, const char *text)
{
    text_add(out, "\\fI");
    add_text(out, text);
    text_add(out, "\\fR");
}

static void
add_paragraphs(Text *out, const char *text)
{
    for (const char *paragraph = text; *paragraph;) {
        const char *const gap = strstr(paragraph, "\n\n");
        const size_t length = gap ? (size_t)(gap - paragraph) : strlen(paragraph);

        add_text(out, arena_copy_bytes(out->arena, paragraph, length));
        paragraph += length;
        if (gap) {
            paragraph += strlen("\n\n");
            text_add(out, "\n.PP\n");
        }
    }
    text_add(out, "\n");
}

static void
add_example(Text *out, const char *text)
{
    text_add(out, ".PP\n.RS 4\n.nf\n");
    add_text(out, text);
    text_add(out, "\n.fi\n.RE\n");
}

static void
add_option(Text *out, const OptionSpec *option)
{
    text_add(out, ".TP\n");
    if (option->letter != 0) {
        add_bold(out, arena_printf(out->arena, "-%c", option->letter));
        text_add(out, ", ");
    }
    add_bold(out, arena_printf(out->arena, "--%s", option->name));
    if (option->argument) {
        text_add(out, " ");
        add_italic(out, option->argument);
    }
    text_add(out, "\n");
    add_paragraphs(out, option->help);
}

static void
add_command(Text *out, const Command *command)
{
    text_add_format(out, ".SS %s\n", command->name);
    add_bold(out, arena_printf(out->arena, "vigie %s", command->name));
    text_add(out, " [");
    add_italic(out, "OPTION");
    text_add(out, "]...");
    if (*command->usage) {
        text_add(out, " ");
        add_italic(out, command->usage);
    }
    text_add(out, "\n.PP\n");
    add_paragraphs(out, command->description);
    for (const OptionSpec *option = command->options; option && option->name; option++)
        add_option(out, option);
    for (const char *const *example = command->examples; example && *example; example++)
        add_example(out, *example);
}

static void
add_entries(Text *out, const Entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text_add(out, ".TP\n");
        add_bold(out, entries[i].name);
        text_add(out, "\n");
        add_paragraphs(out, entries[i].meaning);
    }
}

// "a whole number from 1 to 600"
static const char *
print_kind(Arena *arena, const Field *field)
{
    Text choices = {.arena = arena};

    switch (field->type) {
    case FIELD_INT:
        return arena_printf(arena, "A whole number from %.0f to %.0f", field->min, field->max);
    case FIELD_REAL:
        return arena_printf(arena, "A number from %g to %g", field->min, field->max);
    case FIELD_MONEY:
        return "An amount of money";
    case FIELD_CHOICE:
        for (const char *const *choice = field->choices; *choice; choice++)
            text_add_format(&choices, "%s%s", choice == field->choices ? "" : " or ", *choice);
        return text_get(&choices);
    case FIELD_PATH:
        return "A path, relative to the settings file";
    case FIELD_TEXTS:
        return "A list of texts";
    case FIELD_PATHS:
        return "A list of paths, relative to the settings file";
    case FIELD_RECORDS:
        return "A list of items with the keys below";
    default:
        return "A text";
    }
}

static void
add_setting(Text *out, const Field *field, const char *before)
{
    text_add(out, ".TP\n");
    add_bold(out, arena_printf(out->arena, "%s%s", before, field->path));
    text_add(out, "\n");
    add_text(out, field->help);
    text_add(out, ".\n");
    add_text(out, print_kind(out->arena, field));
    text_add(out, *field->initial ? "; by default " : "; empty by default");
    add_text(out, field->initial);
    text_add(out, ".\n");
    for (size_t i = 0; field->record && i < field->record->count; i++)
        add_setting(out, &field->record->fields[i], arena_printf(out->arena, "%s[].", field->path));
}

static void
add_settings(Text *out)
{
    text_add(out, ".SH SETTINGS\n");
    add_paragraphs(out,
        "One YAML file; a path such as database.url means the key url in the section database. "
        "${NAME} in a value stands for that environment variable. An option wins over the "
        "environment, which wins over the file, which wins over the default. vigie config sample "
        "prints a file to start from.");
    for (size_t i = 0; i < config_field_count(); i++)
        add_setting(out, config_field(i), "");
}

void
manual_print(Text *out)
{
    text_add(out,
        ".TH VIGIE 1 \"\" \"vigie " VIGIE_VERSION "\" \"User Commands\"\n"
        ".SH NAME\nvigie \\- watch parcels: find the late, stuck and lost ones and claim for them\n"
        ".SH SYNOPSIS\n\\fBvigie\\fR [\\fIOPTION\\fR]... \\fICOMMAND\\fR "
        "[\\fIARGUMENT\\fR]...\n.SH DESCRIPTION\n");
    add_paragraphs(out,
        "Every night vigie reads shipment histories from PostgreSQL, learns what is normal for "
        "each carrier, service and lane, and judges which shipments are late, at risk, stuck or "
        "lost. It opens cases for them, drafts claims against the carriers, sends a digest and "
        "writes reports.\n\nWhat was asked for goes to standard output, the log to standard "
        "error. The same run twice changes nothing and sends nothing twice; a run that was "
        "broken off can simply be run again.");
    text_add(out, ".SH COMMANDS\n");
    for (const Command *const *command = COMMANDS; *command; command++)
        add_command(out, *command);
    text_add(out, ".SH OPTIONS\nThese are common to all commands to which they mean something.\n");
    for (const CommonOption *common = COMMON_OPTIONS; common->option.name; common++)
        add_option(out, &common->option);
    add_settings(out);
    text_add(out, ".SH ENVIRONMENT\n");
    add_entries(out, ENVIRONMENT, sizeof ENVIRONMENT / sizeof ENVIRONMENT[0]);
    text_add(out, ".SH FILES\n");
    add_entries(out, FILES, sizeof FILES / sizeof FILES[0]);
    text_add(out, ".SH EXIT STATUS\nFindings are never a failure.\n");
    for (const ExitMeaning *at = EXIT_MEANINGS; at->code; at++)
        add_entries(out, &(Entry){at->code, at->meaning}, 1);
    text_add(out, ".SH SEE ALSO\n\\fBpsql\\fR(1), \\fBcron\\fR(8), \\fBsystemd.timer\\fR(5)\n");
}
