// The tables of commands and options: well formed, and told completely by help, manual and completion.
#include "jobs/frame/help.h"

#include "jobs/frame/options.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool
is_sentence(const char *text)
{
    const size_t length = strlen(text);

    return length > 0 && islower((unsigned char)text[0]) && text[length - 1] != '.';
}

static void
commands_are_well_formed(void **state)
{
    (void)state;
    for (const Command *const *at = COMMANDS; *at; at++) {
        const Command *const command = *at;
        const char *nearest;

        if (!is_sentence(command->summary) || strlen(command->summary) > 66)
            fail_msg("%s: summary \"%s\" is no short sentence", command->name, command->summary);
        assert_non_null(command->usage);
        assert_non_null(command->run);
        assert_true(strlen(command->description) > strlen(command->summary));
        assert_true(command->arguments_min <= command->arguments_max);
        if ((command->arguments_max > 0) != (*command->usage != '\0'))
            fail_msg("%s: usage \"%s\" does not fit its arguments", command->name, command->usage);
        assert_ptr_equal(command_find(command->name, &nearest), command);  // names are unique
    }
}

// Every other option that the parser would know together with this one.
static void
check_unique(const Command *command, const OptionSpec *option)
{
    for (const CommonOption *common = COMMON_OPTIONS; common->option.name; common++) {
        if (&common->option == option)
            continue;
        if (strcmp(common->option.name, option->name) == 0)
            fail_msg("%s: --%s is there twice", command->name, option->name);
        if (option->letter != 0 && common->option.letter == option->letter)
            fail_msg("%s: -%c is there twice", command->name, option->letter);
    }
    for (const OptionSpec *own = command->options; own && own->name; own++) {
        if (own == option)
            continue;
        if (strcmp(own->name, option->name) == 0)
            fail_msg("%s: --%s is there twice", command->name, option->name);
        if (option->letter != 0 && own->letter == option->letter)
            fail_msg("%s: -%c is there twice", command->name, option->letter);
    }
}

static void
options_are_well_formed(void **state)
{
    (void)state;
    for (const Command *const *at = COMMANDS; *at; at++) {
        for (const OptionSpec *own = (*at)->options; own && own->name; own++) {
            check_unique(*at, own);
            if (!is_sentence(own->help))
                fail_msg("%s --%s: \"%s\" is no sentence", (*at)->name, own->name, own->help);
        }
        for (const CommonOption *common = COMMON_OPTIONS; common->option.name; common++)
            check_unique(*at, &common->option);
    }
}

static void
examples_are_command_lines(void **state)
{
    (void)state;
    for (const Command *const *at = COMMANDS; *at; at++) {
        for (const char *const *example = (*at)->examples; example && *example; example++) {
            Arena *const arena = arena_create();
            char **const words = ARENA_ARRAY(arena, char *, strlen(*example) + 1);
            int count = 0;
            Request request;
            Err err = {0};

            for (const char *word = *example; *word && *word != '|' && *word != '>';) {
                const size_t length = strcspn(word, " ");

                words[count++] = arena_copy_bytes(arena, word, length);
                word += length + strspn(word + length, " ");
            }
            assert_string_equal(words[0], "vigie");
            if (!options_parse(arena, count, words, &request, &err))
                fail_msg("%s: %s", *example, err.text);
            assert_ptr_equal(request.job.command, *at);
            arena_destroy(arena);
        }
    }
}

static void
check_width(const char *text, const char *whose)
{
    bool prose = true;

    for (const char *line = text; *line;) {
        const size_t length = strcspn(line, "\n");

        if (strncmp(line, "Examples:", strlen("Examples:")) == 0)
            prose = false;  // a command line is not broken
        if (prose && length > 80)
            fail_msg("help of %s: wider than 80 columns: %.*s", whose, (int)length, line);
        if (length > 0 && line[length - 1] == ' ')
            fail_msg("help of %s: ends with a space: %.*s", whose, (int)length, line);
        line += length + (line[length] != '\0');
    }
}

static void
check_tells(const char *text, const char *whose, const char *what)
{
    if (!strstr(text, what))
        fail_msg("%s does not tell %s", whose, what);
}

static void
help_tells_every_option(void **state)
{
    Arena *const arena = arena_create();
    Text all = {.arena = arena};

    (void)state;
    help_print(&all);
    check_width(text_get(&all), "vigie");
    for (const Command *const *at = COMMANDS; *at; at++) {
        Text text = {.arena = arena};

        check_tells(text_get(&all), "help", arena_printf(arena, "\n  %s ", (*at)->name));
        help_print_command(&text, *at);
        check_width(text_get(&text), (*at)->name);
        for (const OptionSpec *own = (*at)->options; own && own->name; own++)
            check_tells(text_get(&text), (*at)->name, arena_printf(arena, " --%s", own->name));
        for (const CommonOption *common = COMMON_OPTIONS; common->option.name; common++)
            assert_int_equal(
                strstr(text_get(&text), arena_printf(arena, ", --%s", common->option.name)) ||
                    strstr(
                        text_get(&text), arena_printf(arena, "      --%s ", common->option.name)),
                common_option_concerns(common, *at));
    }
    arena_destroy(arena);
}

static void
manual_and_completion_tell_every_command(void **state)
{
    Arena *const arena = arena_create();
    Text manual = {.arena = arena}, completion = {.arena = arena};

    (void)state;
    manual_print(&manual);
    completion_print_bash(&completion);
    for (const Command *const *at = COMMANDS; *at; at++) {
        check_tells(text_get(&manual), "manual", arena_printf(arena, "\n.SS %s\n", (*at)->name));
        check_tells(text_get(&completion), "completion", arena_printf(arena, " %s) ", (*at)->name));
        for (const OptionSpec *own = (*at)->options; own && own->name; own++)
            check_tells(
                text_get(&completion), "completion", arena_printf(arena, "--%s ", own->name));
    }
    for (const ExitMeaning *at = EXIT_MEANINGS; at->code; at++)
        check_tells(text_get(&manual), "manual", arena_printf(arena, "\\fB%s\\fR", at->code));
    arena_destroy(arena);
}

static const struct
{
    size_t column, indent;
    const char *text, *expected;
} WRAPPED[] = {
    {0, 0, "", "\n"},
    {0, 2, "one  two\nthree", "  one two three\n"},
    {3, 5, "x", "  x\n"},
    {5, 5, "x", "\n     x\n"},
    {9, 5, "x", "\n     x\n"},
    {0, 0, "a\n\nb", "a\n\nb\n"},
    // 80 columns are full, 81 are too many
    {0, 70, "12345 7890",
        "                                                                      12345 7890\n"},
    {0, 70, "12345 78901",
        "                                                                      12345\n"
        "                                                                      78901\n"},
    {0, 70, "123456789012345",
        "                                                                      123456789012345\n"},
};

static void
lines_are_wrapped_at_eighty_columns(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < sizeof WRAPPED / sizeof WRAPPED[0]; i++) {
        Text text = {.arena = arena};

        help_wrap(&text, WRAPPED[i].column, WRAPPED[i].indent, WRAPPED[i].text);
        assert_string_equal(text_get(&text), WRAPPED[i].expected);
    }
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_are_well_formed),
        cmocka_unit_test(options_are_well_formed),
        cmocka_unit_test(examples_are_command_lines),
        cmocka_unit_test(help_tells_every_option),
        cmocka_unit_test(manual_and_completion_tell_every_command),
        cmocka_unit_test(lines_are_wrapped_at_eighty_columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
