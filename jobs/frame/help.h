/*
 * help.h - what the program says about itself, all of it from the tables of commands and options.
 */
#ifndef JOBS_FRAME_HELP_H
#define JOBS_FRAME_HELP_H

#include "core/text.h"
#include "jobs/frame/command.h"

// An exit code and what it tells a scheduler. Fixed for ever.
typedef struct ExitMeaning
{
    const char *code;
    const char *meaning;
} ExitMeaning;

extern const ExitMeaning EXIT_MEANINGS[];  // ends with {0}

// All commands with their sentences, and the common options.
void help_print(Text *out);

// One command: usage, description, options, examples.
void help_print_command(Text *out, const Command *command);

// Words of text in lines of at most 80 columns that begin indent columns in, where `column` columns of the first line
// are already taken; an empty line separates paragraphs. Ends with a line break.
void help_wrap(Text *out, size_t column, size_t indent, const char *text);

// The manual page vigie(1), as roff with the man macros.
void manual_print(Text *out);

// A completion script for bash.
void completion_print_bash(Text *out);

extern const Command command_help;

// "vigie 0.1.0"
void version_print(FILE *out);

#endif
