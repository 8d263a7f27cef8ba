/*
 * command.h - the table of commands.
 */
#ifndef JOBS_COMMAND_H
#define JOBS_COMMAND_H

#include "jobs/job.h"

// Every command, in the order of the help, NULL-terminated.
extern const Command *const COMMANDS[];

// The command of that name, NULL when there is none; nearest is then the name that was probably meant, or NULL.
const Command *command_find(const char *name, const char **nearest);

// Run a command whose job is prepared: load its settings when it needs them, check its arguments, call it.
bool command_run(Job *job, Err *err);

#endif
