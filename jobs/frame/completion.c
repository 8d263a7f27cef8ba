/*
 * Completion for bash. The script only tells words apart; which words there are comes from the tables.
 */
#include "jobs/frame/help.h"

#include "config/fields.h"
#include "jobs/frame/options.h"

#include <string.h>

static const char BEGIN[] =
    "# Completion of vigie for bash, printed by: vigie help --completion bash\n"
    "_vigie() {\n"
    "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "    local command= options= words= i\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        case ${COMP_WORDS[i]} in\n"
    "            ";

static const char COMMANDS_DONE[] = ") command=${COMP_WORDS[i]}; break ;;\n"
                                    "        esac\n"
                                    "    done\n"
                                    "    case $command:$previous in\n";

static const char ARGUMENTS_DONE[] = "        *)\n"
                                     "            case $command in\n";

static const char END[] =
    "            esac ;;\n"
    "    esac\n"
    "    if [[ $current == -* ]]; then\n"
    "        mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$current\")\n"
    "    elif [[ $words ]]; then\n"
    "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
    "    else\n"
    "        compopt -o filenames 2>/dev/null\n"
    "        mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
    "    fi\n"
    "}\n"
    "complete -F _vigie vigie\n";

// What to do about the argument of an option: offer words, offer files (the default), or nothing.
static const char *
print_offer(const OptionSpec *option)
{
    if (strcmp(option->name, "format") == 0)
        return "words='text csv json'";
    if (strcmp(option->name, "log-format") == 0)
        return "words='text json'";
    return strstr(option->argument, "FILE") || strstr(option->argument, "FOLDER") ? ":" : "return";
}

static void
add_argument(Text *out, const char *command, const OptionSpec *option)
{
    if (!option->argument || strcmp(option->name, "set") == 0)
        return;
    text_add_format(out, "        %s:--%s", command, option->name);
    if (option->letter != 0)
        text_add_format(out, " | %s:-%c", command, option->letter);
    text_add_format(out, ") %s ;;\n", print_offer(option));
}

static void
add_arguments(Text *out)
{
    for (const CommonOption *common = COMMON_OPTIONS; common->option.name; common++)
        add_argument(out, "*", &common->option);
    for (const Command *const *command = COMMANDS; *command; command++)
        for (const OptionSpec *option = (*command)->options; option && option->name; option++)
            add_argument(out, (*command)->name, option);
}

static void
add_settings(Text *out)
{
    text_add(out, "        *:--set | *:-s) compopt -o nospace 2>/dev/null; words='");
    for (size_t i = 0; i < config_field_count(); i++)
        text_add_format(out, "%s%s=", i == 0 ? "" : " ", config_field(i)->path);
    text_add(out, "' ;;\n");
}

static void
add_names(Text *out, const char *separator)
{
    for (const Command *const *command = COMMANDS; *command; command++)
        text_add_format(out, "%s%s", command == COMMANDS ? "" : separator, (*command)->name);
}

static void
add_option_names(Text *out, const Command *command)
{
    text_add(out, "options='");
    for (const OptionSpec *option = command ? command->options : NULL; option && option->name;
         option++)
        text_add_format(out, "--%s ", option->name);
    for (const CommonOption *common = COMMON_OPTIONS; common->option.name; common++)
        if (common_option_concerns(common, command))
            text_add_format(out, "--%s ", common->option.name);
    text_add(out, "'");
}

static void
add_words(Text *out, const Command *command)
{
    text_add(out, " words='");
    if (command == &command_help)
        add_names(out, " ");
    for (const char *const *action = command->actions; action && *action; action++)
        text_add_format(out, "%s ", *action);
    text_add(out, "'");
}

void
completion_print_bash(Text *out)
{
    text_add(out, BEGIN);
    add_names(out, " | ");
    text_add(out, COMMANDS_DONE);
    add_settings(out);
    add_arguments(out);
    text_add(out, ARGUMENTS_DONE);
    text_add(out, "                '') ");
    add_option_names(out, NULL);
    text_add(out, " words='");
    add_names(out, " ");
    text_add(out, "' ;;\n");
    for (const Command *const *command = COMMANDS; *command; command++) {
        text_add_format(out, "                %s) ", (*command)->name);
        add_option_names(out, *command);
        add_words(out, *command);
        text_add(out, " ;;\n");
    }
    text_add(out, END);
}
