/*
 * smtp_sink.h - a real mail server (python3-aiosmtpd) for the length of a test.
 */
#ifndef TESTS_HARNESS_SMTP_SINK_H
#define TESTS_HARNESS_SMTP_SINK_H

#include "core/arena.h"

// Start a server in a mode of smtp_sink.py. Returns its URL, and the folder in which it keeps what
// it got; both are gone when the arena is. NULL when there is no python3-aiosmtpd on this machine.
const char *smtp_sink_start(Arena *arena, const char *mode, const char **folder);

#endif
