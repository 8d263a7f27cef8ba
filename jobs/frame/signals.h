/*
 * signals.h - how a run is asked to stop: SIGINT and SIGTERM raise a flag that jobs look at between batches.
 */
#ifndef JOBS_FRAME_SIGNALS_H
#define JOBS_FRAME_SIGNALS_H

#include "core/err.h"

#include <stdbool.h>

// From now on the first SIGINT or SIGTERM only raises the flag, so that the job can end at a safe point; a second
// one ends the process at once. Writing into a closed pipe becomes an error (EPIPE) instead of a signal.
void signals_install(void);

// Whether we were asked to stop; err then says so (ERR_INTERRUPTED), else it is untouched. Any thread may ask.
//     if (interrupted(err)) return false;
bool interrupted(Err *err);

// The exit code of the signal that asked: 130 or 143; 0 when none did.
int interrupted_exit_code(void);

#endif
