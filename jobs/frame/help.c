#include "jobs/frame/help.h"

#include "jobs/frame/options.h"

#include <string.h>

enum
{
    LINE_COLUMNS = 80,
    OPTION_COLUMN = 26,  // where explanations begin
    COMMAND_COLUMN = 13,
};

const ExitMeaning EXIT_MEANINGS[] = {
    {"0", "done, with or without findings"},
    {"1", "failed"},
    {"2", "the command line or the settings are wrong; a person must change something"},
    {"3", "done but incomplete: more rows were set aside than the settings tolerate, or "
          "deliveries still fail"},
    {"11", "another run is at work"},
    {"75", "a temporary failure that is safe to retry: database or network unreachable, no memory"},
    {"99", "nothing to do (only with --skip-if-done)"},
    {"130, 143", "interrupted by SIGINT or SIGTERM, at a safe point"},
    {0},
};

static void
begin_line(Text *out, size_t indent)
{
    text_add_format(out, "\n%*s", (int)indent, "");
}

static void
wrap_line(Text *out, size_t column, size_t indent, const char *line, size_t length)
{
    size_t at = column;
    size_t i = 0;

    while (i < length) {
        const size_t word = strcspn(line + i, " \n");

        if (at > indent && at + 1 + word > LINE_COLUMNS) {
            begin_line(out, indent);
            at = indent;
        }
        if (at > indent) {
            text_add(out, " ");
            at++;
        }
        text_add_bytes(out, line + i, word);
        at += word;
        i += word;
        i += strspn(line + i, " \n");
    }
}

void
help_wrap(Text *out, size_t column, size_t indent, const char *text)
{
    if (column > 0 && column >= indent)
        begin_line(out, indent);
    else
        text_add_format(out, "%*s", (int)(indent - column), "");
    for (const char *paragraph = text; *paragraph;) {
        const char *const gap = strstr(paragraph, "\n\n");
        const size_t length = gap ? (size_t)(gap - paragraph) : strlen(paragraph);

        wrap_line(out, indent, indent, paragraph, length);
        paragraph += length;
        if (gap) {
            paragraph += strlen("\n\n");
            text_add(out, "\n");
            begin_line(out, indent);
        }
    }
    text_add(out, "\n");
}

static void
print_option(Text *out, const OptionSpec *option)
{
    const size_t before = out->length;

    if (option->letter != 0)
        text_add_format(out, "  -%c, --%s", option->letter, option->name);
    else
        text_add_format(out, "      --%s", option->name);
    if (option->argument)
        text_add_format(out, " %s", option->argument);
    help_wrap(out, out->length - before, OPTION_COLUMN, option->help);
}

static void
print_common(Text *out, const Command *command)
{
    for (const CommonOption *common = COMMON_OPTIONS; common->option.name; common++)
        if (common_option_concerns(common, command))
            print_option(out, &common->option);
}

void
help_print(Text *out)
{
    text_add(out, "Usage: vigie [OPTION]... COMMAND [ARGUMENT]...\n\n");
    help_wrap(out, 0, 0,
        "Watches parcels: every night it judges which shipments are late, at risk, stuck or "
        "lost, opens cases, drafts claims against the carriers and tells people.");
    text_add(out, "\nCommands:\n");
    for (const Command *const *command = COMMANDS; *command; command++) {
        const size_t before = out->length;

        text_add_format(out, "  %s", (*command)->name);
        help_wrap(out, out->length - before, COMMAND_COLUMN, (*command)->summary);
    }
    text_add(out, "\nOptions of all commands to which they mean something:\n");
    print_common(out, NULL);
    text_add(out, "\n");
    help_wrap(out, 0, 0,
        "\"vigie COMMAND --help\" explains one command; \"vigie help --man\" prints the whole "
        "manual.");
}

static void
print_usage(Text *out, const Command *command)
{
    text_add_format(out, "Usage: vigie %s [OPTION]...%s%s\n\n", command->name,
        *command->usage ? " " : "", command->usage);
}

void
help_print_command(Text *out, const Command *command)
{
    print_usage(out, command);
    help_wrap(out, 0, 0, command->description);
    text_add(out, "\nOptions:\n");
    for (const OptionSpec *option = command->options; option && option->name; option++)
        print_option(out, option);
    print_common(out, command);
    if (command->examples)
        text_add(out, "\nExamples:\n");
    for (const char *const *example = command->examples; example && *example; example++)
        text_add_format(out, "  %s\n", *example);
}

static bool
help_run(Job *job, Err *err)
{
    const char *const shell = job_option(job, "completion");
    static const char *const shells[] = {"bash", NULL};
    Text text = {.arena = job->arena};
    size_t index;

    if (shell && !job_choose("shell", shell, shells, &index, err))
        return false;
    if (shell) {
        completion_print_bash(&text);
    } else if (job_option(job, "man")) {
        manual_print(&text);
    } else if (job->argument_count == 0) {
        help_print(&text);
    } else {
        const char *nearest;
        const Command *const command = command_find(job->arguments[0], &nearest);

        if (!command)
            return command_unrecognized(job->arguments[0], nearest, err);
        help_print_command(&text, command);
    }
    fputs(text_get(&text), job->out);
    return true;
}

const Command command_help = {
    .name = "help",
    .summary = "explain the program or a command",
    .usage = "[COMMAND]",
    .description =
        "Explains a command, or lists all of them. The manual page and the completion script are "
        "made from the same tables as the command line itself.",
    .options = (const OptionSpec[]){{"man", 0, NULL, "print the manual page vigie(1) as roff"},
        {"completion", 0, "SHELL", "print a completion script; the shell is bash"}, {0}},
    .arguments_max = 1,
    .examples = (const char *const[]){"vigie help nightly", "vigie help --man | man -l -",
        "vigie help --completion bash > ~/.local/share/bash-completion/completions/vigie", NULL},
    .run = help_run,
};
