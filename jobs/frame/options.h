/*
 * options.h - the command line, GNU style: long options may be abbreviated, options and arguments mix, "--" ends
 * the options. The tables of options are data; parser, help, man page and completion all read them.
 */
#ifndef JOBS_FRAME_OPTIONS_H
#define JOBS_FRAME_OPTIONS_H

#include "jobs/frame/job.h"

// An option that is not one command's own.
typedef struct CommonOption
{
    OptionSpec option;
    unsigned needs;  // shown with commands that have any of these JobNeeds; 0 for all
    bool promise;    // refused by the other commands, which could not keep it
} CommonOption;

extern const CommonOption COMMON_OPTIONS[];  // ends with {0}

// Whether a common option means something to a command.
bool common_option_concerns(const CommonOption *common, const Command *command);

// What a command line asks for.
typedef struct Request
{
    Job job;  // command NULL when the line names none; settings, zone and day are not there yet
    bool help, version;  // --help, --version: arguments were then not checked
    LogFormat log_format;
} Request;

// Understand a command line. ERR_CONFIG for what cannot be understood, with the nearest name when there is one.
// Texts point into argv.
bool options_parse(Arena *arena, int argc, char *const *argv, Request *out, Err *err);

#endif
