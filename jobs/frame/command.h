/*
 * command.h - the table of commands.
 */
#ifndef JOBS_FRAME_COMMAND_H
#define JOBS_FRAME_COMMAND_H

#include "jobs/frame/job.h"

// Every command, in the order of the help, NULL-terminated.
extern const Command *const COMMANDS[];

// The command of that name, NULL when there is none; nearest is then the name that was probably meant, or NULL.
const Command *command_find(const char *name, const char **nearest);

// ERR_CONFIG: no command has this name. nearest as command_find() found it.
bool command_unrecognized(const char *name, const char *nearest, Err *err);

// Run a command on its job, as options_parse() and main() prepared it: load the settings when it needs them, then call it.
bool command_run(Job *job, Err *err);

#endif
